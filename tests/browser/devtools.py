"""A headless Chromium spoken to in its own words (DevTools): thousands of pages in minutes.

Unlike a driver it tells of everything as it happens: what is asked of which host, what opens a
dialog or a window, where a page leads on to.
"""

from __future__ import annotations

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

from websocket import WebSocket, WebSocketTimeoutException, create_connection

from tests.browser.chrome import _FLAGS, BROWSERS, NoBrowser

_POLL = 0.05
_PATIENCE = 20


class Gone(RuntimeError):
    """The page went away while it was asked something."""


@dataclass(slots=True)
class Tab:
    """One tab, and what it told without being asked since `told` was last emptied."""

    socket: WebSocket
    told: list[dict[str, Any]] = field(default_factory=list)
    sent: int = 0

    def call(self, method: str, **values: object) -> dict[str, Any]:
        """Return the answer to a command. Raises Gone if the page left before it came."""
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": values}))
        while True:
            message = self._next(method)
            if message.get("id") == self.sent:
                if "error" in message:
                    raise Gone(f"{method}: {message['error']['message']}")
                answer: dict[str, Any] = message["result"]
                return answer

    def get(self, url: str) -> None:
        """Open an address and wait until all of it is there; dialogs are shut at once."""
        self.told.clear()
        answer = self.call("Page.navigate", url=url)
        if fault := answer.get("errorText"):
            raise Gone(f"{url}: {fault}")
        loader = answer.get("loaderId")
        while not any(_loaded(event, loader) for event in self.told):
            self._next(url)

    def run(self, script: str) -> Any:
        """Return what an expression comes to, once it is settled."""
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if fault := answer.get("exceptionDetails"):
            raise Gone(fault.get("exception", {}).get("description") or fault["text"])
        return answer["result"].get("value")

    def events(self, method: str) -> list[dict[str, Any]]:
        """Return what was told of one kind."""
        return [event["params"] for event in self.told if event["method"] == method]

    def _next(self, waiting_for: str) -> dict[str, Any]:
        try:
            message: dict[str, Any] = json.loads(self.socket.recv())
        except WebSocketTimeoutException as silence:
            raise Gone(f"{waiting_for}: no answer") from silence
        if "method" in message:
            self.told.append(message)
        if message.get("method") == "Page.javascriptDialogOpening":
            shut = {"method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
            self.socket.send(json.dumps({"id": 0, **shut}))
        return message


def _loaded(event: dict[str, Any], loader: str | None) -> bool:
    """Return whether the page that was asked for is there; one event a frame and step."""
    told = event["params"]
    named = event["method"] == "Page.lifecycleEvent" and told["name"] == "load"
    return named and told["loaderId"] == loader


@contextmanager
def open_tab(hosts: str, script: str) -> Iterator[Tab]:
    """Run a browser of its own with one tab; `script` runs before anything of each page.

    `hosts` are rules that say where names lead.
    """
    binary = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if binary is None:
        raise NoBrowser("this needs Chromium: apt-get install chromium (Debian)")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = subprocess.Popen(
            [binary, *_FLAGS, f"--host-resolver-rules={hosts}", f"--user-data-dir={folder}",
             "--remote-debugging-port=0", "--no-pings=false", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            with contextlib.closing(_connect(Path(folder))) as socket:
                yield _prepared(Tab(socket), script)
        finally:
            running.terminate()
            running.wait(timeout=_PATIENCE)


def _connect(profile: Path) -> WebSocket:
    """Return a connection to the first tab of a browser that was just started."""
    port, path = _listening(profile)
    whole = create_connection(f"ws://127.0.0.1:{port}{path}", timeout=60, suppress_origin=True)
    with contextlib.closing(whole):
        whole.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
        while (answer := json.loads(whole.recv())).get("id") != 1:
            pass
    targets = answer["result"]["targetInfos"]
    tab = next(target["targetId"] for target in targets if target["type"] == "page")
    address = f"ws://127.0.0.1:{port}/devtools/page/{tab}"
    return create_connection(address, timeout=_PATIENCE, suppress_origin=True)


def _listening(profile: Path, patience: float = 60) -> tuple[str, str]:
    """Return port and path at which a browser listens; it writes them down."""
    for _ in range(int(patience / _POLL)):
        with contextlib.suppress(OSError, ValueError):
            port, path = (profile / "DevToolsActivePort").read_text(encoding="utf-8").split()
            return port, path
        time.sleep(_POLL)
    raise NoBrowser(f"Chromium does not listen after {patience:g} s")


def _prepared(tab: Tab, script: str) -> Tab:
    for domain in ("Page", "Network"):
        tab.call(f"{domain}.enable")
    tab.call("Page.setLifecycleEventsEnabled", enabled=True)
    tab.call("Page.addScriptToEvaluateOnNewDocument", source=script)
    return tab
