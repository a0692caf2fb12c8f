"""Practices as the documents' engine knows them: at the desk, and where officials propose them."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import UserRequest
from accounts.models import User
from accounts.permissions import Permission
from core.detector.finds import find
from core.documents.choices import State
from core.documents.kind import Beginning, Check, Kind, May, Wording
from core.documents.reviews import proposed_day
from core.loading.sources import Sources
from core.views.paging import whole_number
from municipalities import hooks
from municipalities.choices import Criterion
from municipalities.models import ExchangeQuestion, Municipality, Practice, PracticeEdition
from municipalities.places.known_people import finds_in_practice, known_of_practice
from municipalities.places.successions import told_of_gone
from municipalities.practices import actions, emails, queries
from municipalities.practices.filters import DeskPracticeFilter, PracticeFilter
from municipalities.practices.forms import DeskProposeForm, PracticeForm, ProposeForm, WhoseForm


def begin(request: UserRequest) -> Beginning:
    """Return how the desk begins a practice, perhaps born from `?question=` or from what other apps tell."""
    question, known = _question(request, request.GET.get("question")), {}
    key, origin = _origin(request)
    if question:
        known = {"title_cs": question.title, "need_cs": question.title, "approach": question.approach}
        key = f"question-{question.pk}"

    @transaction.atomic
    def start(form: Any, by: Any) -> Any:
        edition = actions.start_practice(
            form.cleaned_data["municipality"], words=form.to_words(), by=by, from_question=question
        )
        if origin:
            origin.after(edition.document, by)
        return edition

    return Beginning(
        start,
        key=key,
        form=DeskProposeForm,
        # Never its text.
        initial={"review_on": proposed_day(), **(origin.words if origin else {}), **known},
        context={"question": question, "origin": origin, "gone": []},
    )


def _origin(request: UserRequest) -> tuple[str, hooks.Origin | None]:
    """Return what a practice is born from by the address, with a key that tells it from others."""
    for name, source in hooks.origins().items():
        number = whole_number(request.GET.get(name))
        if number and (origin := source(request.user, number)):
            return f"{name}-{number}", origin
    return "", None


def propose(request: UserRequest) -> Beginning:
    """Return how an official begins a practice of their municipality."""
    own = Municipality.objects.spoken_for_by(request.user).existing().for_list()
    reasons = [] if own else [gettext("You do not speak for any municipality now")]
    beginning = begin(request)
    context = {**beginning.context, "gone": told_of_gone(request.user)}
    return replace(beginning, form=ProposeForm, options={"own": own}, reasons=reasons, context=context)


def _question(request: UserRequest, number: Any) -> ExchangeQuestion | None:
    """Return a question of the exchange, if there is one and the reader may read it."""
    known = whole_number(str(number)) if number else None
    return ExchangeQuestion.objects.visible_to(request.user).filter(pk=known).first() if known else None


def shown(_request: UserRequest, edition: PracticeEdition) -> dict[str, Any]:
    """Return a practice as it is read, and how it was assessed."""
    place = edition.document.municipality
    return {
        "heading_facts": [edition.get_approach_display(), *([place.name] if place else [])],
        "texts": [(code, queries.text_in(edition, code)) for code in edition.languages],
        "judgement": queries.judgement(edition),
    }


def shown_at_desk(request: UserRequest, edition: PracticeEdition) -> dict[str, Any]:
    """Return what the desk's page of a practice shows, its ledger and its assessing with it."""
    practice, user = edition.document, request.user
    is_assessed = edition.state in (State.IN_REVIEW, State.PUBLISHED)
    return {
        **shown(request, edition),
        "whose_form": WhoseForm(),
        "from_question": _question(request, practice.from_question_id),
        "ledger": queries.ledger(practice),
        "mark_url": queries.mark_url(user, practice),
        "may_mark": user.has(Permission.EDIT_MUNICIPALITY),
        "may_assess_now": is_assessed,
        "against_assessing": actions.reasons_against_assessing(edition, by=user) if is_assessed else [],
    }


