"""The smaller part of Markdown that messages to people are written in: bold, lists, links, quotations.

Headings have no place in a message, and a line that ends stays one that ends. What only looks like
Markdown and is a date or an address of the web is taken as what it is.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from core.documents.markdown import RULES, clean
from core.outbox import mail

_PARSER = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    [rule for rule in RULES if rule != "heading"]
)
# At the start of a line "3. prosince" and "3. 12." would begin a numbered list.
_DATE = re.compile(
    r"^(\s*\d{1,2})\.(?=\s*(?:\d{1,2}\.|led|únor|břez|dub|květ|červ|srp|září|říj|listopad|prosin))",
    re.MULTILINE,
)
# An address that nobody has marked as a link; what ends a sentence behind it is no part of it.
_ADDRESS = re.compile(r"(?<![\w(<\[\"/])https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?]")


def as_html(text: str) -> str:
    """Return a message as clean HTML."""
    return clean(_PARSER.render(_marked(text)))


def as_letter(text: str) -> str:
    """Return a message as plain text: no marks, and the address of each link beside its words."""
    return _text(SyntaxTreeNode(_PARSER.parse(_marked(text))))


def quoted(text: str) -> str:
    """Return a text as a quotation."""
    return re.sub(r"^", "> ", text.strip(), flags=re.MULTILINE)


def _marked(text: str) -> str:
    return _ADDRESS.sub(r"<\g<0>>", _DATE.sub(r"\1\\.", text))


def _text(node: SyntaxTreeNode) -> str:
    match node.type:
        case "root":
            return "\n\n".join(_text(child) for child in node.children)
        case "bullet_list" | "ordered_list":
            return "\n".join(_items(node))
        case "list_item":
            return "\n".join(_text(child) for child in node.children)
        case "blockquote":
            return quoted("\n\n".join(_text(child) for child in node.children))
        case "link":
            return _link(node)
        case "softbreak" | "hardbreak":
            return "\n"
        case "text":
            return node.content
    return "".join(_text(child) for child in node.children)


def _items(node: SyntaxTreeNode) -> Iterator[str]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, first):
        mark = f"{number}. " if node.type == "ordered_list" else "- "
        yield mark + _text(item).replace("\n", "\n" + " " * len(mark))


def _link(node: SyntaxTreeNode) -> str:
    words, address = "".join(_text(child) for child in node.children), str(node.attrs["href"])
    if address.startswith("/"):
        address = mail.absolute(address)
    return words if words in (address, address.removeprefix("mailto:")) else f"{words} ({address})"
