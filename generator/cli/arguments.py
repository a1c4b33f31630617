"""What can be typed after `cardfile`, and what `--help` says about it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import metadata

from generator import selections
from generator.checks.reports import FORMATS as REPORTS
from generator.engine import ENGINES
from generator.exports import FORMATS
from generator.settings import PUBLISH

# Those of generator/cli/difference_reports.py, which brings the pages along.
DIFF_FORMATS = ("text", "markdown", "json")

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
  cardfile build --top 5000 --since 2020  publish a part of very many cards
  cardfile serve                          live preview while you write
  cardfile export --format csv --output data
                                          tables of entities, claims and their evidence
  cardfile explain vladimir-putin         where a card came from, and why
  cardfile explain content/articles/a.txt what was kept and dropped of an article
  cardfile check --format github          every fault at once, shown beside its line on GitHub
  cardfile diff main                      what your work changes in the cards, in words
  cardfile review                         decide what the program was not sure of
  cardfile init ../our-subject            start a knowledge base of your own

exit status:
  0  done; faults of single articles are printed as warnings, file:line: what: what to do
  1  curation, configuration or templates are broken; with --strict, any warning at all;
     of `check`, any fault
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
    help = "read these articles instead, a folder or a table (.jsonl, .parquet), with curation/ "
    help += "and notes/ beside it, if any"
    command.add_argument("--articles", metavar="DIR|FILE", help=help)


def _output(command: argparse.ArgumentParser) -> None:
    help = "put everything generated below DIR: DIR/cards, DIR/pages, DIR/site"
    command.add_argument("--output", metavar="DIR", help=help)


def _publish(command: argparse.ArgumentParser) -> None:
    help = "how much of an article the site may show, where neither article nor source says"
    command.add_argument("--publish", choices=PUBLISH, help=help)


def _selection(command: argparse.ArgumentParser) -> None:
    """Add what says which part of the cards is published; the names are those of `Selection`."""
    group = command.add_argument_group(
        "what is published",
        "of the cards, which stay whole; each outweighs its line of publish_only in mkdocs.yml",
    )
    add = group.add_argument
    help = "only the N entities named in most articles, and the articles that name one of them"
    add("--top", metavar="N", type=_part("top"), help=help)
    help = "only people, organizations …: person,place or more than once"
    add("--kind", metavar="KIND", dest="kinds", action="extend", type=_part("kinds"), help=help)
    help = "only entities named in at least N articles"
    add("--min-articles", metavar="N", type=_part("min_articles"), help=help)
    help = "only articles from this year, month or day on (2020, 2020-06, 2020-06-17) and what "
    help += "they name"
    add("--since", metavar="DATE", type=_part("since"), help=help)
    help = "only articles up to the end of this year, month or day, and what they name"
    add("--until", metavar="DATE", type=_part("until"), help=help)
    help = "only the N newest articles, and what they name"
    add("--newest", metavar="N", type=_part("newest"), help=help)
    add("--all", action="store_true", help="everything, whatever mkdocs.yml says")


def _part(name: str) -> Callable[[str], object]:
    """Return what makes a part of a selection of a word, and says what it can be."""

    def read(word: str) -> object:
        try:
            return selections.clean(name, word)
        except ValueError as fault:
            raise argparse.ArgumentTypeError(f"{word!r} won't do; {fault}") from fault

    return read


def _strict(command: argparse.ArgumentParser) -> None:
    help = "exit with 1 if there was any warning"
    command.add_argument("--strict", action="store_true", help=help)


def _engine(command: argparse.ArgumentParser) -> None:
    help = "where articles are read: on every core (processes, the default), in one process, or "
    help += "on a cluster; the cards are the same"
    command.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help=help)
    help = "the Dask scheduler for --engine dask, such as tcp://10.0.0.5:8786"
    command.add_argument("--scheduler", metavar="ADDRESS", help=help)


def _profile(command: argparse.ArgumentParser) -> None:
    help = "print how long each stage took"
    command.add_argument("--profile", action="store_true", help=help)


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


def _revision(command: argparse.ArgumentParser) -> None:
    help = "what git calls the state to compare with: a commit, branch or tag (default: HEAD)"
    command.add_argument("revision", metavar="REV", nargs="?", default="HEAD", help=help)


def _diff_format(command: argparse.ArgumentParser) -> None:
    help = "lines for a terminal (the default), a comment for a pull request, or JSON"
    command.add_argument("--format", choices=DIFF_FORMATS, default=DIFF_FORMATS[0], help=help)


def _exit_code(command: argparse.ArgumentParser) -> None:
    help = "exit with 1 if anything differs"
    command.add_argument("--exit-code", action="store_true", help=help)


def _check_format(command: argparse.ArgumentParser) -> None:
    help = "how faults are printed: as lines, as JSON, or as GitHub's annotations (default: text)"
    command.add_argument("--format", choices=tuple(REPORTS), default="text", help=help)


def _list(command: argparse.ArgumentParser) -> None:
    help = "print the questions as YAML, each answer a commented decision, and ask nothing"
    command.add_argument("--list", action="store_true", help=help)


def _by(command: argparse.ArgumentParser) -> None:
    help = "who decides, noted with each decision (default: git's user.name)"
    command.add_argument("--by", metavar="NAME", help=help)


def _decision_date(command: argparse.ArgumentParser) -> None:
    help = "the day to note with each decision, such as 2025-05-09 (default: none)"
    command.add_argument("--date", metavar="DATE", help=help)


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
        (_config, _articles, _output, _publish, _strict, _engine, _profile, _selection),
    ),
    "cards": ("articles -> cards only", (_config, _articles, _output, _engine, _profile)),
    "pages": ("cards -> pages only", (_config, _output, _engine, _profile, _selection)),
    "serve": (
        "live preview; articles, curation and templates are watched",
        (_config, _address, _selection),
    ),
    "annotate": (
        "names and dates of every article with their places in its text, as JSON Lines",
        (_config, _articles, _engine, _profile),
    ),
    "explain": (
        "what was kept, dropped, found and merged, and why",
        (_config, _articles, _engine, _profile, _target),
    ),
    "export": (
        "what the site publishes of entities, claims and evidence, for other programs",
        (_config, _cards, _format, _export_to, _selection),
    ),
    "check": (
        "is the knowledge base sound? links, quotes, schema, ids, dates, what is out of step",
        (_config, _articles, _output, _check_format, _engine, _profile, _selection),
    ),
    "diff": (
        "what a change to articles or curation does to the cards, in an editor's words",
        (_config, _revision, _diff_format, _exit_code, _engine, _profile),
    ),
    "review": (
        "the doubtful decisions, the most consequential first, one keypress each",
        (_config, _articles, _list, _by, _decision_date, _engine, _profile),
    ),
    "init": ("a new, empty knowledge base, ready to push", (_folder,)),
}
