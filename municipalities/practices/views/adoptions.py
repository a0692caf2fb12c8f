"""What the pages of the ledger have in common."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core.states import Conflict, Refused
from core.views.verbs import CONFLICT, see_version, version_of
from municipalities.models import Adoption, Municipality, Practice, PracticeEdition
from municipalities.places.queries import register_page
from municipalities.practices.actions import adoptions as actions
from municipalities.practices.filters import LedgerFilter
from municipalities.practices.forms.adoptions import AdoptionForm
from municipalities.practices.page import place_of


def whole_ledger(request: HttpRequest, practice: Practice) -> dict[str, Any]:
    """Return what a page of a practice's whole ledger shows: `?state= &size= &region= &page=`."""
    filters = LedgerFilter(request.GET, practice.adoptions.in_ledger())
    page = register_page(filters.qs, request)
    return {"filters": filters, "page": page, "places": [place_of(row) for row in page.object_list]}


def mark_url(request: HttpRequest, practice: Practice) -> str:
    """Return where the reader marks how far a municipality is, by its code; empty when they may not."""
    if not request.user.has(Permission.EDIT_MUNICIPALITY) or not practice.slug:
        return ""
    return reverse("desk-adoption-mark", args=[practice.pk])


def practice_of(request: HttpRequest, pk: int) -> Practice:
    """Return a practice whose drafts the reader may see; raises Http404 for any other."""
    rows = Practice.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(rows, pk=pk)


def published_of(pk: int) -> PracticeEdition:
    """Return the published edition of a practice; raises Http404 when it has none."""
    rows = PracticeEdition.objects.published().select_related("document__municipality")
    # The number of the practice itself: no row has one that a database cannot hold.
    return get_object_or_404(rows, document__pk__in=Practice.objects.filter(pk=pk))


def marked(
    request: HttpRequest, edition: PracticeEdition, place: Municipality, kind: type[AdoptionForm]
) -> tuple[bool, dict[str, Any], int]:
    """Take what was sent for the ledger: whether it is written, what the page shows, and its status."""
    practice = edition.document
    adoption = actions.adoption_of(practice, place)
    form = kind(request.POST or None, adoption=adoption)
    status, is_changed = 200, False
    if form.is_valid():
        step = form.to_step()
        form.add_reasons(actions.reasons_against_marking(practice, place, step=step, by=request.user))
    if form.is_bound and form.is_valid():
        try:
            seen = form.cleaned_data["version"] or 0
            actions.mark_adoption(practice, place, step=step, version=seen, by=request.user)
        except Refused as refusal:
            form.add_reasons({"": refusal.reasons})
        except Conflict as conflict:
            status, is_changed, adoption = CONFLICT, True, conflict.current
            see_version(form, adoption)
        else:
            return True, {}, 200
    return False, {**_page(edition, place, adoption, request), "form": form, "is_changed": is_changed}, status


def _page(
    edition: PracticeEdition, place: Municipality, adoption: Adoption | None, request: HttpRequest
) -> dict[str, Any]:
    """Return what the page shows of the ledger so far."""
    against = actions.reasons_against_beginning(adoption, place)
    context = {"edition": edition, "municipality": place, "place": None, "against_undoing": []}
    context["against_beginning"] = against
    if adoption is not None:
        row = Adoption.objects.for_page().get(pk=adoption.pk)
        context["place"] = place_of(row)
        context["against_undoing"] = actions.reasons_against_undoing(row, by=request.user)
    return context


def undone(request: HttpRequest, adoption: Adoption) -> list[str]:
    """Take the last step back; return why it was not done, nothing when it was."""
    try:
        actions.undo_step(adoption, version=version_of(request), by=request.user)
    except Refused as refusal:
        return refusal.reasons
    except Conflict:
        return [_("Somebody has marked another step meanwhile. Look at the ledger again.")]
    return []
