"""One site, one server and one browser for all browser tests."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.chrome import open_browser
from tests.sample_site import build_sample


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample's site, built with our own mkdocs.yml."""
    return build_sample(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Return the address of a web server of the site."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def chrome() -> Iterator[webdriver.Chrome]:
    """Return a browser that reaches no other machine."""
    browser = open_browser()
    yield browser
    browser.quit()


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, site: Path, server: str) -> str:
    """Return where the site starts: from the web server, then from the folder."""
    return server if request.param == "http" else site.as_uri()
