"""The drawn pictures in a browser: filter, zoom, hover; and that they lead somewhere."""

from __future__ import annotations

from selenium import webdriver

from tests.browser.chrome import console_faults, set_width

OFF = "return document.querySelectorAll('.cf-network a.off').length"
BOX = "return document.querySelector('.cf-network').getAttribute('viewBox')"


def open_network(chrome: webdriver.Chrome, base: str) -> None:
    set_width(chrome, 1200, 900)
    console_faults(chrome)
    chrome.get(f"{base}/network.html")


def press(chrome: webdriver.Chrome, legend: str, number: int) -> None:
    script = "document.querySelectorAll(arguments[0])[arguments[1]].click()"
    chrome.execute_script(script, f"{legend} button", number)


def test_kinds_can_be_left_out(chrome: webdriver.Chrome, base: str) -> None:
    open_network(chrome, base)
    people = "return document.querySelectorAll('.cf-network a.cf-person').length"
    press(chrome, ".cf-kinds", 0)
    assert chrome.execute_script(OFF) == chrome.execute_script(people) > 0
    pressed = "return document.querySelector('.cf-kinds button').getAttribute('aria-pressed')"
    assert chrome.execute_script(pressed) == "false"
    press(chrome, ".cf-kinds", 0)
    assert chrome.execute_script(OFF) == 0
    assert not console_faults(chrome)


def test_closer_and_back(chrome: webdriver.Chrome, base: str) -> None:
    open_network(chrome, base)
    whole = chrome.execute_script(BOX)
    press(chrome, ".cf-zoom", 0)
    assert chrome.execute_script(BOX) != whole
    press(chrome, ".cf-zoom", 2)
    assert chrome.execute_script(BOX) == whole


def test_a_mark_shows_what_it_is_tied_to_and_leads_there(
    chrome: webdriver.Chrome, base: str
) -> None:
    open_network(chrome, base)
    chrome.execute_script("document.querySelector('.cf-network a:has(text)').focus()")
    line = "return document.querySelector('.cf-network .near').getAttribute('d')"
    assert chrome.execute_script(line).startswith("M")
    target = "return document.querySelector('.cf-network a:has(text)').href.baseVal"
    chrome.get(f"{base}/{chrome.execute_script(target)}")
    assert chrome.find_elements("css selector", "main h1")


def test_pictures_fit_a_phone(chrome: webdriver.Chrome, base: str) -> None:
    set_width(chrome, 390, 900)
    for page in ("network", "map", "timeline"):
        chrome.get(f"{base}/{page}.html")
        wide = chrome.execute_script("return document.documentElement.scrollWidth")
        assert wide <= 390, page
