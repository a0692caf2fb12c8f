"""What chapters are written in: the house's Markdown, and tables, footnotes, boxes, checklists, figures.

    Tabulka: Who gets what {#who}          a caption, right above its table
    ![](figure:plan)                        a figure of the edition, by its key, alone in its line
    [](#who)                                a reference to a table, a figure or a heading: its words follow
    ## Heading {#why}                       a heading that references may lead to
    ::: box Title … :::                     a box
    - [ ] one step                          an item of a checklist
    a word[^1] … [^1]: its note             a footnote

A chapter is rendered once, when it is saved, and its outline is kept beside it. What depends on the other
chapters (numbers of tables and figures, words of references) is filled in by core.documents.parts.numbering.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from core.documents import markdown

# A caption above a table; the key of what it names, at the end of a line.
CAPTION = re.compile(r"^(?:Tabulka|Table):\s*(.+)$", re.IGNORECASE)
KEY = re.compile(r"\s*\{#([a-z0-9][a-z0-9-]{0,39})\}\s*$")
FIGURE = re.compile(r"^figure:([a-z0-9][a-z0-9-]{0,39})$")
TICK = re.compile(r"^\[[ xX]?\]\s+")
# Levels of headings in a chapter, whose own name is an h1.
HIGHEST, DEEPEST = 2, 4

TAGS = markdown.TAGS | {
    "h2", "h3", "h4", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "sup", "div",
}  # fmt: skip
CLASSES = {
    "div": {"box", "footnotes", "table-responsive"},
    "p": {"box-title"},
    "ul": {"checklist"},
    "sup": {"footnote-mark"},
}
ATTRIBUTES = {
    "a": {"href", "id", "role", "data-ref"},
    "ol": {"start"},
    "th": {"scope"},
    "figure": {"data-figure", "id"},
    "table": {"id"},
    "caption": {"data-table", "id"},
    "div": {"tabindex", "role", "aria-labelledby"},
    "li": {"id"},
    **{f"h{level}": {"id"} for level in range(HIGHEST, DEEPEST + 1)},
}


@dataclass(frozen=True)
class Place:
    """One thing of a chapter that a reference may lead to: a heading, a table or a figure."""

    kind: str
    key: str
    words: str = ""
    level: int = 0


@dataclass
class Outline:
    """What a chapter holds, in its order, and what it refers to."""

    places: list[Place] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Outline":
        """Return what as_json() gave; nothing for a chapter that was never saved."""
        places = [Place(**place) for place in stored.get("places", ())]
        return cls(places, list(stored.get("references", ())))


class _Parser(MarkdownIt):
    """The parser of chapters; addresses of figures are let through to be looked at here."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return bool(FIGURE.match(url)) or url.startswith("#") or super().validateLink(url)


@cache
def _parser() -> MarkdownIt:
    rules = [*markdown.RULES, "table", "image"]
    parser = _Parser("zero", {"html": False}).enable(rules)
    parser.use(footnote_plugin, inline=False)
    parser.use(container_plugin, "box")
    rules_of: dict[str, Any] = {
        "footnote_ref": _footnote_mark,
        "footnote_block_open": lambda *_given: '<div class="footnotes" role="doc-endnotes"><ol>\n',
        "footnote_block_close": lambda *_given: "</ol></div>\n",
        "footnote_open": _footnote_open,
        "footnote_close": lambda *_given: "</li>\n",
        "footnote_anchor": _footnote_back,
        "container_box_open": _box_open,
        "table_open": _table_open,
        "table_close": lambda *_given: "</table></div>\n",
        "th_open": lambda *_given: '<th scope="col">',
        "td_open": lambda *_given: "<td>",
        "image": _figure,
        "link_open": _link_open,
    }
    for name, rule in rules_of.items():
        parser.add_render_rule(name, rule)
    return parser


