"""A card at each link, and how two entities are connected: by mouse, keys and touch, from files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.chrome import set_width

CARD = "#cf-hover"


def wait(browser: WebDriver, found: Callable[[WebDriver], object]) -> None:
    WebDriverWait(browser, 5, poll_frequency=0.02).until(lambda b: found(b))


def card_text(browser: WebDriver) -> str:
    return str(browser.execute_script(f"return document.querySelector('{CARD}')?.innerText || ''"))


@pytest.fixture
def page(chrome: webdriver.Chrome, base: str, site: Path) -> webdriver.Chrome:
    """A person's page, from the server and from its file."""
    set_width(chrome, 1200, 900)
    chrome.get(f"{base}/people/{longest(site)[0].name}")
    return chrome


def longest(site: Path) -> list[Path]:
    """Return the two longest pages of people."""
    pages = sorted((site / "people").glob("*-*.html"), key=lambda p: (-p.stat().st_size, p.name))
    return pages[:2]


def entity_link(browser: WebDriver) -> WebElement:
    """Return a link to an organization in the page's text."""
    chosen = "main a[href*='organizations/']:not([href*='index'])"
    return next(link for link in browser.find_elements(By.CSS_SELECTOR, chosen) if shown(link))


def shown(link: WebElement) -> bool:
    return link.is_displayed() and bool(link.text)


def test_pointing_at_a_link_shows_its_card_and_leaving_takes_it_away(
    page: webdriver.Chrome,
) -> None:
    link = entity_link(page)
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
    ActionChains(page).move_to_element(link).perform()
    wait(page, card_text)
    assert "article" in card_text(page)
    ActionChains(page).move_by_offset(0, -300).perform()
    wait(page, lambda b: not card_text(b))


def test_a_focused_link_has_a_card_that_escape_takes_away(page: webdriver.Chrome) -> None:
    link = entity_link(page)
    page.execute_script("arguments[0].focus({focusVisible: true})", link)
    wait(page, card_text)
    assert page.execute_script("return arguments[0].getAttribute('aria-describedby')", link)
    ActionChains(page).send_keys(Keys.ESCAPE).perform()
    wait(page, lambda b: not card_text(b))


def test_a_card_stays_inside_the_window(page: webdriver.Chrome) -> None:
    set_width(page, 390, 800)
    link = entity_link(page)
    page.execute_script("arguments[0].focus({focusVisible: true})", link)
    wait(page, card_text)
    measured = f"return document.querySelector('{CARD}').getBoundingClientRect().toJSON()"
    box = page.execute_script(measured)
    wide = page.execute_script("return document.documentElement.clientWidth")
    assert box["left"] >= 0 and box["right"] <= wide


def test_two_names_are_connected_step_by_step_each_with_its_sentence(
    chrome: webdriver.Chrome, base: str, site: Path
) -> None:
    browser = chrome
    ids = [path.stem for path in longest(site)]
    browser.get("about:blank")
    browser.get(f"{base}/paths.html#from={ids[0]}&to={ids[1]}")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".cf-way blockquote"))
    steps = browser.find_elements(By.CSS_SELECTOR, ".cf-way:first-of-type > li")
    links = [step.find_elements(By.TAG_NAME, "a") for step in steps]
    assert ids[0] in str(links[0][0].get_attribute("href"))
    assert ids[1] in str(links[-1][1].get_attribute("href"))
    for step in links:
        assert "articles/" in str(step[2].get_attribute("href"))
    assert all(step.find_element(By.TAG_NAME, "q").text for step in steps)


def test_names_are_typed_as_in_the_search(chrome: webdriver.Chrome, base: str, site: Path) -> None:
    browser = chrome
    browser.get("about:blank")
    browser.get(f"{base}/paths.html")
    wait(browser, lambda b: b.find_elements(By.ID, "cf-from"))
    names = [path.stem.replace("-", " ") for path in longest(site)]
    browser.find_element(By.ID, "cf-from").send_keys(names[0])
    browser.find_element(By.ID, "cf-to").send_keys(names[1], Keys.ENTER)
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".cf-way blockquote"))
    assert "from=" in browser.current_url


def test_an_address_of_nobody_says_so(chrome: webdriver.Chrome, base: str) -> None:
    chrome.get("about:blank")
    chrome.get(f"{base}/paths.html#from=no-such-card&to=nor-this")
    wait(chrome, lambda b: "no such name" in b.find_element(By.TAG_NAME, "main").text)


def test_a_page_leads_to_the_ways_from_it(page: webdriver.Chrome) -> None:
    name = page.find_element(By.TAG_NAME, "h1").text
    link = page.find_element(By.CSS_SELECTOR, "main a[href*='paths.html']")
    page.execute_script("arguments[0].click()", link)
    wait(page, lambda b: b.find_elements(By.ID, "cf-from"))
    wait(page, lambda b: b.find_element(By.ID, "cf-from").get_attribute("value") == name)
