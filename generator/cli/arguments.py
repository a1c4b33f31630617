"""What can be typed after `cardfile`, and what `--help` says about it."""

from __future__ import annotations

import argparse
from importlib import metadata

from generator.exports import FORMATS
from generator.settings import PUBLISH

_ABOUT = """\
Turn a folder of articles into a knowledge base: a card and a page for every person,
organization, place, event, document and product they speak of, every statement quoted
and linked to its sentence.

Put articles (.txt, .md, .html) into content/articles/, run `cardfile build`, and open
site/index.html."""

_EXAMPLES = """\
examples:
  cardfile build                          everything: articles -> cards -> pages -> site
  cardfile build --articles ~/saved --output /tmp/look
                                          try other articles, touch nothing of yours
  cardfile serve                          live preview while you write
  cardfile export --format csv --output data
                                          tables of entities, claims and their evidence
  cardfile explain vladimir-putin         where a card came from, and why
  cardfile explain content/articles/a.txt what was kept and dropped of an article
  cardfile init ../our-subject            start a knowledge base of your own

exit status:
  0  done; faults of single articles are printed as warnings, file:line: what: what to do
  1  curation, configuration or templates are broken; with --strict, any warning at all
  2  wrong usage"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="cardfile",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"cardfile {_version()}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (help, adders) in _COMMANDS.items():
        command = commands.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
        for add in adders:
            add(command)
    return top


def _version() -> str:
    try:
        return metadata.version("cardfile")
    except metadata.PackageNotFoundError:
        return "(not installed)"


# --- one function per argument


def _config(command: argparse.ArgumentParser) -> None:
    help = "the MkDocs configuration (default: mkdocs.yml)"
    command.add_argument("--config", metavar="FILE", default="mkdocs.yml", help=help)


def _articles(command: argparse.ArgumentParser) -> None:
    help = "read these articles instead, with curation/ and notes/ beside the folder, if any"
    command.add_argument("--articles", metavar="DIR", help=help)


def _output(command: argparse.ArgumentParser) -> None:
    help = "put everything generated below DIR: DIR/cards, DIR/pages, DIR/site"
    command.add_argument("--output", metavar="DIR", help=help)


def _publish(command: argparse.ArgumentParser) -> None:
    help = "how much of an article the site may show, where neither article nor source says"
    command.add_argument("--publish", choices=PUBLISH, help=help)


def _strict(command: argparse.ArgumentParser) -> None:
    help = "exit with 1 if there was any warning"
    command.add_argument("--strict", action="store_true", help=help)


def _address(command: argparse.ArgumentParser) -> None:
    help = "where to serve (default: 127.0.0.1:8000)"
    command.add_argument("--address", metavar="HOST:PORT", default="127.0.0.1:8000", help=help)


def _target(command: argparse.ArgumentParser) -> None:
    command.add_argument("target", metavar="FILE|ID", help="an article's file, or a card's id")


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="DIR", help="a new or an empty folder")


def _cards(command: argparse.ArgumentParser) -> None:
    help = "the folder of cards (default: the one in mkdocs.yml)"
    command.add_argument("--cards", metavar="DIR", help=help)


def _format(command: argparse.ArgumentParser) -> None:
    help = "JSON-LD (schema.org), FollowTheMoney, tables, GraphML, or Turtle"
    command.add_argument("--format", choices=tuple(FORMATS), required=True, help=help)


def _export_to(command: argparse.ArgumentParser) -> None:
    help = (
        "a folder for the files, or the name of a single one (default: standard output, and of "
        "the tables only the claims)"
    )
    # Not `output`: that is where the other commands put cards, pages and site.
    command.add_argument("--output", metavar="DIR|FILE", dest="target", help=help)


_COMMANDS = {
    "build": (
        "articles -> cards -> pages -> site",
        (_config, _articles, _output, _publish, _strict),
    ),
    "cards": ("articles -> cards only", (_config, _articles, _output)),
    "pages": ("cards -> pages only", (_config, _output)),
    "serve": ("live preview; articles, curation and templates are watched", (_config, _address)),
    "annotate": (
        "names and dates of every article with their places in its text, as JSON Lines",
        (_config, _articles),
    ),
    "explain": (
        "what was kept, dropped, found and merged, and why",
        (_config, _articles, _target),
    ),
    "export": (
        "entities, claims and evidence for other programs, from the cards as they are",
        (_config, _cards, _format, _export_to),
    ),
    "check": ("is the knowledge base sound? links, quotes, schema, ids", (_config, _articles)),
    "init": ("a new, empty knowledge base, ready to push", (_folder,)),
}
