"""Who is who across articles may not get worse; names are held by `make quality`."""

from __future__ import annotations

from tests.quality import held, measure_identity


def test_links_across_articles_keep_their_floors() -> None:
    figures = measure_identity()
    print({what: round(value, 3) for what, value in figures.items()})
    assert list(held(figures)) == []
