"""What may stand on a page, what it may load, and what the build says of the rest."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from generator.content_policy import read_policy
from generator.model import Problem
from generator.settings import PROJECT, load_settings
from generator.site.blocked import Blockade, blocked
from generator.site.build import build
from generator.site.policy import add_policy, clean_content, page_policy
from tests import hostile_site
from tests.hostile import payloads

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


@pytest.mark.parametrize(
    "address",
    ["//e.example", "/\\e.example", "\\\\e.example", "/\t/e.example", " //e.example",
     "\n//e.example", "javascript:1", "java\nscript:1", "data:text/html,x", "vbscript:1", "tel:1", "ftp://e.example"],
)  # fmt: skip
def test_a_link_leads_to_the_web_a_mailbox_or_a_page_beside(address: str) -> None:
    assert (
        clean_content(f'<p><a class="x" href="{address}">a</a></p>') == '<p><a class="x">a</a></p>'
    )


@pytest.mark.parametrize("address", ["x.html", "../x.html#s1", "#s1", "?a=b", "mailto:a@b.example"])
def test_links_that_stay_are_kept_as_they_are(address: str) -> None:
    link = f'<a href="{address}">a</a>'
    assert clean_content(link) == link


def test_a_link_out_of_the_site_does_not_tell_whence() -> None:
    link = '<a class="x" href="https://e.example/?a">a</a>'
    assert clean_content(link) == link.replace('?a"', '?a" rel="noopener noreferrer"')
    own = '<a href="https://e.example/" rel="nofollow">a</a>'
    assert clean_content(own) == own


def test_text_that_looks_like_a_link_is_text() -> None:
    text = '<p>&lt;a href="//e.example"&gt; &lt;a href="https://e.example"&gt;</p>'
    assert clean_content(text) == text


def test_no_hostile_text_leaves_anything_that_could_run() -> None:
    for payload in payloads():
        page = _Elements()
        page.feed(clean_content(f"<p>{payload.text}</p>"))
        assert not set(page.names) & set(GONE.split()), payload
        assert not [name for name in page.attributes if name.startswith(("on", "style"))], payload
        # Browsers cut off controls and spaces, and no other white space.
        links = [urlsplit(link.strip("".join(map(chr, range(33))))) for link in page.links]
        assert {link.scheme for link in links} <= {"", "http", "https", "mailto"}, payload
        assert not [link for link in links if link.netloc and not link.scheme], payload


class _Elements(HTMLParser):
    """The elements, attributes and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.links += [value or "" for name, value in attrs if name == "href"]


# --- what a page may load


def test_a_policy_stands_before_all_it_is_about_however_the_head_is_written() -> None:
    policy = page_policy({}, ())
    for start in ('<meta charset="utf-8">', "<head><META charset=UTF-8>", "<head lang=x>", ""):
        page = add_policy(f"{start}<script src=x></script>", policy)
        assert page.index("http-equiv") < page.index("<script")
        assert page.startswith(start)


def test_a_script_that_slipped_in_is_not_allowed_by_being_there() -> None:
    page = add_policy("<head><script>tripped()</script>", page_policy({}, ()))
    assert "sha256" not in page and "unsafe" not in page
    assert "script-src 'self';" in page and "default-src 'none'" in page


def test_a_team_may_add_its_hosts() -> None:
    added = read_policy(
        {"script-src": ["https://stats.example"], "connect-src": "https://stats.example"}
    )
    assert added is not None
    policy = page_policy(added, ())
    assert policy["script-src"] == ("'self'", "https://stats.example")
    assert policy["connect-src"] == ("'self'", "https://stats.example")
    assert policy["img-src"] == ("'self'", "data:")


def test_markup_from_text_is_forbidden_where_all_scripts_are_ours() -> None:
    config = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    ours = re.findall(r"(?m)^  - (assets/\w+\.js)$", config)
    assert len(ours) > 5
    assert page_policy({}, ours)["require-trusted-types-for"] == ("'script'",)
    assert "trusted-types" not in page_policy({}, [*ours, "assets/team.js"])
    assert "trusted-types" not in page_policy({"script-src": ("https://stats.example",)}, ours)


