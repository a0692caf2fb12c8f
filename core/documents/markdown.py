"""The part of Markdown that editors write in: paragraphs, emphasis, lists, two levels of headings, links.

A text is rendered once, when it is saved, and kept as HTML beside it. HTML in
the text is shown as it was typed. What comes out of the renderer is cleaned by
a second, independent program before it is kept.
"""

import re
from collections.abc import Iterable
from html import unescape

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "h4", "h5", "blockquote", "a"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
# Whole addresses of the web and of mail, and pages of this portal; nothing else may be linked.
SAFE_LINK = re.compile(r"(?:https?://[^/\\]|mailto:[^/\\]|/(?!/|\\|%5c|%2f))", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(?:p|li|h[2-5]|blockquote)>|<br>")

# The page has its own h1, and three levels are enough for an answer.
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}


RULES = [
    "paragraph", "heading", "list", "blockquote", "emphasis", "link", "autolink", "newline", "escape",
    "entity",
]  # fmt: skip


class _Unguarded(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


_PARSER = MarkdownIt("zero", {"html": False}).enable(RULES)
_UNGUARDED = _Unguarded("zero", {"html": False}).enable(RULES)


def render(text: str, *, below: int = 0) -> str:
    """Return the text as clean HTML.

    What stands `below` a heading of that level of its page goes on from there, one level deeper at a time.
    """
    tokens = _PARSER.parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    for token in headings:
        token.tag = _HEADINGS[token.tag]
    # Each heading is two tokens.
    levels = deeper([int(token.tag[1]) for token in headings[::2]], below=below) if below else []
    for level, opened, closed in zip(levels, headings[::2], headings[1::2], strict=bool(below)):
        opened.tag = closed.tag = f"h{level}"
    return clean(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def deeper(levels: Iterable[int], *, below: int) -> list[int]:
    """Return the levels of headings, 2 and 3, as they go on below a level, none left out."""
    found, last = [], below
    for level in levels:
        last = min(below + level - 1, last + 1)
        found.append(last)
    return found


_FRAMES = re.compile(r"(?:blockquote|bullet_list|ordered_list|em|strong|container_box)_(?:open|close)")


def tree(text: str, *, deepest: int) -> SyntaxTreeNode:
    """Return the text taken apart as render() reads it, for what is no page of HTML.

    Quotes, lists and emphasis that lie more than so deep in each other are left out, what they hold is not.
    """
    return shallow_tree(_PARSER.parse(text), deepest)


def shallow_tree(tokens: list[Token], deepest: int) -> SyntaxTreeNode:
    """Return tokens as a tree, without frames that lie deeper."""
    for token in tokens:
        if token.children:
            token.children = _shallow(token.children, deepest)
    return SyntaxTreeNode(_shallow(tokens, deepest))


def _shallow(tokens: list[Token], deepest: int) -> list[Token]:
    depth, kept = 0, []
    for token in tokens:
        is_frame = bool(_FRAMES.fullmatch(token.type))
        depth += min(token.nesting, 0) * is_frame
        if not is_frame or depth < deepest:
            kept.append(token)
        depth += max(token.nesting, 0) * is_frame
    return kept


def clean(html: str) -> str:
    """Return rendered HTML with nothing in it but what a text may hold."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_keep, url_schemes=SCHEMES)


def _keep(tag: str, name: str, value: str) -> str | None:
    return None if name == "href" and not is_safe_link(value) else value


def is_safe_link(address: str) -> bool:
    """Tell whether a text may link to an address."""
    return address.isprintable() and bool(SAFE_LINK.match(address))


def links_of(text: str) -> list[str]:
    """Return the addresses that a text links to, also those that render() would leave out."""
    inline = (child for token in _UNGUARDED.parse(text) for child in token.children or ())
    return [str(child.attrs["href"]) for child in inline if child.type == "link_open"]


def check_links(text: str) -> None:
    """Raise ValidationError for a link that could run something or lead astray."""
    bad = [address for address in links_of(text) if not is_safe_link(address)]
    if bad:
        raise ValidationError(
            _("A link has to begin with https://. Mend this one: %(address)s"),
            params={"address": bad[0][:80]},
        )


def plain(html: str) -> str:
    """Return what a reader sees of rendered HTML, one line a block, without marks."""
    return unescape(nh3.clean(_BLOCK_END.sub("\n", html), tags=set())).strip()


def all_words(text: str) -> str:
    """Return all that a text says: what is read of it (Nov**ák** is Novák), and the addresses it links to."""
    return "\n".join([plain(render(text)), *links_of(text)])
