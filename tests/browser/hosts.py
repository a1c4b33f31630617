"""Hosts for browser tests: one that serves a folder, one that every other name leads to."""

from __future__ import annotations

import functools
import http.server
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where a browser hangs up before it has its answer."""


class _Listening(socketserver.BaseRequestHandler):
    """Keeps the first words of whoever calls: the host is in them, even where they are ciphered."""

    def handle(self) -> None:
        self.request.settimeout(2)
        try:
            said = self.request.recv(4096)
        except OSError:
            said = b""
        self.server.heard.append(said)  # type: ignore[attr-defined]


class _Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    heard: list[bytes]


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    running = _Server(("127.0.0.1", 0), handler)
    with running, _in_background(running):
        yield f"http://127.0.0.1:{running.server_address[1]}/"


@contextmanager
def listen() -> Iterator[tuple[str, list[bytes]]]:
    """Lead every name but this machine's to a listener; give the rules, and what it hears."""
    with _Threads(("127.0.0.1", 0), _Listening) as running:
        running.heard = []
        here = f"127.0.0.1:{running.server_address[1]}"
        with _in_background(running):
            yield f"MAP * {here}, EXCLUDE localhost, EXCLUDE 127.0.0.1", running.heard


@contextmanager
def _in_background(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
