"""What can be put into an answer: prepared answers with their places filled in, published summaries,
and what another municipality has answered, with the credit that it is due.

A place is a name in braces from one literal table. Nothing that somebody typed
is ever run as a template: a name that the table does not hold stays as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from consultations.models import PeerQuestion, PreparedAnswer, SummaryEdition, SupportRequest
from core.outbox import mail
from core.templatetags.ui import day

PLACE = re.compile(r"\{(\w+)\}")
MOST_OFFERED = 20

# The names that may stand in braces, and what is put in their place.
VARIABLES = {
    "salutation": gettext_lazy("how the requester is addressed, or a neutral greeting"),
    "reference": gettext_lazy("the number of the request"),
    "link": gettext_lazy("the requester's private page"),
    "topic": gettext_lazy("the topic"),
    "municipality": gettext_lazy("the municipality"),
    "due": gettext_lazy("the day by which we answer"),
    "consultant": gettext_lazy("your name"),
}


@dataclass(frozen=True)
class Insertion:
    """A text that can be put into an answer. `language` is its own where it is not the request's."""

    pk: int
    title: str
    text: str
    topic: str = ""
    language: str = ""


def unknown_in(text: str) -> list[str]:
    """Return the names in braces that nobody knows how to fill, each once, in their order."""
    return [name for name in dict.fromkeys(PLACE.findall(text)) if name not in VARIABLES]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its places filled in, in one pass: what is put in is not looked at again."""
    return PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def values_for(case: SupportRequest, *, by: User) -> dict[str, str]:
    """Return what the places hold for one request, in the language of its requester."""
    with translation.override(case.language):
        return {
            # What is known of it is Czech.
            "salutation": (case.requester.salutation if case.language == "cs" else "") or _("Hello"),
            "reference": case.reference,
            "link": mail.absolute(case.get_my_url() if case.is_official else case.get_link()),
            "topic": case.topic.name if case.topic else "",
            "municipality": case.municipality.name if case.municipality else "",
            "due": day(case.due_on) if case.due_on else "",
            "consultant": by.name,
        }


def example_values(language: str) -> dict[str, str]:
    """Return made-up values, to show how a prepared answer will read."""
    with translation.override(language):
        return {
            "salutation": "Vážená paní Nováková" if language == "cs" else _("Hello"),
            "reference": "SH-2026-000001",
            "link": mail.absolute("/…"),
            "topic": capfirst(_("prevention of housing loss")),
            "municipality": "Veselíčko",
            "due": _("3 December 2026"),
            "consultant": "Karla Konzultantka",
        }


def prepared_for(case: SupportRequest, prepared: PreparedAnswer, values: Mapping[str, str]) -> Insertion:
    """Return a prepared answer filled in for a request, in its language where there is such a text."""
    text = prepared.text_in(case.language)
    return Insertion(
        prepared.pk,
        prepared.title,
        fill(text or prepared.text_cs, values),
        str(prepared.topic or ""),
        "" if text else "cs",
    )


def summary_for(case: SupportRequest, edition: SummaryEdition) -> Insertion:
    """Return a published summary as a few lines: question, short answer, address and how fresh it is."""
    with translation.override(edition.shown_in(case.language)):
        title, lead = edition.question, edition.short_answer
    with translation.override(case.language):
        address = mail.absolute(edition.document.get_absolute_url())
        fresh = _("As of %(day)s.") % {"day": day(edition.valid_as_of)}
    return Insertion(edition.document_id, title, "\n".join([title, lead, address, fresh]))


def peer_for(case: SupportRequest, question: PeerQuestion) -> Insertion:
    """Return what a municipality has answered, with a line in the request's language that says who helped."""
    name = question.municipality.name
    with translation.override(case.language):
        credit = _("With the help of the municipality of %(name)s.") % {"name": name}
    return Insertion(question.pk, name, f"{question.answer}\n\n{credit}")
