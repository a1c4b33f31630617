"""A knowledge base that lives through releases loses no address; see tests/torture/releases.py."""

from __future__ import annotations

from pathlib import Path

from tests.torture import releases


def test_no_address_is_lost_over_releases_of_random_edits(tmp_path: Path) -> None:
    missed = [figure for figure in releases.figures(tmp_path, full=False) if not figure.held]
    assert missed == []


def test_the_ordeal_sees_an_address_that_is_lost(tmp_path: Path) -> None:
    memory = releases.Memory(addresses={"people/ada-moss"})
    settings = releases.settings_of(releases.make_project(tmp_path))
    Path(settings.addresses).write_text("- people/somebody-else.html\n", encoding="utf-8")
    releases.look_at_addresses(memory, memory.before, settings, 2)
    assert memory.counts["addresses lost"] == 1


def test_the_ordeal_sees_a_redirect_that_ends_nowhere_and_a_page_that_says_nothing() -> None:
    memory = releases.Memory()
    moved = "---\ntitle: A\nmoved_to: ../people/nobody.html\nrobots: noindex\n"
    moved += "search:\n  exclude: true\n---\n\n# A\n"
    releases.look_at_page(memory, moved, "people/a", {"people/b"}, 2)
    releases.look_at_page(memory, "---\ntitle: A\n---\n\n# A\n", "people/a", set(), 2)
    assert memory.counts["redirects that loop or end nowhere"] == 1
    assert memory.counts["gone pages that say nothing, or may be indexed"] == 1
