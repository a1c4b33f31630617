"""Search in a browser: from a web server, and from a folder without a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions as see
from selenium.webdriver.support.ui import WebDriverWait

from generator.pages.search_words import words
from tests import sample
from tests.browser.chrome import (
    console_faults,
    failed,
    network_events,
    requested,
    set_colours,
    set_width,
)

BOX = "input[data-md-component=search-query]"
OPTION = "[role=option]"
# What a reader may write; the browser must cut it into the same words as the index.
WRITTEN = (
    "Kim Jong-un (김정은, 金正恩) met Шойгу — “Ch’oe”, O'Brien & Łódź, straße",
    "محمد بن سلمان آل سعود عَلِيّ کریم ۱۹۸۷",
    "Ἀθήνα ΟΔΥΣΣΕΥΣ İstanbul ısı ＦＵＬＬ ﬁne ½ m² №7",
    "กรุงเทพ ประเทศไทย とうきょう 東京タワー 京 नरेन्द्र मोदी ירושלים צה״ל ʿAbd al-Qādir",
    "e\u0301cole \u1112\u1161\u11ab\u1100\u1173\u11af zero\u200bwidth soft\u00adhyphen 𠀀𠀁𠀂",
)


@pytest.fixture
def browser(chrome: webdriver.Chrome, base: str) -> Iterator[webdriver.Chrome]:
    """Return the browser on a wide screen; nothing it loaded or said may be amiss afterwards."""
    set_width(chrome, 1400, 1000)
    set_colours(chrome, "light")
    chrome.get(f"{base}/articles/visit.html")
    console_faults(chrome), network_events(chrome)
    yield chrome
    events = network_events(chrome)
    strangers = [url for url in requested(events) if not url.startswith((base, "data:", "about:"))]
    assert strangers == []
    assert failed(events) == []
    assert console_faults(chrome) == []


def press(browser: webdriver.Chrome, *keys: str) -> None:
    """Press keys wherever the focus is."""
    for key in keys:
        webdriver.ActionChains(browser).send_keys(key).perform()


def wait(browser: webdriver.Chrome, script: str) -> Any:
    """Return the first true value of a script."""
    return WebDriverWait(browser, 5).until(lambda browser: browser.execute_script(script))


def search(browser: webdriver.Chrome, text: str) -> list[str]:
    """Put a text into the box; return the addresses of the results, once they are counted."""
    browser.find_element(By.CSS_SELECTOR, BOX).click()
    status = "document.querySelector('[data-search=status]')"
    browser.execute_script(
        f"""
        const box = document.querySelector("{BOX}");
        {status}.textContent = "";
        box.value = arguments[0];
        box.dispatchEvent(new Event("input"));
        """,
        text,
    )
    wait(browser, f"return {status}.textContent")
    links = browser.find_elements(By.CSS_SELECTOR, OPTION)
    root = browser.execute_script("return new URL(cardfile.base, location.href).href")
    return [(link.get_attribute("href") or "").removeprefix(root) for link in links]


def find(browser: webdriver.Chrome, text: str, kind: str | None = None) -> list[Any]:
    """Return all results for a text, without the box."""
    script = "const [text, kind, done] = arguments; cardfile.find(text, kind).then(done)"
    groups = browser.execute_async_script(script, text, kind)
    return [hit for _, hits in groups for hit in hits]


def selected(browser: webdriver.Chrome) -> str | None:
    """Return the address of the option that is chosen, as assistive software sees it."""
    script = f"""
        const id = document.querySelector("{BOX}").getAttribute("aria-activedescendant");
        const option = id && document.getElementById(id);
        return option && option.ariaSelected === "true" ? option.getAttribute("href") : null;
    """
    found: str | None = browser.execute_script(script)
    return found


def opened(browser: webdriver.Chrome) -> bool:
    return bool(browser.execute_script("return document.getElementById('__search').checked"))


def test_every_name_of_every_entity_leads_to_it_first(browser: webdriver.Chrome) -> None:
    for card in sample.sample_knowledge().cards:
        for name in (card.name, *card.aliases):
            if words(name):
                hits = find(browser, name)
                assert hits[0]["uri"].endswith(f"/{card.id}.html"), name


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("Shoygu", "people/sergei-shoigu.html"),
        ("Sergei Shoigi", "people/sergei-shoigu.html"),
        ("hSoigu", "people/sergei-shoigu.html"),
        ("Shoiguu", "people/sergei-shoigu.html"),
        ("ukrane", "places/ukraine.html"),
        ("Шойгy", "people/sergei-shoigu.html"),
        ("kim jongun", "people/kim-jong-un.html"),
        ("grad7", "products/grad-7.html"),
        ("sho", "people/sergei-shoigu.html"),
        ("김정", "people/kim-jong-un.html"),
        ("金", "people/kim-jong-un.html"),
    ],
)
def test_misspelled_joined_and_half_typed_names_are_found(
    browser: webdriver.Chrome, typed: str, page: str
) -> None:
    assert page in search(browser, typed)[:3]


def test_words_are_cut_here_as_in_the_index(browser: webdriver.Chrome) -> None:
    names = [n for card in sample.sample_knowledge().cards for n in (card.name, *card.aliases)]
    script = "const [texts, done] = arguments; Promise.all(texts.map(cardfile.split)).then(done)"
    texts = [*names, *WRITTEN]
    assert browser.execute_async_script(script, texts) == [words(text) for text in texts]


def test_entities_come_first_then_claims_then_articles(browser: webdriver.Chrome) -> None:
    found = search(browser, "secretary of the russian security council")
    assert found[0] == "organizations/russian-security-council.html"
    assert found[1:3] == ["articles/visit.html#s3", "articles/embassy.html#s4"]
    groups = browser.find_elements(By.CSS_SELECTOR, "[role=listbox] [role=group]")
    assert [group.get_attribute("aria-label") for group in groups][:2] == ["All", "Claims"]
    claim = browser.find_element(By.CSS_SELECTOR, ".cf-claim")
    assert "Sergei Shoigu · Position: Secretary, Russian Security Council" in claim.text
    marks = [mark.text for mark in claim.find_elements(By.TAG_NAME, "mark")]
    assert {"Secretary", "Russian", "Security", "Council"} <= set(marks)


def test_a_sentence_is_shown_and_the_result_leads_to_it(
    browser: webdriver.Chrome, base: str
) -> None:
    assert search(browser, "thousand sappers mines")[0] == "articles/visit.html#s7"
    option = browser.find_element(By.CSS_SELECTOR, OPTION)
    assert "a thousand sappers would clear mines" in option.text
    option.click()
    WebDriverWait(browser, 5).until(see.url_to_be(f"{base}/articles/visit.html#s7"))
    assert not opened(browser)
    assert browser.find_element(By.CSS_SELECTOR, "#s7:target").is_displayed()


def test_text_is_shown_as_text(browser: webdriver.Chrome) -> None:
    search(browser, "acme script alert")
    title = browser.find_element(By.CSS_SELECTOR, f"{OPTION} .cf-hit__title")
    assert title.text == "Acme </title><script>alert(4)</script>"
    assert browser.find_elements(By.CSS_SELECTOR, f"{OPTION} script, {OPTION} img") == []


def test_kinds_can_be_chosen(browser: webdriver.Chrome) -> None:
    everything = search(browser, "kursk")
    chips = browser.find_elements(By.CSS_SELECTOR, "[data-search=chips] button")
    labels = [chip.text for chip in chips]
    assert labels[:4] == ["All", "People", "Organizations", "Places"]
    assert labels[-2:] == ["Claims", "Articles"]
    for label, start in (("Places", "places/"), ("Articles", "articles/")):
        chip = chips[labels.index(label)]
        chip.click()
        assert chip.get_attribute("aria-pressed") == "true"
        found = search(browser, "kursk")
        assert found and all(uri.startswith(start) for uri in found)
    chips[labels.index("People")].click()
    assert search(browser, "kursk") == []
    chips[0].click()
    assert search(browser, "kursk") == everything


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_box_and_escape_shuts_it(browser: webdriver.Chrome, key: str) -> None:
    press(browser, key)
    box = browser.find_element(By.CSS_SELECTOR, BOX)
    assert opened(browser) and browser.switch_to.active_element == box
    press(browser, key)
    assert box.get_attribute("value") == key
    press(browser, Keys.ESCAPE)
    assert not opened(browser) and browser.switch_to.active_element != box


def test_arrows_choose_and_enter_follows(browser: webdriver.Chrome, base: str) -> None:
    found = search(browser, "kim jong un")
    assert len(found) > 2 and selected(browser) is None
    press(browser, Keys.ARROW_DOWN)
    assert selected(browser) == f"../{found[0]}"
    press(browser, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ARROW_UP)
    assert selected(browser) == f"../{found[-1]}"
    press(browser, Keys.ARROW_DOWN, Keys.ENTER)
    WebDriverWait(browser, 5).until(see.url_to_be(f"{base}/{found[0]}"))


def test_enter_alone_follows_the_first_result(browser: webdriver.Chrome, base: str) -> None:
    search(browser, "pyongyang")
    press(browser, Keys.ENTER)
    WebDriverWait(browser, 5).until(see.url_to_be(f"{base}/places/pyongyang.html"))


def test_tab_goes_on_to_the_kinds_and_leaves_by_shutting(browser: webdriver.Chrome) -> None:
    search(browser, "kim")
    press(browser, Keys.TAB)
    assert browser.switch_to.active_element.tag_name == "button" and opened(browser)
    count = len(browser.find_elements(By.CSS_SELECTOR, "[data-search=chips] button"))
    press(browser, *[Keys.TAB] * (count + 1))
    assert not opened(browser)


def test_the_number_of_results_is_said(browser: webdriver.Chrome) -> None:
    status = browser.find_element(By.CSS_SELECTOR, "[data-search=status][role=status]")
    box = browser.find_element(By.CSS_SELECTOR, BOX)
    count = len(search(browser, "kim"))
    assert status.text == f"{count} results" and box.get_attribute("aria-expanded") == "true"
    assert search(browser, "xyzzyx") == []
    assert status.text == "Nothing found" and box.get_attribute("aria-expanded") == "false"


def test_a_thumb_opens_searches_and_follows_on_a_phone(
    browser: webdriver.Chrome, base: str
) -> None:
    set_width(browser, 390, 800)
    browser.refresh()
    browser.find_element(By.CSS_SELECTOR, ".cf-open-search").click()
    box = browser.find_element(By.CSS_SELECTOR, BOX)
    wait(browser, f"return document.activeElement === document.querySelector('{BOX}')")
    box.send_keys("pyongyang")
    link = WebDriverWait(browser, 5).until(
        see.element_to_be_clickable((By.CSS_SELECTOR, f"{OPTION}[href$='pyongyang.html']"))
    )
    assert link.rect["height"] >= 44
    link.click()
    WebDriverWait(browser, 5).until(see.url_to_be(f"{base}/places/pyongyang.html"))


def test_the_themes_own_index_is_neither_built_nor_asked_for(browser: webdriver.Chrome) -> None:
    search(browser, "kim")
    asked = " ".join(requested(network_events(browser)))
    assert "search/meta.js" in asked
    assert "search_index" not in asked and "worker" not in asked
