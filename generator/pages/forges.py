"""Where a card is corrected: links to the forge that hosts the repository, prefilled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os.path import relpath
from pathlib import PurePath
from urllib.parse import quote, quote_plus, urlsplit

import jinja2
from markupsafe import Markup

from generator.model import Card, Decision, Settings
from generator.pages.escape import web_address
from generator.pages.views import Forge

# A forge by what its host is called: how it opens an editor on a new file, and on one there is.
FORGES = {
    "github": ("new/{branch}/{folder}?filename={file}&value={text}", "edit/{branch}/{path}"),
    "gitlab": (
        "-/new/{branch}/{folder}?file_name={file}&content={text}",
        "-/edit/{branch}/{path}",
    ),
    "gitea": ("_new/{branch}/{folder}?filename={file}&value={text}", "_edit/{branch}/{path}"),
    "forgejo": ("_new/{branch}/{folder}?filename={file}&value={text}", "_edit/{branch}/{path}"),
    "codeberg": ("_new/{branch}/{folder}?filename={file}&value={text}", "_edit/{branch}/{path}"),
}
DEFAULT_BRANCH = "main"
# The branch in MkDocs' edit_uri: edit/main/docs/, -/edit/main/docs/, blob/main/docs/ …
_EDIT_URI = re.compile(r"/?(?:-/)?(?:edit|blob|_edit|src/branch|tree)/([^/]+)/(.*)")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository on a forge: its address, the branch, where the decisions stand in it."""

    url: str
    forge: str
    branch: str
    curation: str


def find_repository(settings: Settings) -> Repository | None:
    """Return the repository that mkdocs.yml names, None without one or on a forge unknown."""
    url = settings.repo_url.rstrip("/")
    host = urlsplit(url).hostname or ""
    forge = next((name for name in FORGES if name in host), None)
    if forge is None or web_address(url) is None:
        return None
    match = _EDIT_URI.match(settings.edit_uri)
    branch = match[1] if match else DEFAULT_BRANCH
    # In a repository that holds more than this project, edit_uri says where the project is.
    folder, pages = (match[2].strip("/") if match else ""), _below(settings.pages, settings.root)
    above = folder.removesuffix(pages) if folder.endswith(pages) else ""
    curation = f"{above}{_below(settings.curation, settings.root)}"
    return None if ".." in curation.split("/") else Repository(url, forge, branch, curation)


def _below(path: str, root: str) -> str:
    return PurePath(relpath(path, root)).as_posix()


def decided_files(decisions: Iterable[Decision], cards: Iterable[Card]) -> dict[str, list[str]]:
    """Return, for every card that editors decided on, the files of those decisions."""
    called = {
        name: card.id
        for card in cards
        for name in (*card.aliases, *card.former_ids, card.name, card.id)
    }
    files: defaultdict[str, set[str]] = defaultdict(set)
    for decision in decisions:
        for name in words_of(decision.value):
            if name in called:
                files[called[name]].add(PurePath(decision.file).name)
    return {id: sorted(names) for id, names in files.items()}


def words_of(value: object) -> list[str]:
    """Return every word an editor wrote in a decision, keys too."""
    if isinstance(value, Mapping):
        return [word for pair in value.items() for part in pair for word in words_of(part)]
    if isinstance(value, list):
        return [word for part in value for word in words_of(part)]
    return [str(value)]


def forge_links(
    repository: Repository, card: Card, files: Iterable[str], template: jinja2.Template
) -> Forge:
    """Return the links of a card; `template` is the decision that an editor fills in."""
    text = template.render(id=card.id, name=" ".join(card.name.split()))
    new, edit = FORGES[repository.forge]
    given = {
        "branch": quote(repository.branch, safe=""),
        "folder": quote(repository.curation),
        "file": f"{card.id}.yml",
        "text": quote_plus(text, safe=":,"),
    }
    edits = tuple(
        (file, _link(repository, edit.format(path=f"{given['folder']}/{quote(file)}", **given)))
        for file in files
    )
    return Forge(_link(repository, new.format(**given)), edits)


def _link(repository: Repository, rest: str) -> Markup:
    return Markup(f"{web_address(repository.url)}/{rest}".replace("&", "&amp;"))
