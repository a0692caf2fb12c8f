"""What is done with summaries: begun, written, checked, published by a second person, withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.choices import State as RequestState
from consultations.models import (
    Feedback,
    LegalProvision,
    Summary,
    SummaryAudience,
    SummaryEdition,
    SummaryOrigin,
    SupportRequest,
    Topic,
)
from consultations.requests import emails
from consultations.requests.known_people import finds_in_summary, known_of, known_of_document, texts_of
from consultations.summaries import exchange
from core import audit
from core.detector import justifications
from core.detector.finds import Find, find, find_people_of
from core.documents import markdown, publishing
from core.states import Conflict, Refused, check_seen, refuse_for
from municipalities.exchange.actions.posts import link_summary
from municipalities.models import ExchangeQuestion, Region


@dataclass(frozen=True)
class SummaryText:
    """Everything that an editor writes: one small value that both forms return. English is whole or empty."""

    question_cs: str
    short_answer_cs: str
    topic: Topic
    certainty: str
    answered_by: str
    valid_as_of: date
    answer_cs: str = ""
    question_en: str = ""
    short_answer_en: str = ""
    answer_en: str = ""
    change_note_cs: str = ""
    change_note_en: str = ""
    other_topics: tuple[Topic, ...] = ()
    audiences: tuple[str, ...] = ()
    size: str = ""
    region: Region | None = None
    provisions: tuple[tuple[str, date], ...] = ()
    review_on: date | None = None


# Words that stand in columns of the edition; the rest stands beside it.
_COLUMNS = (
    "question_cs",
    "question_en",
    "short_answer_cs",
    "short_answer_en",
    "answer_cs",
    "answer_en",
    "change_note_cs",
    "change_note_en",
    "topic",
    "size",
    "region",
    "certainty",
    "answered_by",
    "valid_as_of",
    "review_on",
)


# Starting and writing --------------------------------------------------------


def reasons_against_source(request: SupportRequest) -> list[str]:
    """Return why no summary can come from a request; empty when one can."""
    reasons = []
    if request.answered_at is None or request.state not in (RequestState.ANSWERED, RequestState.CLOSED):
        reasons.append(_("The request has not been answered yet."))
    if not request.consent_publish:
        reasons.append(_("The requester did not agree that a summary without names may be published."))
    if request.deletion_requested_at is not None:
        reasons.append(_("The requester asks for deletion of the request."))
    return reasons


@transaction.atomic
def start_summary(
    requests: Iterable[SupportRequest],
    *,
    text: SummaryText,
    by: Any,
    exchange_question: ExchangeQuestion | None = None,
) -> SummaryEdition:
    """Begin a summary from answered requests or from a question in the exchange; return its first draft.

    Raises Refused with the reasons against any of these sources, or when the question has a summary.
    """
    rows = list(requests)
    reasons = [reason for row in rows for reason in reasons_against_source(row)]
    if exchange_question:
        reasons += exchange.reasons_against_source(exchange_question)
    elif not rows:
        reasons.append(_("A summary begins from an answered request."))
    if reasons:
        raise Refused(list(dict.fromkeys(reasons)))
    is_demo = all(row.is_demo for row in rows) if rows else exchange_question.author.is_demo
    number = exchange_question.pk if exchange_question else None
    summary = Summary.objects.create(created_by=by, is_demo=is_demo, exchange_question_id=number)
    if exchange_question:
        link_summary(exchange_question, summary_id=summary.pk, by=by)
    SummaryOrigin.objects.bulk_create(SummaryOrigin(summary=summary, request=row) for row in rows)
    edition = SummaryEdition(document=summary, number=1, author=by, saved_at=timezone.now(), saved_by=by)
    _set_columns(edition, text)
    edition.save()
    edition.writers.add(by)
    _set_beside(edition, text)
    audit.record("summary.start", summary, by=by, requests=len(rows))
    return edition


@transaction.atomic
def save_draft(edition: SummaryEdition, *, text: SummaryText, version: int, by: Any) -> None:
    """Write an editor's text over the draft that they saw as `version`.

    Raises Refused when it is no draft, Conflict when somebody saved or moved it meanwhile.
    """
    check_seen(edition, version)
    _set_columns(edition, text)
    publishing.save(edition, by=by)
    _set_beside(edition, text)


def _set_columns(edition: SummaryEdition, text: SummaryText) -> None:
    for name in _COLUMNS:
        setattr(edition, name, getattr(text, name))
    edition.answer_html_cs = markdown.render(text.answer_cs)
    edition.answer_html_en = markdown.render(text.answer_en)


def _set_beside(edition: SummaryEdition, text: SummaryText) -> None:
    edition.other_topics.set(text.other_topics)
    edition.audiences.all().delete()
    SummaryAudience.objects.bulk_create(
        SummaryAudience(edition=edition, audience=code) for code in text.audiences
    )
    edition.provisions.all().delete()
    LegalProvision.objects.bulk_create(
        LegalProvision(edition=edition, citation=citation, valid_as_of=day)
        for citation, day in text.provisions
    )


@transaction.atomic
def new_edition(summary: Summary, *, by: Any) -> SummaryEdition:
    """Begin the next edition as a copy of the newest one; the public reads on in the old one meanwhile.

    Raises Refused when there is a draft already, or nothing has been published.
    """
    refuse_for(publishing.reasons_against_new_edition(summary.editions.all()))
    before = summary.editions.order_by("-number").first()
    edition = SummaryEdition(document=summary, number=before.number + 1, author=by)
    text = text_of(before, change_note_cs="", change_note_en="")
    _set_columns(edition, text)
    edition.save()
    edition.writers.add(by)
    _set_beside(edition, text)
    audit.record("summary.new_edition", summary, by=by, number=edition.number)
    return edition


def text_of(edition: SummaryEdition, **changes: Any) -> SummaryText:
    """Return the text of an edition as the value that the forms return, with `changes` made to it."""
    # An English text that is not there is null in the database.
    columns = {name: getattr(edition, name) or "" for name in _COLUMNS} | {
        "review_on": edition.review_on,
        "region": edition.region,
    }
    beside = {
        "other_topics": tuple(edition.other_topics.all()),
        "audiences": tuple(row.audience for row in edition.audiences.all()),
        "provisions": tuple((row.citation, row.valid_as_of) for row in edition.provisions.all()),
    }
    return SummaryText(**{**columns, **beside, **changes})


# The requests behind it ------------------------------------------------------


def reasons_against_linking(summary: Summary, request: SupportRequest) -> list[str]:
    """Return why a request cannot be linked to a summary; empty when it can."""
    reasons = reasons_against_source(request)
    if summary.origins.filter(request=request).exists():
        reasons.append(_("The request is linked already."))
    if live := summary.editions.published().first():
        known = known_of(SupportRequest.objects.filter(pk=request.pk))
        # The text is public already, so it must not know these people either.
        reasons += map(str, find_people_of(texts_of(live), known))
    return reasons


@transaction.atomic
def link_request(summary: Summary, *, request: SupportRequest, by: Any) -> SummaryOrigin:
    """Link one more request that the summary answers; when it is published, the requester is told now.

    Raises Refused with reasons_against_linking.
    """
    refuse_for(reasons_against_linking(summary, request))
    origin = SummaryOrigin.objects.create(summary=summary, request=request)
    audit.record("summary.link", summary, by=by, request=request.pk)
    if summary.editions.published().exists():
        _tell(summary)
    return origin


@transaction.atomic
def unlink_request(origin: SummaryOrigin, *, by: Any) -> None:
    """Take a link back.

    Raises Refused for the last one: its people would no longer be looked for in the text.
    """
    if origin.summary.origins.count() < 2 and origin.summary.exchange_question_id is None:
        raise Refused([_("One request has to stay linked; its names are looked for in the text.")])
    audit.record("summary.unlink", origin.summary, by=by, request=origin.request_id)
    origin.delete()


# The check for personal data -------------------------------------------------


@transaction.atomic
def justify_hit(edition: SummaryEdition, *, key: str, reason: str, by: Any) -> None:
    """Keep the find of this key in the text, saying why.

    Raises Refused for the reasons of core.detector.justifications.justify.
    """
    justifications.justify(edition, finds_in_summary(edition), key=key, reason=reason, by=by)


def _reasons_in_text(edition: SummaryEdition) -> list[str]:
    """Return a sentence for each find that is neither removed nor justified, and for requests that say no."""
    reasons = justifications.reasons_against(edition, finds_in_summary(edition))
    for origin in edition.document.origins.select_related("request"):
        reasons += [
            f"{origin.request.reference}: {reason}" for reason in reasons_against_source(origin.request)
        ]
    return reasons + exchange.reasons_of_document(edition.document)


# The way to the public -------------------------------------------------------


def reasons_against_submitting(edition: SummaryEdition) -> list[str]:
    """Return why a text cannot be sent to a second person: each find by name; empty when it can."""
    return publishing.reasons_against_submitting(edition) + _reasons_in_text(edition)


@transaction.atomic
def submit(edition: SummaryEdition, *, version: int, by: Any) -> None:
    """Send the draft seen as `version` to a second person.

    Raises Refused with reasons_against_submitting, Conflict when it changed meanwhile.
    """
    check_seen(edition, version)
    refuse_for(reasons_against_submitting(edition))
    publishing.submit(edition, by=by)


@transaction.atomic
def send_back(edition: SummaryEdition, *, remark: str, version: int, by: Any) -> None:
    """Return the text seen as `version` to its author with a remark.

    Raises Refused without a remark or when it is not in review, Conflict when it changed meanwhile.
    """
    check_seen(edition, version)
    publishing.send_back(edition, remark=remark, by=by)


def reasons_against_publishing(edition: SummaryEdition, *, by: Any) -> list[str]:
    """Return why `by` cannot publish the text; empty when nothing stands against it."""
    return publishing.reasons_against_publishing(edition, by=by) + _reasons_in_text(edition)


@transaction.atomic
def publish(edition: SummaryEdition, *, version: int, by: Any) -> None:
    """Make the text seen as `version` public, and tell those who asked.

    Raises Refused with reasons_against_publishing, Conflict when it changed meanwhile.
    """
    check_seen(edition, version)
    refuse_for(reasons_against_publishing(edition, by=by))
    publishing.give_address(edition.document, edition.question_cs, without_words="answer")
    publishing.publish(edition, by=by)
    _tell(edition.document)


def _tell(summary: Summary) -> None:
    """Write to those who asked, gave an address and have not been told yet."""
    for origin in summary.origins.filter(told_at=None).select_related("request__requester"):
        if emails.published(origin.request, summary):
            origin.told_at = timezone.now()
            origin.save(update_fields=["told_at"])


def finds_in_reason(edition: SummaryEdition, texts: Mapping[str, str]) -> list[Find]:
    """Return what the check finds in why a summary is withdrawn; the texts by the names of their fields."""
    return find(texts, known_of_document(edition.document))


@transaction.atomic
def withdraw(
    edition: SummaryEdition,
    *,
    reason: str,
    by: Any,
    reason_en: str = "",
    kept: Mapping[str, str] | None = None,
) -> None:
    """Take a published text away from the public, and out of search; its address says why.

    `kept` are the keys of finds that stay in the reason, each with why.
    Raises Refused for every other find, without a reason, or when it is not published; Conflict when it
    changed meanwhile.
    """
    finds = finds_in_reason(edition, {"reason": reason, "reason_en": reason_en})
    justifications.keep_in_reason(edition, finds, kept=kept or {}, by=by)
    publishing.withdraw(edition, reason=reason, reason_en=reason_en, by=by)


# What readers say ------------------------------------------------------------


@transaction.atomic
def record_feedback(summary: Summary, *, by: Any, helpful: str = "", mistake: str = "") -> Feedback:
    """Keep what a reader says: whether it helped ("yes", "no"), or what is wrong. `by` is None for visitors.

    Raises Refused when nothing is said.
    """
    if not helpful and not mistake.strip():
        raise Refused([_("Write what is wrong.")])
    feedback = Feedback.objects.create(summary=summary, helpful=helpful, mistake=mistake.strip())
    audit.record("summary.feedback", summary, by=by)
    return feedback


@transaction.atomic
def settle_feedback(feedback: Feedback, *, by: Any) -> None:
    """Mark a reported mistake as dealt with.

    Raises Conflict when somebody has done it meanwhile.
    """
    rows = Feedback.objects.unsettled().filter(pk=feedback.pk)
    if not rows.update(settled_at=timezone.now(), settled_by=by):
        raise Conflict(Feedback.objects.select_related("settled_by").get(pk=feedback.pk))
    audit.record("summary.settle_feedback", feedback.summary, by=by)
