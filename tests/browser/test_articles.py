"""The list of articles sorted and filtered, names in a text marked or not, dates that lead on."""

from __future__ import annotations

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from tests.browser.chrome import set_width


def titles(browser: webdriver.Chrome) -> list[str]:
    """Return the first word of every headline that is shown."""
    rows = browser.find_elements(By.CSS_SELECTOR, ".cf-list tbody tr")
    shown = [row for row in rows if row.is_displayed()]
    return [row.find_element(By.CSS_SELECTOR, "a").text.split()[0] for row in shown]


@pytest.fixture
def browser(chrome: webdriver.Chrome, base: str) -> webdriver.Chrome:
    """Return the browser on the list of articles."""
    set_width(chrome, 1400, 1000)
    chrome.get(f"{base}/articles/index.html")
    return chrome


def choose(browser: webdriver.Chrome, label: str, value: str) -> None:
    path = f"//label[starts-with(normalize-space(), '{label}')]/select"
    Select(browser.find_element(By.XPATH, path)).select_by_value(value)


def test_the_list_is_filtered_by_date_source_and_kind(browser: webdriver.Chrome) -> None:
    assert titles(browser) == ["Security", "A", "Acme"]
    choose(browser, "Date", "2025")
    assert titles(browser) == ["Security", "A"]
    choose(browser, "Names", "Events")
    assert titles(browser) == ["A"]
    assert browser.find_element(By.CSS_SELECTOR, ".cf-choices output").text == "1 of 3"
    choose(browser, "Names", "")
    choose(browser, "Source", "Courier of the North")
    assert titles(browser) == ["Security"]


def test_the_list_is_sorted_by_any_column_either_way(browser: webdriver.Chrome) -> None:
    date, title, _, names = browser.find_elements(By.CSS_SELECTOR, ".cf-list th button")
    date.click()
    assert titles(browser) == ["Acme", "A", "Security"]
    title.click()
    assert titles(browser) == ["A", "Acme", "Security"]
    names.click()
    assert titles(browser)[-1] == "Acme"
    heads = browser.find_elements(By.CSS_SELECTOR, ".cf-list th")
    assert [head.get_attribute("aria-sort") for head in heads] == [None, None, None, "ascending"]


def test_names_are_marked_until_switched_off_and_it_is_remembered(
    browser: webdriver.Chrome, base: str
) -> None:
    line = "text-decoration-line"
    for page, expected in (("visit", "underline"), ("embassy", "none")):
        browser.get(f"{base}/articles/{page}.html")
        name = browser.find_element(By.CSS_SELECTOR, "a.cf-name")
        assert name.value_of_css_property(line) == expected
        if page == "visit":
            browser.find_element(By.CSS_SELECTOR, ".cf-switch").click()
            assert name.value_of_css_property(line) == "none"
    browser.execute_script("localStorage.clear()")
