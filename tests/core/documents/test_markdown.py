"""The part of Markdown that editors write in."""

import re

import pytest

from core.documents import markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Jedna **dva** *tři*", "<p>Jedna <strong>dva</strong> <em>tři</em></p>"),
        ("# Nadpis", "<h2>Nadpis</h2>"),
        ("### Menší", "<h3>Menší</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("2. b", '<ol start="2">\n<li>b</li>\n</ol>'),
        ("<b>tučně</b>", "<p>&lt;b&gt;tučně&lt;/b&gt;</p>"),
        ("{{7*7}} {% debug %} ${x} %s%n", "<p>{{7*7}} {% debug %} ${x} %s%n</p>"),
        ("", ""),
    ],
)
def test_a_text_is_rendered(text, html):
    assert markdown.render(text).strip() == html


@pytest.mark.parametrize(
    ("text", "below", "tags"),
    [
        ("# A\n\n### B", 2, ["h3", "h4"]),
        ("### B\n\n# A\n\n### C", 2, ["h3", "h3", "h4"]),
        ("## A", 3, ["h4"]),
        ("## A\n\n### B", 3, ["h4", "h5"]),
    ],
)
def test_a_text_goes_on_below_the_heading_of_its_page(text, below, tags):
    assert re.findall(r"<(h\d)>", markdown.render(text, below=below)) == tags


def test_a_text_is_taken_apart_as_it_is_rendered():
    assert [child.type for child in markdown.tree("# A\n\n- b\n\n<b>", deepest=6).children] == [
        "heading",
        "bullet_list",
        "paragraph",
    ]


def test_what_lies_too_deep_is_taken_apart_without_its_frame():
    found = [node.type for node in markdown.tree("> > > citát", deepest=2).walk()]
    assert (found.count("blockquote"), found.count("text")) == (2, 1)
    stars = markdown.tree("*" * 500 + "a" + "*" * 500, deepest=2).walk()
    assert [node.type for node in stars if node.type in ("strong", "em")] == ["strong", "strong"]


def test_a_link_says_nothing_of_where_it_was_followed():
    html = markdown.render("[zákon](https://example.cz/?a=1&b=2)")
    assert html == '<p><a href="https://example.cz/?a=1&amp;b=2" rel="noopener noreferrer">zákon</a></p>\n'


BAD = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "https:///evil",
    "/\\\\evil.example",
    "ftp://a.example",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("address", BAD)
def test_a_link_that_could_do_harm_is_left_out_and_named(address):
    text = f"[sem]({address})"
    assert "href" not in markdown.render(text)
    assert [markdown.is_safe_link(found) for found in markdown.links_of(text)] == [False]


@pytest.mark.parametrize(
    "address", ["https://a.example/b", "http://a.example", "mailto:a@b.example", "/cs/summaries/"]
)
def test_a_plain_link_is_kept(address):
    assert f'href="{address}"' in markdown.render(f"[sem]({address})")
    assert markdown.is_safe_link(address)


@pytest.mark.parametrize(
    "payload",
    [
        "<script>window.__xss=1</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<math><mi//xlink:href='data:x,<script>'>",
        "<style>*{}</style>",
        "<a href='javascript:x'>y</a>",
        "![x](x onerror=alert(1))",
        "[a](https://x.example 'onmouseover=alert(1)')",
        "`</code><script>x</script>`",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        '[x](https://a.example"onclick="x)',
    ],
)
def test_nothing_that_runs_comes_out(payload):
    html = markdown.render(payload)
    tags = {piece.split(">")[0].split()[0].strip("/") for piece in html.split("<")[1:]}
    assert tags <= markdown.TAGS
    assert not any("=" in tag and "on" in tag for tag in html.split("<") if tag.startswith(("img", "svg")))
    assert 'onclick="' not in html
    assert 'onmouseover="' not in html


def test_what_a_reader_sees_is_told_without_marks():
    html = markdown.render("Nov**ák**a &amp; Nov&aacute;k\n\n- a\n- b")
    assert markdown.plain(html).split() == ["Nováka", "&", "Novák", "a", "b"]
