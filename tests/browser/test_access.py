"""The site for everyone: WCAG 2.2 AA as far as a machine can tell, keyboard, zoom, print.

axe-core is no part of the repository: `npm install --prefix .cache axe-core@4.14.1` brings it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.chrome import set_colours, set_width
from tests.browser.pages import ONE_PER_KIND

AXE = Path(__file__).parents[2] / ".cache" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
RUN_AXE = """
const done = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
axe.run(document, {runOnly: tags}).then(({violations}) => done(violations.map((fault) =>
  [fault.impact, `${fault.id}: ${fault.nodes.map((node) => node.target.join(" ")).join(", ")}`])));
"""
# What has the focus: where it is drawn, and whether a reader sees that it is there.
FOCUSED = """
const element = document.activeElement, style = getComputedStyle(element);
const box = element.getBoundingClientRect();
return {name: (element.getAttribute("aria-label") || element.textContent).trim(),
  seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0};
"""


@pytest.fixture(scope="module")
def pages(site: Path) -> tuple[str, ...]:
    """Return one page of each kind, as far as the site has it."""
    found = tuple(page for page in ONE_PER_KIND if (site / page).is_file())
    assert len(found) > 12
    return found


@pytest.fixture
def browser(chrome: webdriver.Chrome, server: str) -> Iterator[webdriver.Chrome]:
    """Return the browser, and afterwards set it back to what other tests expect."""
    set_width(chrome, 1400, 1000)
    set_colours(chrome, "light")
    chrome.get(f"{server}/index.html")
    chrome.execute_script("localStorage.clear()")  # type: ignore[no-untyped-call]
    yield chrome
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def run(browser: webdriver.Chrome, script: str) -> Any:
    return browser.execute_script(script)  # type: ignore[no-untyped-call]


def press(browser: webdriver.Chrome, *keys: str) -> dict[str, Any]:
    """Press keys one after another and return what then has the focus."""
    for key in keys:
        browser.switch_to.active_element.send_keys(key)
    return dict(run(browser, FOCUSED))


def calm(browser: webdriver.Chrome) -> None:
    """Make pages believe that the reader asked for less motion."""
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 1400), ("dark", 390)])
def test_axe_finds_nothing_grave(
    browser: webdriver.Chrome, server: str, pages: tuple[str, ...], scheme: str, width: int
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not there; see the top of this file")
    set_colours(browser, scheme)
    set_width(browser, width, 900)
    browser.set_script_timeout(60)
    faults = []
    for page in (*pages, "404.html"):
        browser.get(f"{server}/{page}")
        run(browser, AXE.read_text(encoding="utf-8"))
        found = browser.execute_async_script(RUN_AXE)  # type: ignore[no-untyped-call]
        faults += [f"{page} {what}" for impact, what in found if impact in GRAVE]
    assert faults == []


def test_axe_finds_nothing_grave_in_the_search(browser: webdriver.Chrome, server: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not there; see the top of this file")
    calm(browser)
    browser.get(f"{server}/index.html")
    browser.find_element(By.CSS_SELECTOR, ".md-search__input").send_keys("Shoigu")
    browser.implicitly_wait(5)
    assert browser.find_elements(By.CSS_SELECTOR, "[role=option]")
    browser.implicitly_wait(0)
    run(browser, AXE.read_text(encoding="utf-8"))
    # The page lies dimmed behind it.
    only = RUN_AXE.replace("(document,", "('.md-search',")
    found = browser.execute_async_script(only)  # type: ignore[no-untyped-call]
    assert [what for impact, what in found if impact in GRAVE] == []


# 320: a phone, or a screen of 1280 zoomed to 400 %; 700: one of 1400 zoomed to 200 %.
@pytest.mark.parametrize("width", [320, 700])
def test_no_page_scrolls_sideways(
    browser: webdriver.Chrome, server: str, pages: tuple[str, ...], width: int
) -> None:
    set_width(browser, width, 800)
    for page in pages:
        browser.get(f"{server}/{page}")
        assert run(browser, "return document.documentElement.scrollWidth") <= width, page
        assert run(browser, "return innerWidth") == width, page


def test_the_first_tab_skips_to_the_content(browser: webdriver.Chrome, server: str) -> None:
    browser.get(f"{server}/people/sergei-shoigu.html")
    focus = press(browser, Keys.TAB)
    assert focus == {"name": "Skip to the content", "seen": True, "outlined": True}
    press(browser, Keys.ENTER)
    run(browser, "document.activeElement.focus()")
    first = press(browser, Keys.TAB)
    assert run(browser, "return document.activeElement.closest('main') !== null"), first


@pytest.mark.parametrize("width", [1400, 390])
def test_everything_is_reached_by_keyboard_and_shows_it(
    browser: webdriver.Chrome, server: str, width: int
) -> None:
    set_width(browser, width, 1000)
    browser.get(f"{server}/places/kursk-region.html")
    wanted = run(
        browser,
        "return [...document.querySelectorAll('a[href], button, summary, select')]"
        ".filter((e) => e.checkVisibility() && !e.closest('.md-search')).length",
    )
    reached = 0
    for _ in range(wanted + 40):
        focus = press(browser, Keys.TAB)
        if run(browser, "return document.activeElement === document.body"):
            break
        inside = run(browser, "return Boolean(document.activeElement.closest('.md-search'))")
        assert inside or (focus["outlined"] and focus["seen"]), focus
        reached += not inside
    assert reached == wanted


def test_colours_can_be_changed_by_keyboard(browser: webdriver.Chrome, server: str) -> None:
    browser.get(f"{server}/index.html")
    button = browser.find_element(By.CSS_SELECTOR, ".cf-colours")
    names = []
    for _ in range(3):
        button.send_keys(Keys.ENTER)
        names.append(button.get_attribute("aria-label"))
    schemes = run(browser, "return document.body.dataset.mdColorScheme")
    assert len(set(names)) == 3 and schemes == "default"


def test_what_can_be_touched_is_large_enough(browser: webdriver.Chrome, server: str) -> None:
    set_width(browser, 390, 800)
    browser.get(f"{server}/people/sergei-shoigu.html")
    small = run(
        browser,
        "return [...document.querySelectorAll('button, .cf-tabs a, .cf-footer a, .cf-open-search')]"
        ".filter((e) => e.checkVisibility() && !e.closest('.md-search'))"
        ".map((e) => [e.className || e.textContent, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)",
    )
    assert small == []


def test_print_has_the_page_and_nothing_around_it(browser: webdriver.Chrome, server: str) -> None:
    set_colours(browser, "dark")
    browser.get(f"{server}/people/sergei-shoigu.html")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    around = run(
        browser,
        "return [...document.querySelectorAll('header, nav, footer, .cf-go')]"
        ".filter((e) => e.checkVisibility()).length",
    )
    assert around == 0
    paper = run(browser, "return getComputedStyle(document.body).backgroundColor")
    ink = run(browser, "return getComputedStyle(document.querySelector('h1')).color")
    assert sum(map(int, paper[4:-1].split(", "))) > 700, "paper is light even at night"
    assert sum(map(int, ink[4:-1].split(", "))) < 200
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_nothing_moves_for_those_who_asked_for_calm(browser: webdriver.Chrome, server: str) -> None:
    calm(browser)
    browser.get(f"{server}/people/sergei-shoigu.html")
    moving = run(
        browser,
        "return [...document.querySelectorAll('*')].filter((e) => "
        "parseFloat(getComputedStyle(e).transitionDuration) > 0).length",
    )
    assert moving == 0


def test_icons_stay_in_forced_colours(browser: webdriver.Chrome, server: str) -> None:
    features = [{"name": "forced-colors", "value": "active"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(f"{server}/index.html")
    same = run(
        browser,
        "const icon = getComputedStyle(document.querySelector('.cf-colours'), '::before');"
        "return icon.backgroundColor === getComputedStyle(document.body).backgroundColor",
    )
    assert same is False


def test_pages_say_their_language_and_names_theirs(browser: webdriver.Chrome, server: str) -> None:
    browser.get(f"{server}/people/sergei-shoigu.html")
    assert run(browser, "return document.documentElement.lang") == "en"
    assert run(browser, "return document.documentElement.dir") == "ltr"
    alias = browser.find_element(By.CSS_SELECTOR, ".cf-alias[lang]")
    assert alias.text and alias.get_attribute("lang")
