"""The site opened from its folder in Firefox, without a network: what Chromium does, it does."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.firefox import Firefox, NoFirefox, open_firefox
from tests.browser.pages import ONE_PER_KIND

SIZES = {"wide": (1400, 1000), "narrow": (500, 900)}
# Waits for an element, three seconds at most; says what stands in it.
_TEXT_OF = """
new Promise((done) => {
  const look = () => document.querySelector(%r)?.innerText;
  const watch = new MutationObserver(() => look() && done(look()));
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  setTimeout(() => done(look() || ""), 3000);
  %s;
  if (look()) done(look());
})
"""


@pytest.fixture(scope="module")
def running() -> Iterator[Firefox]:
    """Return a Firefox that reaches no other machine."""
    try:
        with open_firefox() as browser:
            yield browser
    except NoFirefox as reason:
        pytest.skip(str(reason))


@pytest.fixture
def firefox(running: Firefox, site: Path) -> Iterator[Firefox]:
    """Return the browser; afterwards nothing may have been amiss or asked of another machine."""
    running.set_size(*SIZES["wide"])
    running.get("about:blank")
    running.told("log.entryAdded"), running.told("network.beforeRequestSent")
    yield running
    asked = [told["request"]["url"] for told in running.told("network.beforeRequestSent")]
    own = (site.as_uri(), "data:", "about:")
    assert [url for url in asked if not url.startswith(own)] == []
    logged = running.told("log.entryAdded")
    assert [told["text"] for told in logged if told["level"] in ("warn", "error")] == []


def size_of(png: bytes) -> tuple[int, ...]:
    """Return the width and height of a picture."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def text_of(browser: Firefox, selector: str, after: str) -> str:
    """Return what stands in an element once a script has made it appear."""
    return str(browser.run(_TEXT_OF % (selector, after)))


@pytest.mark.parametrize("size", SIZES)
def test_each_page_is_drawn(firefox: Firefox, site: Path, tmp_path: Path, size: str) -> None:
    firefox.set_size(*SIZES[size])
    empty = len(firefox.picture())
    for page in ONE_PER_KIND:
        firefox.get((site / page).as_uri())
        png = firefox.picture()
        (tmp_path / f"{page.replace('/', '-')}.png").write_bytes(png)
        assert size_of(png) == SIZES[size], page
        # White paper takes few bytes: there is text, and it is set in our style.
        assert len(png) > 1.4 * empty, page
        assert firefox.run("document.querySelector('h1').checkVisibility()"), page
        assert firefox.run("getComputedStyle(document.querySelector('.md-header')).position")
        wide = firefox.run("document.documentElement.scrollWidth")
        assert wide <= SIZES[size][0], page


@pytest.mark.parametrize("name", ["Sergey Shoigu", "Шойгу", "金正恩", "Sergei Shoigi"])
def test_a_name_is_found(firefox: Firefox, site: Path, name: str) -> None:
    firefox.get((site / "articles/visit.html").as_uri())
    typed = f"""
    const box = document.querySelector("[data-md-component=search-query]");
    box.focus();
    box.value = {name!r};
    box.dispatchEvent(new Event("input", {{ bubbles: true }}))
    """
    found = text_of(firefox, "[role=option]", typed)
    assert ("Kim Jong Un" if name == "金正恩" else "Sergei Shoigu") in found


def test_a_focused_link_has_its_card(firefox: Firefox, site: Path) -> None:
    firefox.get((site / "articles/visit.html").as_uri())
    focus = "document.querySelector('main a[href*=kim-jong-un]').focus({ focusVisible: true })"
    assert "Kim Jong Un" in text_of(firefox, "#cf-hover", focus)


def test_two_names_are_connected(firefox: Firefox, site: Path) -> None:
    firefox.get(f"{(site / 'paths.html').as_uri()}#from=sergei-shoigu&to=kim-jong-un")
    assert text_of(firefox, ".cf-way", "")
