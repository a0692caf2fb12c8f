"""What exists already: answers and materials for who is just asking, and for the desk past requests, too."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User
from consultations.choices import State
from consultations.models import Contact, SummaryEdition, SupportRequest
from consultations.requests.queries import rows_of
from core import search
from core.search.text import fold
from core.templatetags.ui import day
from core.views import limits

SUMMARY, MATERIAL, REQUEST = "summary", "material", "request"
# Shorter words say too little: "jak", "kde", "být".
LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# Said in every letter; without diacritics.
POLITE = frozenset((Path(__file__).parent / "data" / "polite_words.txt").read_text().split())
MOST_WORDS = 8
MOST_FOR_WORD = 200
ANSWERS, MATERIALS, REQUESTS, NEIGHBOURS = 3, 2, 5, 3
# Among how many requests that share words those of the same municipality are looked for.
MOST_COMPARED = 50
# Through how many requests of a municipality its last contacts are looked for.
LATELY = 10


@dataclass(frozen=True)
class Offers:
    """What may help somebody who is just writing down a question."""

    answers: list[SummaryEdition]
    materials: list[search.Entry]

    def __bool__(self) -> bool:
        return bool(self.answers or self.materials)


def offers_to(request: HttpRequest, question: str) -> Offers:
    """Return what may help a visitor; nothing for a short question or over the limit."""
    if not _words(question) or not limits.take("offers", request, settings.OFFERS_PER_HOUR):
        return Offers([], [])
    materials = _nearest(question, kind=MATERIAL, most=MATERIALS)
    return Offers(answers_like(question), search.named(MATERIAL, materials, scope=search.PUBLIC))


def answers_like(question: str) -> list[SummaryEdition]:
    """Return up to three published answers that share most words with a question, the nearest first.

    Two words in common are asked for, or all of them when there are fewer; the
    number of queries depends on the question only, never on how many answers there are.
    """
    nearest = _nearest(question, kind=SUMMARY, most=ANSWERS)
    editions = SummaryEdition.objects.published().for_list().filter(document__in=nearest)
    return sorted(editions, key=lambda edition: nearest.index(edition.document_id))


def _nearest(question: str, *, kind: str, most: int) -> list[int]:
    words = _words(question)
    found = _sharing(words, kind=kind, scope=search.PUBLIC)
    return [pk for pk, common in found.most_common(most) if common >= min(2, len(words))]


def _words(text: str) -> list[str]:
    words = dict.fromkeys(word for word in LONG_WORD.findall(fold(text)) if word not in POLITE)
    return list(words)[:MOST_WORDS]


def _sharing(words: list[str], *, kind: str, scope: str) -> Counter[int]:
    """Return how many of the words each thing of a kind holds, as far as the newest for each word go."""
    found: Counter[int] = Counter()
    for word in words:
        found.update(search.ids(word, kind=kind, scope=scope, limit=MOST_FOR_WORD))
    return found


class Alike:
    """What the desk may learn from for one request, in a number of queries that does not grow with it."""

    def __init__(self, case: SupportRequest, *, reader: User | AnonymousUser) -> None:
        self.case = case
        self.visible = SupportRequest.objects.visible_to(reader)

    @cached_property
    def requests(self) -> list[dict[str, Any]]:
        """Other requests with most words in common, those of the same municipality first.

        Two words in common are asked for, or one when the topic is the same.
        """
        shared = _sharing(self._words, kind=REQUEST, scope=search.DESK)
        shared.pop(self.case.pk, None)
        nearest = [pk for pk, _common in shared.most_common(MOST_COMPARED)]
        rows = self.visible.for_list().filter(pk__in=nearest).exclude(state__in=[State.SPAM, State.DUPLICATE])
        least = min(2, len(self._words))
        fitting = [row for row in rows if shared[row.pk] + self._shares(row, "topic_id") >= least]
        fitting.sort(key=lambda row: (not self._shares(row, "municipality_id"), -shared[row.pk], -row.pk))
        return rows_of(fitting[:REQUESTS])

    @cached_property
    def answers(self) -> list[SummaryEdition]:
        """Published answers with words in common, then the newest on the same topic."""
        near = answers_like(self.case.subject)
        on_topic = SummaryEdition.objects.published().for_list().filter(topic=self.case.topic_id)
        known = {edition.pk for edition in near}
        return [*near, *(edition for edition in on_topic[:ANSWERS] if edition.pk not in known)]

    @cached_property
    def neighbours(self) -> list[dict[str, Any]]:
        """The last contacts with the same municipality on other requests."""
        if self.case.municipality_id is None:
            return []
        # By its newest requests, which an index gives: never through all contacts of a city.
        others = self.visible.filter(municipality=self.case.municipality_id).exclude(pk=self.case.pk)
        lately = others.order_by("-pk").values("pk")[:LATELY]
        contacts = Contact.objects.filter(request__in=lately).select_related("request")
        return [
            {
                "url": contact.request.get_desk_url(),
                "subject": contact.request.subject,
                "facts": f"{day(contact.took_place_at)}, {contact.get_channel_display()}",
            }
            for contact in contacts.order_by("-took_place_at")[:NEIGHBOURS]
        ]

    @cached_property
    def _words(self) -> list[str]:
        first = self.case.contacts.order_by("took_place_at", "pk").values_list("text", flat=True).first()
        return _words(f"{self.case.subject} {first or ''}")

    def _shares(self, row: SupportRequest, column: str) -> bool:
        mine = getattr(self.case, column)
        return mine is not None and getattr(row, column) == mine
