"""Markdown as the data of a PDF: nested nodes of a kind each, which house.typ shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from core.documents import markdown
from core.documents.parts import markup
from core.documents.parts.numbering import Label, exactly
from core.documents.pdf.setting import says_something, text_of
from core.outbox import mail

Node = dict[str, Any]
# Typst refuses longer addresses, and what lies deeper within itself than a reader could follow.
LONGEST_ADDRESS, DEEPEST = 8000, 6
_KINDS = {
    "paragraph": "paragraph", "strong": "strong", "em": "em", "blockquote": "quote", "list_item": "item",
    "bullet_list": "bullets", "hardbreak": "break", "container_box": "box",
}  # fmt: skip


@dataclass
class Around:
    """What a text refers to: its notes, and pictures, numbers and words of references of its edition."""

    url: str = ""
    notes: dict[int, list[Node]] = field(default_factory=dict)
    pictures: Mapping[str, Node] = field(default_factory=dict)
    known: Mapping[str, Label] = field(default_factory=dict)

    def number_of(self, kind: str, key: str) -> str:
        """Return how a table or a figure is called."""
        label = self.known.get(exactly(kind, self.url, key))
        return label.words if label else ""


def nodes(text: str, *, below: int = 1) -> list[Node]:
    """Return Markdown of the smaller kind.

    Headings go one deeper at a time, `below` a heading of that level, as a screen reader expects; a heading
    that says nothing is none.
    """
    return _levelled(_inside(markdown.tree(text, deepest=DEEPEST), Around()), below)


def chapter_nodes(text: str, around: Around) -> list[Node]:
    """Return the text of a chapter, below a heading of the first level; what it refers to is `around` it."""
    tree = markup.tree(text, deepest=DEEPEST)
    for child in tree.children:
        if child.type == "footnote_block":
            around.notes |= {note.meta["id"]: _words_of(note, around) for note in child.children}
    body = [child for child in tree.children if child.type != "footnote_block"]
    return _levelled(_some(body, around), 1)


def _words_of(note: SyntaxTreeNode, around: Around) -> list[Node]:
    """Return what a note says, in one run: a footnote of a page is no place for paragraphs."""
    found: list[Node] = []
    for paragraph in _inside(note, around):
        found += [*([{"kind": "text", "text": " "}] if found else []), *paragraph.get("inner", [])]
    return found


def _levelled(found: list[Node], below: int) -> list[Node]:
    headings = list(_headings(found))
    levels = markdown.deeper([node["level"] for node in headings], below=below)
    for node, level in zip(headings, levels, strict=True):
        node["level"] = level
    return found


def _headings(found: list[Node]) -> Iterator[Node]:
    """Yield the headings among some nodes and inside of them, in the order of reading."""
    for node in found:
        if node["kind"] == "heading":
            yield node
        else:
            yield from _headings(node.get("inner", []))


def _inside(node: SyntaxTreeNode, around: Around) -> list[Node]:
    return _some(node.children, around)


def _some(children: list[SyntaxTreeNode], around: Around) -> list[Node]:
    found = [_node(child, around) for child in children]
    return [one for one in found if one["kind"] != "heading" or says_something(text_of(one))]


def _node(node: SyntaxTreeNode, around: Around) -> Node:
    """Return one node with all inside of it; whatever is not known is what stands in it."""
    match node.type:
        case "text" | "text_special":
            return {"kind": "text", "text": node.content}
        case "softbreak":
            return {"kind": "text", "text": " "}
        case "table":
            return _table(node, around)
        case "footnote_ref":
            return {"kind": "note", "inner": around.notes.get(node.meta["id"], [])}
        case "footnote_anchor":
            return {"kind": "text", "text": ""}
        case "image":
            return _figure(node, around)
    inner = _inside(node, around)
    match node.type:
        case "heading":
            return {"kind": "heading", "level": _level(node.tag), "inner": inner}
        case "ordered_list":
            return {"kind": "numbers", "start": int(node.attrs.get("start", 1)), "inner": inner}
        case "bullet_list" if node.attrs.get("class") == "checklist":
            return {"kind": "checklist", "inner": inner}
        case "link":
            return _link(str(node.attrs["href"]), inner, around)
        case "container_box":
            return {"kind": "box", "title": node.info.strip().removeprefix("box").strip(), "inner": inner}
    return {"kind": _KINDS.get(node.type, "item"), "inner": inner}


def _level(tag: str) -> int:
    return min(max(int(tag[1]), 2), 4)


def _table(node: SyntaxTreeNode, around: Around) -> Node:
    rows = [row for part in node.children for row in part.children]
    cells = [[{"kind": "item", "inner": _inside(cell, around)} for cell in row.children] for row in rows]
    return {
        "kind": "table",
        "number": around.number_of("table", node.meta["key"]),
        "caption": node.meta["caption"],
        "columns": len(cells[0]),
        "head": cells[0],
        "rows": [cell for row in cells[1:] for cell in row],
    }


def _figure(node: SyntaxTreeNode, around: Around) -> Node:
    found = markup.FIGURE.match(str(node.attrs.get("src", "")))
    shown = around.pictures.get(found[1]) if found else None
    if found is None or shown is None:
        return {"kind": "text", "text": ""}
    return {"kind": "figure", "number": around.number_of("figure", found[1]), **shown}


def _link(address: str, inner: list[Node], around: Around) -> Node:
    if address.startswith("#"):
        label = around.known.get(address[1:])
        return {"kind": "item", "inner": inner or [{"kind": "text", "text": label.words if label else ""}]}
    whole = mail.absolute(address) if address.startswith("/") else address
    if not markdown.is_safe_link(address) or len(whole.encode()) > LONGEST_ADDRESS:
        return {"kind": "item", "inner": inner}
    return {"kind": "link", "url": whole, "inner": inner}
