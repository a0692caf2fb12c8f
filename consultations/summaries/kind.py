"""Summaries as the documents' engine knows them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.access import UserRequest
from accounts.models import User
from accounts.permissions import Permission
from consultations.models import Contact, Summary, SummaryEdition, SupportRequest
from consultations.summaries import actions, queries
from consultations.summaries.filters import DeskSummaryFilter, SummaryFilter
from consultations.summaries.forms import LinkForm, SummaryForm
from consultations.summaries.queries import finds_in_summary, known_of_document
from core.detector.finds import find
from core.documents.kind import Beginning, Check, Kind, May, Wording
from core.views.paging import whole_number
from municipalities.places.small_places import small_places_in

RELATED = 3


def begin(request: UserRequest) -> Beginning:
    """Return how a summary begins from the request named in `?request=`, or the question in `?exchange=`."""
    if "exchange" in request.GET:
        return _from_exchange(request)
    reference = request.GET.get("request", "")
    source = get_object_or_404(SupportRequest.objects.visible_to(request.user).with_reference(reference))
    return Beginning(
        lambda form, by: actions.start_summary([source], words=form.to_words(), by=by),
        key=source.reference,
        initial=SummaryForm.initial_for(source),
        reasons=actions.reasons_against_source(source),
        context={"sources": _conversations(request, [source]), "exchange": None},
    )


def _from_exchange(request: UserRequest) -> Beginning:
    conversation = queries.conversation(request.user, whole_number(request.GET["exchange"]))
    if conversation is None:
        raise Http404
    question = conversation["question"]
    return Beginning(
        lambda form, by: actions.start_summary([], words=form.to_words(), by=by, exchange_question=question),
        key=f"exchange-{question.pk}",
        initial=SummaryForm.initial_for_exchange(question),
        reasons=actions.reasons_against_question(question),
        context={"sources": [], "exchange": conversation},
    )


def sources(request: UserRequest, edition: SummaryEdition) -> dict[str, Any]:
    """Return what a summary comes from, to read beside the form."""
    rows = SupportRequest.objects.filter(summary_origins__summary=edition.document)
    number = edition.document.exchange_question_id
    return {"sources": _conversations(request, rows), "exchange": queries.conversation(request.user, number)}


def _conversations(request: UserRequest, rows: Iterable[SupportRequest]) -> list[SupportRequest]:
    """Return requests, each with what was said on it as `told`."""
    found, contacts = list(rows), Contact.objects.visible_to(request.user).for_timeline()
    prefetch_related_objects(found, Prefetch("contacts", contacts, to_attr="told"))
    return found


def beside(request: UserRequest, edition: SummaryEdition) -> dict[str, Any]:
    """Return what the desk's page of a summary shows beside its text: what it comes from."""
    summary = edition.document
    return {
        "heading_facts": [edition.topic],
        "exchange": queries.conversation(request.user, summary.exchange_question_id),
        "origins": summary.origins.select_related("request__municipality").order_by("pk"),
        "link_form": LinkForm(),
    }


def related(_request: UserRequest, edition: SummaryEdition) -> dict[str, Any]:
    """Return the newest other summaries on the same topic."""
    rows = SummaryEdition.objects.published().for_list().filter(topic=edition.topic_id)
    return {"related": rows.exclude(document=edition.document_id)[:RELATED]}


def unknown_small_places(edition: SummaryEdition) -> list[str]:
    """Return the small municipalities that a summary seems to name, beside those that its check looks for."""
    known = known_of_document(edition.document).places
    return [name for name in small_places_in(edition.all_texts().values()) if name not in known]


SUMMARIES = Kind(
    "summary",
    "summaries",
    Summary,
    SummaryForm,
    May(
        view=Permission.VIEW_DESK,
        write=Permission.WRITE_SUMMARY,
        approve=Permission.APPROVE_SUMMARY,
        withdraw=Permission.WITHDRAW_SUMMARY,
    ),
    Wording(
        plural=_("Summaries"),
        readers=_("Answers"),
        new=_("New summary"),
        edit=_("Edit the summary"),
        withdraw=_("Withdraw the summary"),
        none=_("There is no such summary"),
        none_help=_("Open an answered request and choose “Start a summary”."),
        list_lead=_("A summary begins on the page of an answered request."),
        write_lead=_(
            "Write a new text. Nothing is taken over from the conversation, so that nobody can be recognised."
        ),
        published=_("The text is published. Those who asked are told by e-mail."),
        gone=_("This answer was withdrawn"),
    ),
    begin,
    slug_word="answer",
    filters=DeskSummaryFilter,
    columns=((_("Topic"), lambda edition: edition.topic),),
    text_template="consultations/summaries/desk_text.html",
    rail_template="consultations/summaries/desk_rail.html",
    page_context=beside,
    writing_template="consultations/summaries/sources.html",
    writing_context=sources,
    public_filters=SummaryFilter,
    public_list_template="consultations/summaries/list.html",
    public_template="consultations/summaries/detail.html",
    public_context=related,
    gone_template="consultations/summaries/withdrawn.html",
    gone_context=related,
    reasons_against=actions.reasons_against,
    check=Check(
        finds_in_summary, lambda summary, texts: find(texts, known_of_document(summary)), unknown_small_places
    ),
    approvers=partial(User.objects.who_may, Permission.APPROVE_SUMMARY),
    when_published=actions.tell_requesters,
)
