"""What the pages of the ledger have in common."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import UserRequest
from accounts.permissions import Permission
from core.views.verbs import back_to, run_verb, version_of
from municipalities.models import Adoption, Municipality, Practice, PracticeEdition
from municipalities.places.queries import register_page
from municipalities.practices.actions import adoptions as actions
from municipalities.practices.filters import LedgerFilter
from municipalities.practices.forms.adoptions import AdoptionForm


def whole_ledger(request: HttpRequest, practice: Practice) -> dict[str, Any]:
    """Return what a page of a practice's whole ledger shows: `?state= &size= &region= &page=`."""
    filters = LedgerFilter(request.GET, practice.adoptions.in_ledger())
    return {"filters": filters, "page": register_page(filters.qs, request)}


def mark_url(request: UserRequest, practice: Practice) -> str:
    """Return where the reader marks how far a municipality is, by its code; empty when they may not."""
    if not request.user.has(Permission.EDIT_MUNICIPALITY) or not practice.slug:
        return ""
    return reverse("desk-adoption-mark", args=[practice.pk])


def practice_of(request: UserRequest, pk: int) -> Practice:
    """Return a practice whose drafts the reader may see; raises Http404 for any other."""
    rows = Practice.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(rows, pk=pk)


def published_of(pk: int) -> PracticeEdition:
    """Return the published edition of a practice; raises Http404 when it has none."""
    rows = PracticeEdition.objects.published().select_related("document__municipality")
    # The number of the practice itself: no row has one that a database cannot hold.
    return get_object_or_404(rows, document__pk__in=Practice.objects.filter(pk=pk))


def marked(
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
    adoption = actions.adoption_of(practice, place)
    form = kind(request.POST or None, adoption=adoption)
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


def undone(request: UserRequest, adoption: Adoption, to: str) -> HttpResponse:
    """Take the last step back, and go to the ledger."""
    return run_verb(
        request,
        partial(actions.undo_step, adoption, version=version_of(request), by=request.user),
        to=to,
        show=back_to(request, to),
        done=_("The last step is taken back."),
        changed=_("Somebody has marked another step meanwhile. Look at the ledger again."),
    )
