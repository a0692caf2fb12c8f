"""Texts of Word, read by mammoth: what a text is, not how it looks."""

import re
from collections.abc import Callable
from typing import Any, BinaryIO

import mammoth
from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdownify import MarkdownConverter

from studies.imports.manuscript import BROKEN, CannotRead, Manuscript, Picture, check_size, manuscript_of

# Names of styles that carry a meaning of their own; headings mammoth knows by itself.
STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
b => strong
i => em
comment-reference =>
"""
PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}
CAPTION = re.compile(r"^\s*(?:Tabulka|Table|Tab\.)\s*[\d.]*\s*[:.–-]?\s*", re.IGNORECASE)
STYLE = re.compile(r"Unrecognised (paragraph|run) style: '?([^'(]+)")


def read(file: BinaryIO) -> Manuscript:
    """Return the text of a DOCX; raises CannotRead."""
    check_size(file, "word/document.xml")
    pictures: list[Picture] = []
    lost: list[str] = []
    try:
        result = mammoth.convert_to_html(
            file, style_map=STYLES, convert_image=mammoth.images.img_element(_keep(pictures, lost))
        )
    except BROKEN as error:
        raise CannotRead(_("The file cannot be read as a text of Word.")) from error
    lost.extend(_losses(result.messages))
    soup = BeautifulSoup(result.value, "lxml")
    title = _take_title(soup)
    return manuscript_of(_markdown(soup), pictures, lost, title=title)


def _keep(pictures: list[Picture], lost: list[str]) -> Callable[[Any], dict[str, str]]:
    def keep(image: Any) -> dict[str, str]:
        if image.content_type not in PICTURES:
            lost.append(
                _("A picture of the kind %(kind)s: draw it anew as PNG.") % {"kind": image.content_type}
            )
            return {"src": ""}
        with image.open() as content:
            key = f"obr-{len(pictures) + 1}"
            alternative = (image.alt_text or "").strip()[:500]
            pictures.append(Picture(key, content.read(), image.content_type, alternative))
        return {"src": f"figure:{key}"}

    return keep


def _losses(messages: list[Any]) -> list[str]:
    """Return what mammoth could not take over, each kind once, in sentences."""
    styles: dict[str, int] = {}
    others: dict[str, int] = {}
    for message in messages:
        if found := STYLE.match(message.message):
            name = found[2].strip()
            styles[name] = styles.get(name, 0) + 1
        else:
            others[message.message] = others.get(message.message, 0) + 1
    told = []
    for name, count in styles.items():
        said = ngettext(
            "The style “%(name)s” (%(count)s time): its text is here, its look is not.",
            "The style “%(name)s” (%(count)s times): its text is here, its look is not.",
            count,
        )
        told.append(said % {"name": name, "count": count})
    return told + list(others)


def _take_title(soup: BeautifulSoup) -> str:
    """Return the title of a text, taken out of it."""
    found = soup.select_one("p.title")
    return " ".join(found.extract().get_text().split()) if found else ""


def markdown_of(html: str) -> str:
    """Return HTML that was pasted from a word processor in the marks of chapters."""
    return _markdown(BeautifulSoup(html, "lxml")).strip()


def _markdown(soup: BeautifulSoup) -> str:
    for junk in soup(["style", "script", "meta", "link", "title", "xml"]):
        junk.decompose()
    _mark_notes(soup)
    for table in soup.find_all("table"):
        _mend_table(table)
    return _Converter(heading_style="ATX", bullets="-", escape_misc=False).convert_soup(soup)


def _mark_notes(soup: BeautifulSoup) -> None:
    """Turn mammoth's notes, links to a list at the end, into marks and notes."""
    for link in soup.select("sup > a[href^='#'][id*='note-ref-']"):
        key = str(link["href"]).rpartition("note-")[2]
        prefix = "e" if "endnote" in str(link["href"]) else ""
        mark = soup.new_tag("kept")
        mark.string = f"[^{prefix}{key}]"
        if link.parent:
            link.parent.replace_with(mark)
    for item in soup.select("ol > li[id*='note-']"):
        for back in item.select("a[href*='note-ref-']"):
            back.decompose()
        key = str(item["id"]).rpartition("note-")[2]
        prefix = "e" if "endnote" in str(item["id"]) else ""
        note = soup.new_tag("note", attrs={"key": f"{prefix}{key}"})
        note.extend(list(item.children))
        parent = item.parent
        if parent:
            parent.insert_before(note)
            item.decompose()
            if not parent.find("li"):
                parent.decompose()


def _mend_table(table: Tag) -> None:
    """Let a table have heads of columns; one of a single cell is a box."""
    rows = table.find_all("tr")
    cells = table.find_all(["td", "th"])
    if len(cells) == 1:
        table.name = "box"
        inner = list(cells[0].children)
        table.clear()
        table.extend(inner)
        return
    if rows and not table.find("th"):
        for cell in rows[0].find_all("td"):
            cell.name = "th"
    above = table.find_previous_sibling()
    if isinstance(above, Tag) and "caption" in (above.get("class") or []):
        above.name = "tablecaption"


class _Converter(MarkdownConverter):
    """Markdown as chapters have it."""

    def convert_kept(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return el.get_text()

    def convert_note(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = " ".join(text.split())
        return f"\n\n[^{el['key']}]: {words}\n\n"

    def convert_box(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n::: box\n{text.strip()}\n:::\n\n"

    def convert_tablecaption(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = CAPTION.sub("", " ".join(text.split()))
        return f"\n\nTabulka: {words}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f" {_in_one_line(text)} |" * max(1, _span(el))

    convert_th = convert_td

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source = str(el.get("src") or "")
        return f"\n\n![]({source})\n\n" if source.startswith("figure:") else ""

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        # A bookmark inside of the document leads nowhere here.
        if not str(el.get("href") or "").startswith(("http://", "https://", "mailto:")):
            return text
        said: str = super().convert_a(el, text, parent_tags)  # type: ignore[misc]
        return said


def _span(cell: Tag) -> int:
    found = str(cell.get("colspan") or "1")
    return min(int(found), 50) if found.isdigit() else 1


def _in_one_line(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
