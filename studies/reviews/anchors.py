"""How a passage is found again in a text that has changed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from core.documents import markdown
from core.documents.parts import markup

# So much is kept of what stands before and behind a quote.
AROUND = 80
# So much of a quote with what stands around it has to be found, where its paragraph has changed.
ENOUGH = 16
# As alike are two paragraphs of which one became the other.
ALIKE = 0.6


@dataclass(frozen=True)
class Anchor:
    """A passage as it was: its place in the chapter, all its words, and those that were chosen of them."""

    block: int
    passage: str
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Found:
    """Where a passage stands now, and whether its words are the same."""

    chapter: int
    block: int
    is_same: bool


def in_line(text: str) -> str:
    """Return words with one space between them."""
    return " ".join(text.split())


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[str, ...]:
    """Return what each block of a chapter's text says, in its order."""
    return tuple(in_line(markdown.plain(html)) for html in markup.blocks(text))


def anchor_of(passages: Sequence[str], block: int, *, quote: str = "", prefix: str = "") -> Anchor | None:
    """Return the anchor of words chosen in a block; None where there is no such block.

    Words that do not stand in it mean all of it. Of the same words twice, `prefix` tells which are meant.
    """
    if not 0 <= block < len(passages):
        return None
    words, quote = passages[block], in_line(quote)
    places = [found.start() for found in re.finditer(re.escape(quote), words)] if quote else []
    if not places or quote == words:
        return Anchor(block, words)
    before = in_line(prefix)
    at = max(places, key=lambda place: _common_end(words[:place].rstrip(), before))
    end = at + len(quote)
    return Anchor(block, words, quote, words[max(0, at - AROUND) : at], words[end : end + AROUND])


def find(anchor: Anchor, chapter: int | None, texts: Mapping[int, Sequence[str]]) -> Found | None:
    """Return where a passage stands now; `texts` are the words of each block, by chapter. None: it is gone.

    The same paragraph counts first, then the chosen words with what stands around them, then the paragraph
    of the same chapter that is most alike.
    """
    own = [chapter] if chapter is not None and chapter in texts else []
    order = [*own, *(pk for pk in texts if pk != chapter)]
    for pk in order:
        is_own = pk == chapter
        same = [at for at, words in enumerate(texts[pk]) if words == anchor.passage]
        if same and (is_own or len(anchor.passage) >= ENOUGH):
            return Found(pk, _nearest(same, anchor.block), is_same=True)
    return _by_quote(anchor, order, texts) or _most_alike(anchor, own, texts)


def _by_quote(anchor: Anchor, order: Iterable[int], texts: Mapping[int, Sequence[str]]) -> Found | None:
    if not anchor.quote:
        return None
    best: tuple[int, Found] | None = None
    for pk in order:
        for at, words in enumerate(texts[pk]):
            score = _score(anchor, words)
            if score >= ENOUGH and (best is None or score > best[0]):
                best = (score, Found(pk, at, is_same=False))
    return best[1] if best else None


def _score(anchor: Anchor, words: str) -> int:
    """Return how much of a quote and its surroundings stands in a block; 0 without the quote."""
    scores = [0]
    for found in re.finditer(re.escape(anchor.quote), words):
        before = _common_end(words[: found.start()], anchor.prefix)
        behind = _common_end(words[found.end() :][:AROUND][::-1], anchor.suffix[::-1])
        scores.append(len(anchor.quote) + before + behind)
    return max(scores)


def _common_end(one: str, other: str) -> int:
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count


def _most_alike(anchor: Anchor, own: Iterable[int], texts: Mapping[int, Sequence[str]]) -> Found | None:
    best: tuple[float, Found] | None = None
    for pk in own:
        matcher = SequenceMatcher(b=anchor.passage, autojunk=False)
        for at, words in enumerate(texts[pk]):
            matcher.set_seq1(words)
            if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
                continue
            ratio = matcher.ratio()
            if ratio >= ALIKE and (best is None or ratio > best[0]):
                best = (ratio, Found(pk, at, is_same=False))
    return best[1] if best else None


def _nearest(places: Sequence[int], block: int) -> int:
    return min(places, key=lambda at: abs(at - block))
