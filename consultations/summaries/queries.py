"""Reads of summaries that span models: what lies behind one and is checked, a municipality's part."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from consultations.models import Summary, SummaryEdition, SupportRequest
from consultations.requests.known_people import known_of
from core.detector.finds import Find, Known, find
from municipalities.exchange.queries import Made
from municipalities.models import ExchangeAnswer, ExchangeQuestion, Municipality
from municipalities.places.known_people import known_of_exchange

# How many answers of the exchange stand beside the form, how many summaries on a municipality's page.
MOST_ANSWERS, MOST = 50, 5


def conversation(reader: Any, number: int | None) -> dict[str, Any] | None:
    """Return a question with its answers, to read beside the form; None when there is none to read."""
    rows = ExchangeQuestion.objects.visible_to(reader).shown().for_page()
    question = rows.filter(pk=number).first() if number else None
    if question is None:
        return None
    answers = ExchangeAnswer.objects.visible_to(reader).shown().filter(question=question)
    return {"question": question, "answers": answers.for_question(reader)[:MOST_ANSWERS]}


def summaries_of(question: ExchangeQuestion, reader: Any) -> Iterable[Made]:
    """Tell the page of a question what summary came of it: the public one, to the desk its draft, too."""
    if question.summary_id is None:
        return
    rows = SummaryEdition.objects.filter(document=question.summary_id).select_related("document")
    if published := rows.published().first():
        yield Made(_("Published answer"), published.question, published.document.get_absolute_url())
    elif reader.has(Permission.VIEW_DESK) and (draft := rows.order_by("-number").first()):
        yield Made(_("Summary in the making"), draft.question, draft.document.get_desk_url())


def summaries_from(case: SupportRequest) -> list[SummaryEdition]:
    """Return the newest edition of each summary that comes from a request."""
    editions = SummaryEdition.objects.filter(document__origins__request=case).select_related("document")
    newest = {edition.document_id: edition for edition in editions.order_by("document_id", "number")}
    return list(newest.values())


def part_of(municipality: Municipality) -> dict[str, Any] | None:
    """Return what a municipality's page shows: up to MOST answers, and the list that has most of them all.

    Those of both its size and its region come first, then of its region, then of its size; None for none.
    """
    rows = SummaryEdition.objects.published().for_list()
    in_region = rows.filter(region_id=municipality.region_id)
    found = list(in_region[:MOST])
    if municipality.size:
        both = in_region.filter(size=municipality.size)[:MOST]
        found = [*both, *found, *rows.filter(size=municipality.size)[:MOST]]
    chosen = list({edition.pk: edition for edition in found}.values())[:MOST]
    if not chosen:
        return None
    query, link = {"region": municipality.region.slug}, _("All answers for this region")
    if municipality.size and any(edition.size == municipality.size for edition in chosen):
        query, link = {"size": municipality.size}, _("All answers for this size")
    return {"summaries": chosen, "query": f"?{urlencode(query)}", "link": link}


def known_of_document(summary: Summary) -> Known:
    """Return what is known of the requests, and of the question in the exchange, behind a summary."""
    known = known_of(SupportRequest.objects.filter(summary_origins__summary=summary))
    number = summary.exchange_question_id
    return known if number is None else known | known_of_exchange(number)


def finds_in_summary(edition: SummaryEdition) -> list[Find]:
    """Return what the check finds in all texts of a summary."""
    return find(edition.all_texts(), known_of_document(edition.document))
