"""Practices: how they are assessed, and the ledger of who took them over, kept and read."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, public, requires
from accounts.permissions import Permission
from core.documents.choices import State
from core.documents.views.public import edition_at, gone
from core.loading.sources import Sources
from core.views.paging import page_of
from core.views.verbs import back_to, run_verb, see_version, version_of
from municipalities.choices import AdoptionState
from municipalities.models import Adoption, AdoptionStep, Municipality, Practice, PracticeEdition
from municipalities.places.queries import own_municipalities, register_page
from municipalities.practices import actions
from municipalities.practices.filters import LedgerFilter, LessonFilter
from municipalities.practices.forms import AdoptionForm, AssessForm, DeskAdoptionForm, WhoseForm
from municipalities.practices.kind import PRACTICES
from municipalities.practices.queries import lessons_of, mark_url, taken_by


@requires(Permission.APPROVE_PRACTICE)
def assess(request: UserRequest, pk: int) -> HttpResponse:
    """Say of each criterion how the edition in review, or the published one, stands."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), pk=pk)
    # While the next one is being written, it is the published one that readers see.
    editions = practice.editions.order_by("-number")
    edition = editions.exclude(state=State.DRAFT).first() or get_object_or_404(editions[:1])
    edition.document = practice
    form = AssessForm(request.POST or None, initial=AssessForm.initial_of(edition))
    against = actions.reasons_against_assessing(edition, by=request.user)

    def show(*, reasons: Any = against, conflict: Any = None, status: int = 200) -> HttpResponse:
        if conflict:
            see_version(form, conflict)
        context = {"practice": practice, "edition": edition, "form": form, "reasons": reasons}
        context["is_changed"] = conflict is not None
        return render(request, "municipalities/practices/assess.html", context, status=status)

    if not form.is_valid():
        return show()
    return run_verb(
        request,
        lambda: actions.assess(
            edition, verdicts=form.to_verdicts(), version=form.cleaned_data["version"], by=request.user
        ),
        to=f"{practice.get_desk_url()}?edition={edition.number}",
        show=show,
        done=_("The assessment is written down."),
    )


def _whole_ledger(request: HttpRequest, practice: Practice) -> dict[str, Any]:
    """Return what a page of a practice's whole ledger shows: `?state= &size= &region= &page=`."""
    filters = LedgerFilter(request.GET, practice.adoptions.in_ledger())
    return {"filters": filters, "page": register_page(filters.qs, request)}


def _practice(request: UserRequest, pk: int) -> Practice:
    rows = Practice.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(rows, pk=pk)


def _published(pk: int) -> PracticeEdition:
    """Return the published edition of a practice; raises Http404 when it has none."""
    rows = PracticeEdition.objects.published().select_related("document__municipality")
    # The number of the practice itself: no row has one that a database cannot hold.
    return get_object_or_404(rows, document__pk__in=Practice.objects.filter(pk=pk))


def _marked(
    request: UserRequest,
    edition: PracticeEdition,
    place: Municipality,
    kind: type[AdoptionForm],
    *,
    template: str,
    to: str,
    **more: Any,
) -> HttpResponse:
    """Show how far a municipality is, and write what was sent into the ledger; `more` is for the template."""
    practice = edition.document
    form = kind(request.POST or None, adoption=actions.adoption_of(practice, place))
    if form.is_valid():
        against = actions.reasons_against_marking(practice, place, step=form.to_step(), by=request.user)
        form.add_reasons(against)

    def verb() -> None:
        seen = form.cleaned_data["version"] or 0
        actions.mark_adoption(practice, place, step=form.to_step(), version=seen, by=request.user)

    def show(*, conflict: Adoption | None = None, status: int = 200) -> HttpResponse:
        now = Adoption.objects.for_page().filter(practice=practice, municipality=place).first()
        context = {
            "edition": edition,
            "municipality": place,
            "adoption": now,
            "form": form,
            "against_beginning": actions.reasons_against_beginning(now, place),
            "against_undoing": actions.reasons_against_undoing(now, by=request.user) if now else [],
            "is_changed": conflict is not None,
        }
        return render(request, template, {**context, **more}, status=status)

    done = _("It stands in the ledger. The page of the practice shows it.")
    return run_verb(request, verb, to=to, show=show, done=done, form=form)


