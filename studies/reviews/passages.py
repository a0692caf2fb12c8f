"""A chapter passage by passage, as experts and the desk read it, with the remarks on each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from core.documents.parts import markup, numbering
from core.documents.parts.numbering import Picture
from studies.models import Chapter, MaterialEdition, MaterialFigure, Remark
from studies.reviews.anchors import Anchor, Found, find, words_of


@dataclass
class Passage:
    """One block of a chapter: its number, how it is read, its words, and the remarks on it."""

    number: int
    html: SafeString
    words: str
    remarks: list["Located"] = field(default_factory=list)


@dataclass(frozen=True)
class Located:
    """A remark, and where its passage stands now: None where it is gone."""

    remark: Remark
    place: Found | None

    @property
    def has_changed(self) -> bool:
        return self.place is not None and not self.place.is_same


def passages_of(
    chapter: Chapter,
    *,
    url_of: Callable[[Chapter], str],
    picture_url: Callable[[MaterialFigure], str],
) -> list[Passage]:
    """Return a chapter as it is read; `url_of` tells where each chapter of its edition is."""
    edition: MaterialEdition = chapter.edition
    outlines = edition.chapters.only("pk", "slug", "outline", "position", "edition_id")
    known = numbering.labels([(url_of(row), markup.Outline.of(row.outline)) for row in outlines])
    pictures = {
        row.key: Picture(picture_url(row), row.alternative, row.caption, row.source)
        for row in edition.figures.all()
    }
    url = url_of(chapter)
    blocks = markup.blocks(chapter.text, prefix=f"{chapter.slug}-")
    pairs = zip(blocks, words_of(chapter.text), strict=True)
    return [
        Passage(number, numbering.shown(html, url=url, known=known, pictures=pictures), words)
        for number, (html, words) in enumerate(pairs)
    ]


def located(remarks: Iterable[Remark], chapters: Iterable[Chapter]) -> list[Located]:
    """Return remarks with where their passages stand in the chapters as they are today."""
    texts: Mapping[int, Sequence[str]] = {row.pk: words_of(row.text) for row in chapters}
    return [Located(remark, find(_anchor(remark), remark.chapter_id, texts)) for remark in remarks]


def _anchor(remark: Remark) -> Anchor:
    return Anchor(remark.block, remark.passage, remark.quote, remark.prefix, remark.suffix)


def with_remarks(chapter: Chapter, passages: Sequence[Passage], rows: Iterable[Located]) -> None:
    """Put remarks beside the passages of a chapter that they are on."""
    for row in rows:
        if row.place and row.place.chapter == chapter.pk:
            passages[row.place.block].remarks.append(row)