def _note(tokens: Sequence[Token], at: int, env: Mapping[str, Any]) -> tuple[str, str]:
    """Return the ids of a footnote, and of the place in the text that it belongs to."""
    meta = tokens[at].meta
    number, again = meta["id"] + 1, meta.get("subId", 0)
    prefix = env.get("prefix", "")
    return f"{prefix}note-{number}", f"{prefix}mark-{number}" + (f"-{again}" if again else "")


def _footnote_mark(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    note, mark = _note(tokens, at, env)
    number = tokens[at].meta["id"] + 1
    return f'<sup class="footnote-mark"><a href="#{note}" id="{mark}" role="doc-noteref">{number}</a></sup>'


def _footnote_open(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    return f'<li id="{_note(tokens, at, env)[0]}">'


def _footnote_back(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    return f' <a href="#{_note(tokens, at, env)[1]}" role="doc-backlink">↩</a>'


def _box_open(_self: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    title = tokens[at].info.strip().removeprefix("box").strip()
    said = f'<p class="box-title">{escape(title)}</p>\n' if title else ""
    return f'<div class="box">\n{said}'


def _table_open(_self: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    caption, key = tokens[at].meta.get("caption", ""), tokens[at].meta["key"]
    said = f'<caption data-table="{key}" id="caption-{key}">{escape(caption)}</caption>'
    # A wide table is scrolled by keys, too.
    frame = f'<div class="table-responsive" tabindex="0" role="region" aria-labelledby="caption-{key}">'
    return f'{frame}<table id="table-{key}">{said}\n'


def _figure(_self: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    found = FIGURE.match(str(tokens[at].attrs.get("src", "")))
    return f'<figure data-figure="{found[1]}" id="figure-{found[1]}"></figure>' if found else ""


def _link_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    href = str(tokens[at].attrs.get("href", ""))
    if href.startswith("#"):
        return f'<a data-ref="{escape(href[1:])}" href="{escape(href)}">'
    return self.renderToken(tokens, at, options, env)


def typed(text: str) -> list[Token]:
    """Return the text taken apart as it was typed, before anything is mended in it."""
    return _parser().parse(text, {})


def _tokens(text: str, env: dict[str, Any] | None = None) -> list[Token]:
    """Return the text taken apart: headings with their keys, tables with captions, checklists told apart."""
    tokens = _parser().parse(text, {} if env is None else env)
    return _unwrapped(_captioned(_ticked(_headed(tokens))))


def _headed(tokens: list[Token]) -> list[Token]:
    """Give each heading its level and its key; two of the same words get keys of their own."""
    taken: set[str] = set()
    last = HIGHEST - 1
    for opened, inline, closed in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opened.type != "heading_open":
            continue
        key = _take_key(inline)
        base = key or slugify(_words(inline))[:40].strip("-") or "part"
        numbered = (f"{base}-{number}" if number > 1 else base for number in range(1, len(tokens) + 2))
        key = next(one for one in numbered if one not in taken)
        taken.add(key)
        level = min(int(opened.tag[1]), DEEPEST)
        last = min(max(level, HIGHEST), last + 1)
        opened.tag = closed.tag = f"h{last}"
        opened.attrs["id"] = key
    return tokens


def _take_key(inline: Token) -> str:
    """Return the key at the end of a line, and take it out of the words; "" where there is none."""
    last = next((one for one in reversed(inline.children or []) if one.type == "text"), None)
    found = KEY.search(last.content) if last else None
    if last is None or found is None:
        return ""
    last.content = last.content[: found.start()]
    return found[1]


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "text_special"))


def _ticked(tokens: list[Token]) -> list[Token]:
    """Mark the lists whose items all begin with [ ], and take these signs away."""
    lists: list[tuple[Token, list[Token]]] = []
    for at, token in enumerate(tokens):
        if token.type == "bullet_list_open":
            lists.append((token, []))
        elif token.type == "list_item_open" and lists and tokens[at + 2].type == "inline":
            lists[-1][1].append(tokens[at + 2])
        elif token.type == "bullet_list_close":
            opened, items = lists.pop()
            if items and all(TICK.match(item.content) for item in items):
                opened.attrs["class"] = "checklist"
                for item in items:
                    first = (item.children or [])[0]
                    first.content = TICK.sub("", first.content)
    return tokens


def _captioned(tokens: list[Token]) -> list[Token]:
    """Give each table the caption that stands above it, and a key."""
    found: list[Token] = []
    number = 0
    for token in tokens:
        if token.type == "table_open":
            number += 1
            token.meta = {"key": f"t{number}", "caption": ""}
            above = found[-3:]
            if [one.type for one in above] == ["paragraph_open", "inline", "paragraph_close"]:
                inline = above[1]
                if CAPTION.match(inline.content):
                    del found[-3:]
                    token.meta["key"] = _take_key(inline) or token.meta["key"]
                    token.meta["caption"] = _caption_of(inline)
        found.append(token)
    return found


def _caption_of(inline: Token) -> str:
    matched = CAPTION.match(_words(inline).strip())
    return matched[1].strip() if matched else ""


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Take figures out of the paragraphs in which they stand alone: a paragraph holds no figure."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].type == "paragraph_open" and _is_figure(tokens[at + 1]):
            found.append(tokens[at + 1])
            at += 3
        else:
            found.append(tokens[at])
            at += 1
    return found


def _is_figure(inline: Token) -> bool:
    children = inline.children or []
    return len(children) == 1 and children[0].type == "image"


def render(text: str, *, prefix: str = "") -> str:
    """Return a chapter as clean HTML; what depends on other chapters is left to fill in by `shown`.

    Ids of its footnotes begin with `prefix`, so that chapters can stand on one page.
    """
    env: dict[str, Any] = {"prefix": prefix}
    parser = _parser()
    return _clean(parser.renderer.render(_tokens(text, env), parser.options, env))


def blocks(text: str, *, prefix: str = "") -> list[str]:
    """Return the same block by block: paragraphs, headings, whole lists, tables, boxes; notes come last."""
    env: dict[str, Any] = {"prefix": prefix}
    parser = _parser()
    found: list[str] = []
    block: list[Token] = []
    for token in _tokens(text, env):
        block.append(token)
        # Notes, which stand last, have no levels.
        is_in_notes = block[0].type == "footnote_block_open" and token.type != "footnote_block_close"
        if token.level == 0 and token.nesting <= 0 and not is_in_notes:
            found.append(_clean(parser.renderer.render(block, parser.options, env)))
            block = []
    return found


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_keep,
        allowed_classes=CLASSES,
        url_schemes=markdown.SCHEMES,
    )


def _keep(tag: str, name: str, value: str) -> str | None:
    is_fine = name != "href" or value.startswith("#") or markdown.is_safe_link(value)
    return value if is_fine else None


def outline(text: str) -> Outline:
    """Return what a chapter holds, in its order, and the keys that it refers to."""
    found = Outline()
    tokens = _tokens(text)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            level = int(token.tag[1])
            found.places.append(
                Place("heading", str(token.attrs["id"]), _words(tokens[at + 1]).strip(), level)
            )
        elif token.type == "table_open":
            found.places.append(Place("table", token.meta["key"], token.meta["caption"]))
        for child in token.children or []:
            if child.type == "image" and (figure := FIGURE.match(str(child.attrs.get("src", "")))):
                found.places.append(Place("figure", figure[1]))
            elif child.type == "link_open" and str(child.attrs.get("href", "")).startswith("#"):
                found.references.append(str(child.attrs["href"])[1:])
    return found


def tree(text: str, *, deepest: int) -> SyntaxTreeNode:
    """Return a chapter taken apart as render() reads it, for what is no page of HTML; see markdown.tree()."""
    return markdown.shallow_tree(_tokens(text), deepest)