def _undone(request: UserRequest, adoption: Adoption, to: str) -> HttpResponse:
    return run_verb(
        request,
        partial(actions.undo_step, adoption, version=version_of(request), by=request.user),
        to=to,
        show=back_to(request, to),
        done=_("The last step is taken back."),
        changed=_("Somebody has marked another step meanwhile. Look at the ledger again."),
    )


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def my_adoptions(request: UserRequest) -> HttpResponse:
    """What one's municipality has taken up, and how far it is; `?municipality=` says which."""
    own, chosen = own_municipalities(request)
    # What was begun last stands first.
    page = page_of(Adoption.objects.filter(municipality=chosen).for_page().order_by("-pk"), request)
    context = {"municipalities": own, "municipality": chosen, "page": page, "taken": taken_by(page.items)}
    return render(request, "municipalities/practices/my_adoptions.html", context)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def my_mark(request: UserRequest, pk: int) -> HttpResponse:
    """Say how far one's municipality is with a practice; `?municipality=` says which."""
    edition = _published(pk)
    own, chosen = own_municipalities(request)
    if chosen is None:
        context = {"edition": edition, "municipalities": own, "municipality": None}
        return render(request, "municipalities/practices/my_mark_nobody.html", context)
    template, to = "municipalities/practices/my_mark.html", _my_ledger(chosen, pk)
    return _marked(request, edition, chosen, AdoptionForm, template=template, to=to, municipalities=own)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def my_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Take the last step of one's own ledger back."""
    own = Municipality.objects.spoken_for_by(request.user)
    rows = Adoption.objects.filter(municipality__in=own).select_related("municipality", "practice")
    adoption = get_object_or_404(rows, pk=pk)
    return _undone(request, adoption, _my_ledger(adoption.municipality, adoption.practice_id))


def _my_ledger(municipality: Municipality, practice: int) -> str:
    return f"{reverse('my-adoptions')}?municipality={municipality.slug}#practice-{practice}"


@requires(Permission.VIEW_DESK)
@require_safe
def desk_ledger(request: UserRequest, pk: int) -> HttpResponse:
    """Every municipality that has taken a practice up, each with what can be marked."""
    practice = _practice(request, pk)
    edition = practice.editions.order_by("-number").first()
    context = {"practice": practice, "edition": edition, "mark_url": mark_url(request.user, practice)}
    context |= _whole_ledger(request, practice)
    return render(request, "municipalities/practices/desk_ledger.html", context)


@requires(Permission.EDIT_MUNICIPALITY)
def desk_mark(request: UserRequest, pk: int) -> HttpResponse:
    """Choose a municipality (`?municipality=`), then say how far it is with the practice, and from where."""
    practice, edition = _practice(request, pk), _published(pk)
    whose = WhoseForm(request.GET if "municipality" in request.GET else None)
    if not whose.is_valid():
        context = {"practice": practice, "edition": edition, "whose": whose}
        return render(request, "municipalities/practices/desk_mark_whose.html", context)
    place, to = whose.cleaned_data["municipality"], f"{practice.get_desk_url()}#ledger"
    template = "municipalities/practices/desk_mark.html"
    return _marked(request, edition, place, DeskAdoptionForm, template=template, to=to, practice=practice)


@requires(Permission.EDIT_MUNICIPALITY)
@require_POST
def desk_undo(request: UserRequest, pk: int, adoption: int) -> HttpResponse:
    """Take the last step of a municipality back."""
    practice = _practice(request, pk)
    rows = Adoption.objects.select_related("municipality", "practice")
    found = get_object_or_404(rows, pk=adoption, practice=practice)
    return _undone(request, found, f"{practice.get_desk_url()}#ledger")


@public
@require_safe
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Every municipality that has taken a practice up, and how far it is."""
    edition: Any = edition_at(PRACTICES, slug)
    if edition.state == State.WITHDRAWN:
        return gone(request, PRACTICES, edition)
    context = {"edition": edition, "sources": Sources(), **_whole_ledger(request, edition.document)}
    return render(request, "municipalities/practices/whole_ledger.html", context)


@public
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """What was dropped and why, over all practices and municipalities: `?approach= &size= &region=`."""
    filters = LessonFilter(request.GET, AdoptionStep.objects.lessons())
    page = page_of(filters.qs, request)
    context = {
        "filters": filters,
        "page": page,
        "lessons": lessons_of(page.items),
        "dropped": AdoptionState.DROPPED.label,
        "sources": Sources(),
    }
    return render(request, "municipalities/practices/lessons.html", context)
