"""A headless Chromium for tests and pictures, and what it had to say."""

from __future__ import annotations

import json
import shutil
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
# No name but the machine's own leads anywhere: the network is cut.
_NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"


class NoBrowser(RuntimeError):
    """There is no browser; says what to install."""


def open_browser() -> webdriver.Chrome:
    """Return a headless browser that reaches this machine only and logs what it does."""
    binary = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        raise NoBrowser(
            "the browser tests need Chromium and its driver: apt-get install chromium "
            "chromium-driver (Debian), or Google Chrome with chromedriver on the PATH"
        )
    options = Options()
    options.binary_location = binary
    for flag in (*_FLAGS, _NO_NETWORK):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(driver))


def console_faults(browser: webdriver.Chrome) -> list[str]:
    """Return what the console was told since the last call, warnings and errors only."""
    entries = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]


def network_events(browser: webdriver.Chrome) -> list[dict[str, Any]]:
    """Return what was requested, received and failed since the last call."""
    entries = browser.get_log("performance")  # type: ignore[no-untyped-call]
    messages = [json.loads(entry["message"])["message"] for entry in entries]
    return [message for message in messages if message["method"].startswith("Network.")]


def requested(events: list[dict[str, Any]]) -> list[str]:
    """Return the addresses requested, in order."""
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]


def failed(events: list[dict[str, Any]]) -> list[str]:
    """Return what failed or was answered with an error."""
    faults = []
    for event in events:
        if event["method"] == "Network.loadingFailed":
            if not event["params"].get("canceled"):
                faults.append(event["params"]["errorText"])
        elif event["method"] == "Network.responseReceived":
            response = event["params"]["response"]
            if response["status"] >= 400:
                faults.append(f"{response['status']} {response['url']}")
    return faults


def set_colours(browser: webdriver.Chrome, scheme: str) -> None:
    """Make pages believe that the system is set to `light` or `dark`."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def set_width(browser: webdriver.Chrome, width: int, height: int) -> None:
    """Give pages a screen of this size in CSS pixels; a narrow one is a phone's."""
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
