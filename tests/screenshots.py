"""Pictures of a built site, wide and narrow, light and dark: to be looked at.

python -m tests.screenshots SITE OUT [PAGE …]
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

from tests.browser.chrome import open_browser, set_colours, set_width

# A page with much of its kind shows more of the design than the first one.
FOLDERS = ("people", "organizations", "places", "articles")
OVERVIEWS = ("index.html", "people/index.html", "timeline.html", "differences.html", "about.html")
WIDTHS = {"wide": 1400, "narrow": 390}
LONGEST = 3200


def chosen_pages(site: Path) -> list[str]:
    """Return the overviews and the largest page of each folder."""
    largest = [
        max((site / folder).glob("*.html"), key=lambda path: (path.stat().st_size, path.name))
        for folder in FOLDERS
    ]
    return [*OVERVIEWS, *(path.relative_to(site).as_posix() for path in largest)]


def take(site: Path, out: Path, pages: list[str]) -> None:
    """Write a PNG of each page for each width and colour scheme."""
    out.mkdir(parents=True, exist_ok=True)
    browser = open_browser()
    try:
        for scheme in ("light", "dark"):
            set_colours(browser, scheme)
            for size, width in WIDTHS.items():
                for page in pages:
                    set_width(browser, width, 1000)
                    browser.get((site / page).absolute().as_uri())
                    tall = "return document.documentElement.scrollHeight"
                    set_width(browser, width, min(LONGEST, browser.execute_script(tall)))
                    png = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
                    name = page.removesuffix(".html").replace("/", "-")
                    data = base64.b64decode(png["data"])
                    (out / f"{name}-{size}-{scheme}.png").write_bytes(data)
    finally:
        browser.quit()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    take(folder, Path(sys.argv[2]), sys.argv[3:] or chosen_pages(folder))