def test_our_scripts_make_no_markup_from_text() -> None:
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function"
    )
    scripts = sorted((PROJECT / "templates" / "theme" / "assets").glob("*.js"))
    assert scripts
    assert [path.name for path in scripts if sinks.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("value", "added"),
    [
        ("yes", {}),
        (True, {}),
        ("off", None),
        (False, None),
        ({"img-src": "https://*.tiles.example"}, {"img-src": ("https://*.tiles.example",)}),
        (
            {"connect-src": ["wss://live.example:8443"]},
            {"connect-src": ("wss://live.example:8443",)},
        ),
        ({"script-src": ["'sha256-aGVsbG8='"]}, {"script-src": ("'sha256-aGVsbG8='",)}),
        ({"script-src": "sha256-aGVsbG8="}, {"script-src": ("'sha256-aGVsbG8='",)}),
    ],
)
def test_the_setting_is_on_off_or_hosts(value: object, added: object) -> None:
    assert read_policy(value) == added


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("maybe", "write true, false, or hosts"),
        (["https://a.example"], "write true, false, or hosts"),
        ({"script-src": ["*"]}, r"\* under script-src is refused"),
        ({"script-src": ["https:"]}, "https: under script-src is refused"),
        ({"script-src": ["https://*"]}, "is refused: name hosts"),
        ({"script-src": ["'unsafe-inline'"]}, "'unsafe-inline' under script-src is refused"),
        ({"script-src": ["'unsafe-eval'"]}, "'unsafe-eval' under script-src is refused"),
        ({"script-src": ["http://a.example"]}, "http://a.example under script-src is refused"),
        ({"script-src": ["data:"]}, "data: under script-src is refused"),
        ({"img-src": ["sha256-aGVsbG8="]}, "under img-src is refused"),
        ({"img-src": ["https://a.example; script-src *"]}, "is refused"),
        ({"img-src": ['https://a.example"><script>']}, "is refused"),
        ({"script-src": None}, "None under script-src is refused"),
        ({"scriptsrc": ["https://a.example"]}, "scriptsrc can't be set; use script-src"),
        ({"object-src": ["https://a.example"]}, "object-src can't be set"),
        ({"default-src": ["https://a.example"]}, "default-src can't be set"),
        ({"base-uri": ["https://a.example"]}, "base-uri can't be set"),
        ({"frame-ancestors": ["https://a.example"]}, "let the web server send it"),
    ],
)
def test_what_would_open_a_page_to_anybody_is_refused(value: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_policy(value)


def test_a_refused_policy_is_told_with_file_and_line(tmp_path: Path) -> None:
    options = {"plugins": [{"cardfile": {"content_security_policy": {"script-src": ["*"]}}}]}
    config = tmp_path / "mkdocs.yml"
    config.write_text(yaml.safe_dump(options), encoding="utf-8")
    settings, (problem,) = load_settings(config)
    assert problem.fatal and problem.line == 3
    assert "* under script-src is refused" in problem.todo
    assert settings.content_security_policy == {}


# --- what it blocks


@pytest.mark.parametrize(
    ("page", "directive", "source"),
    [
        ("<script src=https://stats.example/a.js></script>", "script-src", "https://stats.example"),
        ('<script async defer src="//stats.example/a.js">', "script-src", "https://stats.example"),
        ("<link rel='stylesheet' href='https://f.example/a.css'>", "style-src", "https://f.example"),
        ('<img alt="a>b" src="https://i.example/a.png">', "img-src", "https://i.example"),
        ("<iframe src=https://v.example/1></iframe>", "frame-src", "https://v.example"),
        ("<form method=post action=https://m.example/>", "form-action", "https://m.example"),
        ("<script>track()</script>", "script-src", "sha256-"),
        ("<style>p{}</style>", "style-src", "sha256-"),
        ("<body class=x onload='track()'>", "script-src", ""),
        ('<div style="color:red">', "style-src", ""),
        ("<object data=https://o.example/x></object>", "object-src", "https://o.example"),
        ("<script src=http://stats.example/a.js>", "script-src", ""),
    ],
)  # fmt: skip
def test_what_a_team_put_there_and_the_policy_blocks_is_found(
    page: str, directive: str, source: str
) -> None:
    (found,) = blocked(f"<head>{page}</head>", page_policy({}, ()))
    assert found.directive == directive
    assert found.source == source or (source == "sha256-" and found.source.startswith(source))


@pytest.mark.parametrize(
    "page",
    [
        '<script src="../assets/cardfile.js"></script>',
        '<script type="application/json">{"a": "<b onclick=x>"}</script>',
        '<link rel="canonical" href="https://kb.example/a.html">',
        '<img src="data:image/png;base64,AA==">',
        '<meta name="description" content="{: onclick=a() } style=b <img src=https://e.example/x>">',
        "<p>&lt;img src=https://e.example onerror=x&gt; onload=x</p>",
        '<link rel="stylesheet" href="https://kb.example/kb/a.css">',
        '<a href="https://elsewhere.example" title="x style=y">a</a>',
    ],
)
def test_what_the_policy_allows_is_not_named(page: str) -> None:
    assert list(blocked(page, page_policy({}, ()), "https://kb.example/kb/")) == []


def test_what_was_named_is_silent_once_it_is_added() -> None:
    page = '<script src="https://cdn.stats.example/v2/a.js"></script><script>track()</script>'
    found = list(blocked(page, page_policy({}, ())))
    assert len(found) == 2
    added = read_policy({"script-src": [one.source for one in found]})
    assert added is not None
    assert list(blocked(page, page_policy(added, ()))) == []
    wide = read_policy({"script-src": ["https://*.stats.example/v2/"]})
    assert wide is not None
    assert len(list(blocked(page, page_policy(wide, ())))) == 1


def test_a_warning_names_each_thing_once_with_its_pages_and_what_to_add() -> None:
    blockade = Blockade(page_policy({}, ()))
    for uri in ("a.html", "b.html", "c.html"):
        blockade.look(uri, '<script src="https://stats.example/a.js"></script>')
    blockade.look_at_styles("assets/team.css", "@import url(https://f.example/x.css); p{color:red}")
    added = "add `content_security_policy: {{{}: [{}]}}`, or remove it"
    what = "content_security_policy blocks {} ({})"
    assert blockade.problems() == (
        Problem(
            "mkdocs.yml", 0, what.format("https://f.example/x.css", "assets/team.css"),
            added.format("style-src", "https://f.example"),
        ),
        Problem(
            "mkdocs.yml", 0, what.format("https://stats.example/a.js", "a.html and 2 more"),
            added.format("script-src", "https://stats.example"),
        ),
    )  # fmt: skip


# --- a whole build


def built(folder: Path, policy: str) -> tuple[list[str], Path]:
    """Build a site of two pages whose team counts its readers; return what was blocked of it."""
    folder.mkdir()
    config = hostile_site.write_config(folder, policy=policy)
    text = config.read_text(encoding="utf-8")
    added = "extra_javascript:\n  - https://stats.example/count.js\n"
    config.write_text(text.replace("extra_javascript:\n", added), encoding="utf-8")
    pages = folder / "content" / "pages"
    (pages / "people").mkdir(parents=True)
    for uri in ("index.md", "people/someone.md"):
        (pages / uri).write_text("---\ntitle: Home\n---\n\n# Home\n", encoding="utf-8")
    settings, problems = load_settings(config)
    assert problems == ()
    told = build(config, settings)
    return [str(p) for p in told if "content_security_policy" in str(p)], Path(settings.site)


def test_a_build_names_what_is_blocked_until_it_is_added(tmp_path: Path) -> None:
    (told,), site = built(tmp_path / "without", "true")
    assert "blocks https://stats.example/count.js (404.html and 2 more)" in told
    assert "add `content_security_policy: {script-src: [https://stats.example]}`" in told
    none, site = built(tmp_path / "with", "{script-src: [https://stats.example]}")
    assert none == []
    policies = set()
    for uri in ("index.html", "people/someone.html", "404.html"):
        page = (site / uri).read_text(encoding="utf-8")
        policies |= set(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page))
    (policy,) = policies
    assert "script-src 'self' https://stats.example;" in policy
    none, site = built(tmp_path / "off", "false")
    assert none == []
    assert "Content-Security-Policy" not in (site / "index.html").read_text(encoding="utf-8")
