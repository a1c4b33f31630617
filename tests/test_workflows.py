"""The workflows: least rights, pinned actions, and nothing of a stranger's is run with a key."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from generator import yaml_files
from generator.cli.difference_reports import as_markdown
from tests.test_diff import FOREIGN, foreign_report, links_found, shown

FOLDER = Path(__file__).parents[1] / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.y*ml"))
# The actions we know, by version; a new version is a new line here, looked up by whoever adds it.
KNOWN = {
    "actions/checkout v7.0.1": "3d3c42e5aac5ba805825da76410c181273ba90b1",
    "actions/setup-python v7.0.0": "5fda3b95a4ea91299a34e894583c3862153e4b97",
    "actions/cache v5.0.5": "27d5ce7f107fe9357f9df03efb73ab90386fccae",
    "actions/configure-pages v5.0.0": "983d7736d9b0ae728b81ab479565c72886d7745b",
    "actions/upload-pages-artifact v5.0.0": "fc324d3547104276b827a68afc52ff2a11cc49c9",
    "actions/deploy-pages v5.0.0": "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128",
    "actions/upload-artifact v7.0.0": "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
}
# What a job may have besides reading: by workflow, job and right.
WRITES = {
    ("comment.yml", "comment", "pull-requests"),
    ("publish.yml", "deploy", "pages"),
    ("publish.yml", "deploy", "id-token"),
}


def load(path: Path) -> dict[str, Any]:
    workflow: dict[str, Any] = yaml_files.load(path.read_text(encoding="utf-8"))
    return workflow


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in load(path)["jobs"].values():
        yield from job["steps"]


def test_there_are_workflows() -> None:
    names = {path.name for path in WORKFLOWS}
    assert names >= {"publish.yml", "pull-request.yml", "comment.yml"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_known_and_pinned(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = [line.split("uses:")[1].strip() for line in text.splitlines() if "uses:" in line]
    assert len(used) == sum("uses" in step for step in steps(path))
    pinned = [f"{action}@{id} # {v}" for action, v, id in known()]
    assert [line for line in used if line not in pinned] == []


def known() -> Iterator[tuple[str, str, str]]:
    for name, id in KNOWN.items():
        action, version = name.split()
        yield action, version, id


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_rights_are_the_least(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        rights = job["permissions"]
        writes = {(path.name, name, right) for right, how in rights.items() if how == "write"}
        assert writes <= WRITES
        assert set(rights.values()) <= {"read", "write", "none"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_is_written_into_a_script_by_the_forge(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", ""), "pass it through env"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_key_that_writes_never_meets_foreign_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "pull_request_target" not in text and "secrets." not in text
    workflow = load(path)
    asked = workflow["on"]
    events = [asked] if isinstance(asked, str) else list(asked)
    for job in workflow["jobs"].values():
        writes = "write" in job["permissions"].values()
        if "workflow_run" in events:
            assert not any("uses" in step for step in job["steps"])
        elif writes:
            assert job["if"] == "github.event_name == 'push'" or "pull_request" not in events


def test_the_comment_follows_the_run_it_is_made_by() -> None:
    made, posted = load(FOLDER / "pull-request.yml"), load(FOLDER / "comment.yml")
    assert posted["on"]["workflow_run"]["workflows"] == [made["name"]]
    [up] = [s for s in steps(FOLDER / "pull-request.yml") if "upload-artifact" in s.get("uses", "")]
    fetched = "\n".join(step["run"] for step in steps(FOLDER / "comment.yml"))
    assert f"artifacts?name={up['with']['name']}" in fetched
    assert f'said.zip" {Path(up["with"]["path"]).name}' in fetched


def test_the_number_of_the_pull_request_comes_from_the_forge() -> None:
    job = load(FOLDER / "comment.yml")["jobs"]["comment"]
    first = job["steps"][0]["run"]
    assert "pulls" in first and ".head.sha == $commit" in first and "said" not in first
    assert job["env"]["COMMIT"] == "${{ github.event.workflow_run.head_sha }}"


# --- what the posting workflow lets through


def posted(said: str, folder: Path) -> str:
    """Return the comment that the workflow's own script makes of a text."""
    [script] = [s["run"] for s in steps(FOLDER / "comment.yml") if s.get("shell") == "python"]
    (folder / "said.md").write_bytes(said.encode("utf-8", "surrogatepass"))
    environment = {**os.environ, "RUNNER_TEMP": str(folder), "COMMIT": "0123abcd" * 5}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    body: str = json.loads((folder / "comment.json").read_text(encoding="utf-8"))["body"]
    return body


def html_of(body: str) -> str:
    return str(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(body))


def test_our_own_text_is_shown_as_it_is(tmp_path: Path) -> None:
    text = as_markdown(foreign_report(30))
    body = posted(text, tmp_path)
    seen = shown(html_of(body)).replace("\u200b", "")
    assert shown(html_of(text)).replace("\u200b", "").strip() in seen
    assert html_of(body).count("<details>") == 1


HOSTILE = [
    *FOREIGN, "&#64;ada", "&#119;ww.evil.example", "<summary onclick=x>", "~~~", "```",
    "<details open>", "[a]\n(http://evil.example)", "</details>\n<details>\n<summary>a</summary>",
]  # fmt: skip


@pytest.mark.parametrize("around", ["", "<details>\n<summary>a b</summary>\n"])
def test_text_that_is_not_ours_does_nothing(around: str, tmp_path: Path) -> None:
    body = posted(around + "\n\n".join(HOSTILE) + around, tmp_path)
    html = html_of(body.removeprefix("<!-- cardfile-differences -->"))
    plain = {"p", "h1", "h3", "ol", "ul", "li", "em", "strong", "hr", "br"}
    assert {tag.strip("</>") for tag in re.findall(r"<[^>]+>", html)} <= plain
    names = r"(?<!\w)@\w|#\d|\w://|www\.\w|\w@\w|:\w+:|\$\w"
    assert re.findall(names, shown(html)) == []


@pytest.mark.parametrize("said", ["", "@" * 100_000, "<details>" * 20_000, "\ud800\x00\x1b[31m"])
def test_a_comment_is_never_too_long_or_broken(said: str, tmp_path: Path) -> None:
    body = posted(said, tmp_path)
    assert len(body) <= 65_536
    assert body.startswith("<!-- cardfile-differences -->\n")
    assert "\x00" not in body and "\x1b" not in body


def test_our_own_patterns_see_a_link() -> None:
    assert links_found("@ada, see #1 and http://a") != []
