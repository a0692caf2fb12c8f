"""Published answers that may help somebody who is just writing down a question."""

import re
from collections import Counter

from consultations.models import SummaryEdition
from core import search
from core.search_text import fold

KIND = "summary"
# Shorter words say too little: "jak", "kde", "být".
LONG_WORD = re.compile(r"[^\W\d_]{4,}")
MOST_WORDS = 8
MOST_FOR_WORD = 200
SHOWN = 3


def answers_like(question: str) -> list[SummaryEdition]:
    """Return up to three published answers that share most words with a question, the nearest first.

    Two words in common are asked for, or all of them when there are fewer; the
    number of queries depends on the question only, never on how many answers there are.
    """
    words = list(dict.fromkeys(LONG_WORD.findall(fold(question))))
    found: Counter[int] = Counter()
    for word in words[:MOST_WORDS]:
        found.update(search.ids(word, kind=KIND, scope=search.PUBLIC, limit=MOST_FOR_WORD))
    least = min(2, len(words))
    nearest = [pk for pk, common in found.most_common(SHOWN) if common >= least]
    editions = SummaryEdition.objects.published().for_list().filter(document__in=nearest)
    return sorted(editions, key=lambda edition: nearest.index(edition.document_id))
