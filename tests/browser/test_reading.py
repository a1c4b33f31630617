"""What a reader does, in a browser: from a web server, and from a folder without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as see
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.chrome import (
    console_faults,
    failed,
    network_events,
    requested,
    set_colours,
    set_width,
)

PAGES = (
    "index.html",
    "people/index.html",
    "people/sergei-shoigu.html",
    "organizations/acme.html",
    "places/kursk-region.html",
    "articles/hostile.html",
    "articles/index.html",
    "timeline.html",
    "differences.html",
    "about.html",
    "people/gone-man.html",
)
RESULT = ".md-search-result__item"


@pytest.fixture
def browser(chrome: webdriver.Chrome, base: str) -> Iterator[webdriver.Chrome]:
    """Return the browser on a wide screen; nothing it loaded or said may be amiss afterwards."""
    set_width(chrome, 1400, 1000)
    set_colours(chrome, "light")
    chrome.get(f"{base}/index.html")
    chrome.execute_script("localStorage.clear()")
    console_faults(chrome), network_events(chrome)
    yield chrome
    events = network_events(chrome)
    strangers = [url for url in requested(events) if not url.startswith((base, "data:", "about:"))]
    assert strangers == []
    assert failed(events) == []
    assert console_faults(chrome) == []


def wait_for(browser: webdriver.Chrome, selector: str) -> WebElement:
    """Return an element once it can be seen."""
    return WebDriverWait(browser, 10).until(
        see.visibility_of_element_located((By.CSS_SELECTOR, selector))
    )


def search(browser: webdriver.Chrome, words: str) -> WebElement:
    """Return the first result for words typed into the search box."""
    box = wait_for(browser, ".md-search__input")
    box.click()
    box.send_keys(words)
    return wait_for(browser, f"{RESULT} a")


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("Sergei Shoigu", "people/sergei-shoigu.html"),
        ("Sergey", "people/sergei-shoigu.html"),
        ("Шойгу", "people/sergei-shoigu.html"),
        ("김정은", "people/kim-jong-un.html"),
        ("金正恩", "people/kim-jong-un.html"),
        ("Kim Jong-un", "people/kim-jong-un.html"),
        ("security council", "organizations/russian-security-council.html"),
        ("pyongyang", "places/pyongyang.html"),
    ],
)
def test_search_finds_an_entity_first_by_any_of_its_names(
    browser: webdriver.Chrome, base: str, words: str, page: str
) -> None:
    link = search(browser, words).get_attribute("href") or ""
    assert link.removeprefix(f"{base}/").split("?")[0] == page


def test_a_quote_leads_to_its_sentence_which_is_lit_up(
    browser: webdriver.Chrome, base: str
) -> None:
    browser.get(f"{base}/people/sergei-shoigu.html")
    browser.find_element(By.CSS_SELECTOR, ".cf-summary cite a").click()
    sentence = wait_for(browser, "#s3:target")
    assert sentence.text.startswith("Sergei Shoigu, Secretary")
    other = browser.find_element(By.ID, "s4")
    colour = "background-color"
    assert sentence.value_of_css_property(colour) != other.value_of_css_property(colour)
    assert sentence.is_displayed() and sentence.rect["y"] >= 0


def test_a_name_in_an_article_leads_to_its_page(browser: webdriver.Chrome, base: str) -> None:
    browser.get(f"{base}/articles/visit.html")
    browser.find_element(By.CSS_SELECTOR, "#s4 a[href*='kim-jong-un']").click()
    assert wait_for(browser, "h1").text == "Kim Jong Un"


def test_dark_mode_can_be_chosen_and_stays_on_the_next_page(
    browser: webdriver.Chrome, base: str
) -> None:
    paper = browser.find_element(By.TAG_NAME, "body").value_of_css_property("background-color")
    for _ in range(2):  # as the system has it -> light -> dark
        wait_for(browser, ".cf-colours").click()
    browser.get(f"{base}/articles/visit.html")
    body = browser.find_element(By.TAG_NAME, "body")
    assert body.get_attribute("data-md-color-scheme") == "slate"
    assert body.value_of_css_property("background-color") != paper


def test_the_systems_dark_mode_is_followed(browser: webdriver.Chrome, base: str) -> None:
    set_colours(browser, "dark")
    browser.get(f"{base}/people/sergei-shoigu.html")
    body = browser.find_element(By.TAG_NAME, "body")
    assert body.get_attribute("data-md-color-scheme") == "slate"


def test_an_old_address_leads_to_the_page_it_is_now(browser: webdriver.Chrome, base: str) -> None:
    for old, now in (("people/sergey-shoigu", "people/sergei-shoigu"),
                     ("organizations/kursk-region", "places/kursk-region")):  # fmt: skip
        browser.get(f"{base}/{old}.html")
        WebDriverWait(browser, 10).until(see.url_to_be(f"{base}/{now}.html"))


def test_no_page_runs_what_a_text_holds(browser: webdriver.Chrome, base: str) -> None:
    for page in PAGES:
        browser.get(f"{base}/{page}")  # an alert would make this call fail
        assert browser.find_element(By.TAG_NAME, "h1").is_displayed()
        dangerous = "article script, article [onclick], article [onerror], [href^='javascript']"
        assert browser.find_elements(By.CSS_SELECTOR, dangerous) == []


def test_no_page_scrolls_sideways_on_a_phone(browser: webdriver.Chrome, base: str) -> None:
    set_width(browser, 390, 800)
    for page in PAGES:
        browser.get(f"{base}/{page}")
        wide = browser.execute_script("return document.documentElement.scrollWidth")  # type: ignore[no-untyped-call]
        assert wide <= 390, page


def test_the_zip_is_offered_to_those_who_read_online(browser: webdriver.Chrome, base: str) -> None:
    link = browser.find_element(By.CSS_SELECTOR, "a[href$='cardfile-site.zip']")
    assert link.is_displayed() == base.startswith("http")
