"""A headless Firefox, spoken to in its own words (WebDriver BiDi): it needs no driver beside it."""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection

BROWSERS = ("firefox-esr", "firefox")
# Port 9 is the one that discards: no name but the machine's own leads anywhere.
_SETTINGS: dict[str, str | int | bool] = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.firstRunURL": "",
    "datareporting.healthreport.uploadEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    # A test's screen has no owner whose colours to follow.
    "layout.css.prefers-color-scheme.content-override": 1,
}
_POLL = 0.1


class NoFirefox(RuntimeError):
    """There is no Firefox; says what to install."""


@dataclass(slots=True)
class Firefox:
    """A running browser with one tab, and what it told without being asked."""

    socket: WebSocket
    tab: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    sent: int = 0

    def call(self, method: str, **values: object) -> dict[str, Any]:
        """Return the answer to a command. Raises RuntimeError if the browser refuses it."""
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": values}))
        while True:
            message: dict[str, Any] = json.loads(self.socket.recv())
            if message["type"] == "event":
                self.events.append(message)
            elif message["type"] == "error":
                raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
            elif message["id"] == self.sent:
                answer: dict[str, Any] = message["result"]
                return answer

    def get(self, url: str) -> None:
        """Open an address and wait until all of it is there."""
        self.call("browsingContext.navigate", context=self.tab, url=url, wait="complete")

    def run(self, script: str) -> Any:
        """Return the text, number or truth an expression comes to, once it is settled."""
        found = self.call(
            "script.evaluate", expression=script, target={"context": self.tab}, awaitPromise=True
        )
        if found["type"] == "exception":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return found["result"].get("value")

    def set_size(self, width: int, height: int) -> None:
        """Give the tab a screen of this size in CSS pixels."""
        viewport = {"width": width, "height": height}
        self.call("browsingContext.setViewport", context=self.tab, viewport=viewport)

    def picture(self) -> bytes:
        """Return what the tab shows as a PNG."""
        shown = self.call("browsingContext.captureScreenshot", context=self.tab)
        return base64.b64decode(shown["data"])

    def close(self) -> None:
        """Speak no more."""
        self.socket.close()

    def told(self, method: str) -> list[dict[str, Any]]:
        """Return what was told of one kind since the last call, and forget it."""
        found = [event["params"] for event in self.events if event["method"] == method]
        self.events = [event for event in self.events if event["method"] != method]
        return found


@contextmanager
def open_firefox() -> Iterator[Firefox]:
    """Run a headless Firefox with a profile of its own that reaches this machine only."""
    binary = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if binary is None:
        raise NoFirefox("this test needs Firefox: apt-get install firefox-esr (Debian)")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        write_settings(Path(folder))
        command = [binary, "--headless", "--no-remote", "--profile", folder]
        running = subprocess.Popen(
            [*command, "--remote-debugging-port=0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"HOME": folder, "PATH": "/usr/bin:/bin", "MOZ_CRASHREPORTER_DISABLE": "1"},
        )
        try:
            with contextlib.closing(connect(listening(Path(folder)))) as browser:
                yield browser
        finally:
            running.terminate()
            running.wait(timeout=20)


def write_settings(profile: Path) -> None:
    """Write a profile's settings: no network, nothing that asks or reports home."""
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(_SETTINGS[key])});" for key in _SETTINGS)
    (profile / "user.js").write_text("\n".join(lines) + "\n", encoding="utf-8")


def listening(profile: Path, patience: float = 60) -> str:
    """Return the address at which a browser just started listens; it writes it down."""
    for _ in range(int(patience / _POLL)):
        with contextlib.suppress(OSError, ValueError):
            told = json.loads((profile / "WebDriverBiDiServer.json").read_text(encoding="utf-8"))
            return f"ws://{told['ws_host']}:{told['ws_port']}/session"
        time.sleep(_POLL)
    raise RuntimeError(f"Firefox does not listen after {patience:g} s")


def connect(address: str) -> Firefox:
    """Return a browser with a tab open, that tells what it logs and requests."""
    browser = Firefox(create_connection(address, timeout=60, suppress_origin=True))
    browser.call("session.new", capabilities={})
    browser.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
    browser.tab = browser.call("browsingContext.create", type="tab")["context"]
    return browser
