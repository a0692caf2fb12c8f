"""What only summaries have: the requests and questions that they come from."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.choices import State as RequestState
from consultations.models import Summary, SummaryEdition, SummaryOrigin, SupportRequest
from consultations.requests import emails
from consultations.requests.known_people import known_of
from core import audit
from core.detector.finds import find_people_of
from core.documents import actions as documents
from core.states import Refused, refuse_for, verb
from municipalities.exchange.actions.posts import link_summary
from municipalities.models import ExchangeQuestion


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


def reasons_against_question(question: ExchangeQuestion) -> list[str]:
    """Return why no summary can come from a question among municipalities; empty when one can.

    Whoever asks or answers there is told in the form that a summary may be made of it.
    """
    if question.hidden_at is not None:
        return [_("The question in the exchange is hidden.")]
    if not question.answers.shown().exists():
        return [_("Nobody has answered the question in the exchange yet.")]
    return []


@transaction.atomic
def start_summary(
    requests: Iterable[SupportRequest],
    *,
    words: dict[str, Any],
    by: Any,
    exchange_question: ExchangeQuestion | None = None,
) -> SummaryEdition:
    """Begin a summary from answered requests or from a question in the exchange; return its first draft.

    Raises Refused with the reasons against any of these sources, or when the question has a summary.
    """
    rows = list(requests)
    reasons = [reason for row in rows for reason in reasons_against_source(row)]
    if exchange_question:
        reasons += reasons_against_question(exchange_question)
    elif not rows:
        reasons.append(_("A summary begins from an answered request."))
    refuse_for(dict.fromkeys(reasons))
    is_demo = all(row.is_demo for row in rows) if rows else exchange_question.author.is_demo
    number = exchange_question.pk if exchange_question else None
    summary = Summary(created_by=by, owner=by, is_demo=is_demo, exchange_question_id=number)
    edition = documents.start(summary, words=words, by=by, requests=len(rows))
    if exchange_question:
        link_summary(exchange_question, summary_id=summary.pk, by=by)
    SummaryOrigin.objects.bulk_create(SummaryOrigin(summary=summary, request=row) for row in rows)
    return edition


def reasons_against_linking(summary: Summary, request: SupportRequest) -> list[str]:
    """Return why a request cannot be linked to a summary; empty when it can."""
    reasons = reasons_against_source(request)
    if summary.origins.filter(request=request).exists():
        reasons.append(_("The request is linked already."))
    if live := summary.editions.published().first():
        known = known_of(SupportRequest.objects.filter(pk=request.pk))
        # The text is public already, so it must not know these people either.
        reasons += map(str, find_people_of(live.all_texts(), known))
    return reasons


@verb(against=reasons_against_linking)
def link_request(summary: Summary, *, request: SupportRequest, by: Any) -> SummaryOrigin:
    """Link one more request that the summary answers; when it is published, the requester is told now."""
    origin = SummaryOrigin.objects.create(summary=summary, request=request)
    audit.record("summary.link", summary, by=by, request=request.pk)
    if live := summary.editions.published().first():
        tell_requesters(live)
    return origin


@transaction.atomic
def unlink_request(origin: SummaryOrigin, *, by: Any) -> None:
    """Take a link back; raises Refused for the last one, whose people are looked for in the text."""
    if origin.summary.origins.count() < 2 and origin.summary.exchange_question_id is None:
        raise Refused([_("One request has to stay linked; its names are looked for in the text.")])
    audit.record("summary.unlink", origin.summary, by=by, request=origin.request_id)
    origin.delete()


def reasons_against(edition: SummaryEdition) -> list[str]:
    """Return what stands against publishing for the sake of those that the summary comes from."""
    reasons = [
        f"{origin.request.reference}: {reason}"
        for origin in edition.document.origins.select_related("request")
        for reason in reasons_against_source(origin.request)
    ]
    question = ExchangeQuestion.objects.filter(pk=edition.document.exchange_question_id).first()
    return reasons + (reasons_against_question(question) if question else [])


def tell_requesters(edition: SummaryEdition) -> None:
    """Write to those who asked, gave an address and have not been told yet."""
    for origin in edition.document.origins.filter(told_at=None).select_related("request__requester"):
        if emails.published(origin.request, edition.document):
            origin.told_at = timezone.now()
            origin.save(update_fields=["told_at"])
