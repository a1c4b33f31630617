"""The house rules that a machine can read: who imports whom, and how long things are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = ("read", "extract", "resolve", "cards", "review", "checks", "exports", "pages", "site")
# Runs functions over items and knows no room; rooms don't know it either.
ROOMS += ("engine",)
# Look at what another room has written, and ask it how that is read.
READERS = {"checks": "cards"}
# Stand above the rooms and put them together.
CONDUCTORS = {"pipeline.py", "telling.py", "site/plugin.py"}
# Every other module outside the rooms is a leaf; `settings` is for those who read mkdocs.yml.
LEAVES = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
LEAVES -= {"pipeline", "settings", "telling"}


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def own_imports(source: str) -> Iterator[str]:
    """Yield what a module imports of ours: 'model', 'read.decoding'."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "write imports in full: from generator.read import decoding"
            path = (node.module or "").split(".")
            if path == ["generator"]:
                yield from (alias.name for alias in node.names)
            elif path[0] == "generator":
                yield ".".join(path[1:])
        elif isinstance(node, ast.Import):
            names = (alias.name for alias in node.names)
            yield from (n.removeprefix("generator.") for n in names if n.startswith("generator"))


def forbidden(module: str, imported: str) -> bool:
    """Return whether a module may not import another of ours."""
    room, target = module.split("/")[0], imported.split(".")[0]
    if module in CONDUCTORS or room == "cli":
        return False
    if room in ROOMS:
        return target not in LEAVES and target not in (room, READERS.get(room))
    return target not in LEAVES


def functions(module: Path) -> Iterator[tuple[str, int]]:
    """Yield every function with its length in lines."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_room_imports_leaves_and_itself_only(module: Path) -> None:
    imported = set(own_imports(module.read_text(encoding="utf-8")))
    name = name_of(module)
    # The entry points stand outside of the house.
    if name != "__main__.py":
        assert [other for other in sorted(imported) if forbidden(name, other)] == []


def test_an_import_of_another_room_is_seen() -> None:
    assert forbidden("read/pages.py", *own_imports("from generator.extract import tokens"))
    assert forbidden("model.py", *own_imports("import generator.cards.claims"))
    assert forbidden("checks/links.py", *own_imports("from generator.pages import escape"))
    assert not forbidden("checks/world.py", *own_imports("from generator.cards import schema"))
    assert not forbidden("pages/catalog.py", *own_imports("from generator import names"))


def test_the_data_types_import_nothing_of_ours() -> None:
    assert list(own_imports((PACKAGE / "model.py").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_modules_and_functions_are_short(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400
    assert [(name, length) for name, length in functions(module) if length > 60] == []


def test_most_functions_are_very_short() -> None:
    lengths = sorted(length for module in MODULES for _, length in functions(module))
    assert lengths[len(lengths) // 2] <= 8


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_every_module_says_what_it_is(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder", sorted({module.parent for module in MODULES}), ids=name_of)
def test_folders_are_two_levels_deep_at_most(folder: Path) -> None:
    assert len(folder.relative_to(PACKAGE).parts) <= 1


def test_actions_are_pinned_by_commit(repo: Path) -> None:
    workflows = sorted((repo / ".github" / "workflows").glob("*.yml"))
    texts = [path.read_text(encoding="utf-8") for path in workflows]
    used = [line.strip() for text in texts for line in text.splitlines() if "uses:" in line]
    assert used
    pinned = re.compile(r"(- )?uses: [\w./-]+@[0-9a-f]{40} # v[\d.]+")
    assert [line for line in used if not pinned.fullmatch(line)] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_locks_name_versions_and_hashes_and_no_server(repo: Path, lock: str) -> None:
    text = (repo / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_what_runs_is_locked_alike_for_developers(repo: Path) -> None:
    runs, develops = (
        set(re.findall(r"(?m)^[\w.-]+==\S+", (repo / lock).read_text(encoding="utf-8")))
        for lock in ("requirements.txt", "requirements-dev.txt")
    )
    assert runs <= develops