def read(request: UserRequest, edition: PracticeEdition) -> dict[str, Any]:
    """Return what the public page of a practice shows."""
    user, text = request.user, queries.text_in(edition, edition.shown_language)
    return {
        "text": text,
        "sources": Sources(text["sources"]),
        "judgement": queries.judgement(edition),
        "ledger": queries.ledger(edition.document),
        "may_mark": user.is_authenticated and user.has(Permission.SPEAK_FOR_MUNICIPALITY),
        "may_mark_for_others": user.is_authenticated and user.has(Permission.EDIT_MUNICIPALITY),
        "parts": hooks.practice_parts_of(edition.document),
    }


def own_list(request: UserRequest) -> dict[str, Any]:
    """Return what the officials' list says beside its rows."""
    return {"speaks_for_nobody": not Municipality.objects.spoken_for_by(request.user).exists()}


def criteria_met(edition: PracticeEdition) -> str:
    """Return in words how many criteria an edition meets."""
    return gettext("%(met)s of %(count)s met") % {"met": edition.criteria_met, "count": len(Criterion)}


PRACTICES = Kind(
    "practice",
    "practices",
    Practice,
    PracticeForm,
    May(
        view=Permission.VIEW_DESK,
        write=Permission.WRITE_PRACTICE,
        approve=Permission.APPROVE_PRACTICE,
        withdraw=Permission.APPROVE_PRACTICE,
    ),
    Wording(
        plural=_("Good practice"),
        readers=_("Good practice"),
        new=_("Write a practice"),
        edit=_("Edit the practice"),
        withdraw=_("Withdraw the practice"),
        none=_("There is no such practice"),
        write_lead=_("Whoever writes a word of it can neither assess nor publish it."),
        published=_("The practice is published."),
        gone=_("This practice was withdrawn"),
    ),
    begin,
    addresses={"new-edition": "<int:pk>/editions/new/", "compare": "<int:pk>/editions/<int:number>/compare/"},
    taken_slugs=frozenset({"lessons"}),
    filters=DeskPracticeFilter,
    columns=(
        (_("Municipality"), lambda edition: edition.document.municipality or "–"),
        (_("Criteria"), criteria_met),
    ),
    can_start_from_list=True,
    text_template="municipalities/practices/desk_text.html",
    rail_template="municipalities/practices/desk_rail.html",
    page_context=shown_at_desk,
    notice_template="municipalities/practices/born_from.html",
    writing_context=lambda _request, _edition: {"question": None, "origin": None, "gone": []},
    public_filters=PracticeFilter,
    public_list_template="municipalities/practices/list.html",
    public_template="municipalities/practices/detail.html",
    public_context=read,
    gone_template="municipalities/practices/withdrawn.html",
    reasons_against=actions.reasons_against,
    check=Check(finds_in_practice, lambda practice, texts: find(texts, known_of_practice(practice))),
    approvers=partial(User.objects.who_may, Permission.APPROVE_PRACTICE),
    when_published=emails.published,
    when_sent_back=emails.sent_back,
)

OWN_PRACTICES = replace(
    PRACTICES,
    area="my",
    base="base_my.html",
    may=May(view=Permission.SPEAK_FOR_MUNICIPALITY, write=Permission.SPEAK_FOR_MUNICIPALITY),
    wording=PRACTICES.wording._replace(
        plural=_("Our practice"),
        new=_("Propose a practice"),
        write_lead=_(
            "Write it so that a colleague in another town could do the same. "
            "Say what failed, too. No names of people."
        ),
        submit=_("Send for review"),
        submitted=_("The text is with the Contact Centre now. You will hear of it by e-mail."),
        in_review=_(
            "The Contact Centre is reading it. It will be published, or come back with a remark. "
            "You will hear of it by e-mail."
        ),
    ),
    begin=propose,
    verbs=("new", "edit", "justify", "submit", "new-edition"),
    filters=None,
    list_rows=queries.newest_editions,
    list_template="municipalities/practices/my_list.html",
    list_context=own_list,
    text_template="municipalities/practices/as_read.html",
    rail_template="",
    page_context=shown,
)
