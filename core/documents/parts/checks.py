"""What a writer of a chapter is told beside the text: what is missing, and what makes it hard to read."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markdown_it.token import Token

from core.documents import markdown
from core.documents.parts import markup

LONG_SENTENCE = 40
EMPTY_WORDS = {"zde", "tady", "klikněte zde", "odkaz", "více", "here", "click here", "link", "more"}


@dataclass(frozen=True)
class Fault:
    """What a text should not have: a sentence, and whether it stands against publishing."""

    sentence: str
    is_grave: bool = False


def faults(text: str, *, known: Collection[str], figures: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with a chapter; `known` are the keys of all places, `figures` of all pictures."""
    last = markup.HIGHEST - 1
    for token in markup.typed(text):
        if token.type == "heading_open":
            level = int(token.tag[1])
            if level > max(last + 1, markup.HIGHEST):
                yield Fault(_("A heading leaves out a level: %(marks)s.") % {"marks": token.markup})
            last = level
        elif token.type == "inline":
            yield from _faults_of(token, known, figures)
    yield from _long_sentences(text)


def _faults_of(inline: Token, known: Collection[str], figures: Collection[str]) -> Iterator[Fault]:
    children = inline.children or []
    for at, child in enumerate(children):
        if child.type == "image":
            yield from _faults_of_figure(
                str(child.attrs.get("src", "")), figures, is_alone=len(children) == 1
            )
        elif child.type == "link_open":
            words = children[at + 1].content.strip() if at + 1 < len(children) else ""
            yield from _faults_of_link(str(child.attrs.get("href", "")), words, known)


def _faults_of_figure(address: str, figures: Collection[str], *, is_alone: bool) -> Iterator[Fault]:
    found = markup.FIGURE.match(address)
    if found is None:
        yield Fault(_("A picture is shown by its key: ![](figure:key)."), is_grave=True)
    elif found[1] not in figures:
        yield Fault(_("There is no figure “%(key)s”.") % {"key": found[1]}, is_grave=True)
    elif not is_alone:
        sentence = _("The figure “%(key)s” has to stand alone in its paragraph.")
        yield Fault(sentence % {"key": found[1]}, is_grave=True)


def _faults_of_link(address: str, words: str, known: Collection[str]) -> Iterator[Fault]:
    if address.startswith("#"):
        if address[1:] not in known:
            yield Fault(_("A reference leads nowhere: %(key)s.") % {"key": address}, is_grave=True)
    elif words.lower() in EMPTY_WORDS:
        yield Fault(_("The words of a link say where it leads, not “%(words)s”.") % {"words": words})


def _long_sentences(text: str) -> Iterator[Fault]:
    found = (part for block in markup.blocks(text) if "<table" not in block for part in _sentences(block))
    for sentence in found:
        count = len(sentence.split())
        if count > LONG_SENTENCE:
            begin = " ".join(sentence.split()[:6])
            yield Fault(_("A sentence of %(count)s words: “%(begin)s …”.") % {"count": count, "begin": begin})


def _sentences(block: str) -> list[str]:
    """Return the sentences of a block, without the marks of its notes; an item of a list is one at least."""
    words = markdown.plain(_MARKS.sub("", block))
    return re.split(r"(?<=[.!?…])\s+|\n+", words)


_MARKS = re.compile(r'<sup class="footnote-mark">.*?</sup>')
