"""Hostile articles in a browser, some of them; all of them: `python -m tests.torture payloads`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.devtools import open_tab
from tests.torture import Figure, payloads


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> list[Figure]:
    """Return what a site made of some of the texts does in a browser, without the policy."""
    return payloads.figures(tmp_path_factory.mktemp("hostile"), full=False)


def test_nothing_runs_loads_or_is_shown_otherwise(figures: list[Figure]) -> None:
    missed = [f"{figure.name}: {figure.measured}" for figure in figures if not figure.held]
    assert missed == []


def test_the_wire_trips_where_nothing_is_escaped(figures: list[Figure]) -> None:
    controls = [figure for figure in figures if "no policy:" in figure.name]
    assert len(controls) == 2
    assert all(int(figure.measured.split(" ")[0]) > 1 for figure in controls)


def test_a_tab_tells_what_it_asks_of_others_and_what_it_opens(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>a</p><img src='//zq.outside.example/i'><script>alert(1)</script>")
    with open_tab("MAP * ~NOTFOUND", "") as tab:
        tab.get(page.as_uri())
        asked = [event["request"]["url"] for event in tab.events("Network.requestWillBeSent")]
        assert any("zq.outside.example" in url for url in asked)
        assert [event["message"] for event in tab.events("Page.javascriptDialogOpening")] == ["1"]
        assert tab.run("document.querySelector('p').textContent") == "a"
