"""What may stand on a page: the pictures' own elements, and nothing that runs, loads or moves."""

from __future__ import annotations

import pytest

from generator.site.policy import clean_content

PICTURE = (
    '<figure class="cf-picture" role="group" aria-labelledby="t"><svg viewBox="0 0 10 10" '
    'role="img"><title id="t">Near</title><g class="cf-person"><a href="../people/x.html" '
    'data-years="2023 2025"><circle cx="1" cy="2" r="3"></circle><path d="M0 0h1"></path>'
    '<text x="1" y="2">N</text></a></g><rect x="0" y="0" width="1" height="1"></rect>'
    '<line x1="0" y1="0" x2="1" y2="1"></line></svg><figcaption>c</figcaption></figure>'
)

GONE = "script style foreignobject iframe img image use animate set desc tspan math feimage"
DEADLY = "onclick= onload= ontoggle= xlink style= filter= e.example javascript: data-evil"


@pytest.mark.parametrize(
    "html",
    [
        PICTURE,
        "<details open><summary>s</summary>t</details>",
        '<time datetime="2025-06">June 2025</time>',
        '<tr data-date="2025" data-kind="person" data-source="Paper"><td>x</td></tr>',
    ],
)
def test_what_our_pages_are_made_of_is_kept(html: str) -> None:
    table = html.startswith("<tr")
    whole = f"<table><tbody>{html}</tbody></table>" if table else html
    assert clean_content(whole).replace(' open=""', " open") == whole


@pytest.mark.parametrize(
    "hostile",
    [
        "<svg><script>alert(1)</script></svg>",
        "<svg><script href='https://e.example/x.js'/></svg>",
        "<svg onload=alert(1)><circle onclick=alert(1) r=1 /></svg>",
        "<svg><foreignObject><iframe src=//e.example></iframe></foreignObject></svg>",
        "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
        "<svg><use href='data:image/svg+xml,<svg/>#x'/></svg>",
        "<svg><use xlink:href='https://e.example#x'/></svg>",
        "<svg><a><animate attributeName=href values='javascript:1'/><text>x</text></a></svg>",
        "<svg><set attributeName=onload to=alert(1) /></svg>",
        "<svg><a href='javascript:alert(1)'><text>x</text></a></svg>",
        "<svg><a href='&#106;ava&#9;script:alert(1)'><text>x</text></a></svg>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        "<svg><image href='https://e.example/x.png'/><feImage href='https://e.example/x'/></svg>",
        "<svg><style>@import 'https://e.example/x.css'</style></svg>",
        "<svg><path d='M0' style='fill:url(https://e.example)' filter='url(//e.example)'/></svg>",
        "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>",
        "<svg><title><img src=x onerror=alert(1)></title></svg>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<svg><desc><script>alert(1)</script></desc></svg>",
        "<svg><text><tspan onclick=alert(1)>x</tspan></text></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1&gt;'>",
        "<details ontoggle=alert(1)><summary onclick=alert(1)>x</summary></details>",
        "<time onclick=alert(1) datetime=2025>x</time>",
        "<p data-evil=javascript:1 style=color:red>x</p>",
    ],
)
def test_nothing_that_runs_loads_or_moves_is_left(hostile: str) -> None:
    clean = clean_content(f"<p>a</p>{hostile}<p>z</p>").lower()
    assert not [tag for tag in GONE.split() if f"<{tag}" in clean]
    left = clean.replace("&lt;", "").replace("&gt;", "")
    assert not [word for word in DEADLY.split() if word in left]
    assert "<p>a</p>" in clean


def test_a_title_outside_a_picture_shows_no_markup() -> None:
    clean = clean_content("<title>x<script>alert(1)</script></title><p>y</p>")
    assert clean == "<title>x&lt;script&gt;alert(1)&lt;/script&gt;</title><p>y</p>"
