"""The ledger as the desk keeps it for a municipality, with a source."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from municipalities.models import Adoption
from municipalities.practices.forms.adoptions import DeskAdoptionForm, WhoseForm
from municipalities.practices.views.adoptions import (
    mark_url,
    marked,
    practice_of,
    published_of,
    undone,
    whole_ledger,
)


@requires(Permission.VIEW_DESK)
@require_safe
def ledger(request: UserRequest, pk: int) -> HttpResponse:
    """Every municipality that has taken a practice up, each with what can be marked."""
    row = practice_of(request, pk)
    context = {
        "practice": row,
        "edition": row.editions.order_by("-number").first(),
        "mark_url": mark_url(request, row),
        **whole_ledger(request, row),
    }
    return render(request, "municipalities/practices/desk_ledger.html", context)


@requires(Permission.EDIT_MUNICIPALITY)
def mark(request: UserRequest, pk: int) -> HttpResponse:
    """Choose a municipality (`?municipality=`), then say how far it is with the practice, and from where."""
    row = practice_of(request, pk)
    edition = published_of(pk)
    whose = WhoseForm(request.GET if "municipality" in request.GET else None)
    if not whose.is_valid():
        context = {"practice": row, "edition": edition, "whose": whose}
        return render(request, "municipalities/practices/desk_mark_whose.html", context)
    place = whose.cleaned_data["municipality"]
    to = f"{row.get_desk_url()}#ledger"
    return marked(
        request,
        edition,
        place,
        DeskAdoptionForm,
        template="municipalities/practices/desk_mark.html",
        to=to,
        practice=row,
    )


@requires(Permission.EDIT_MUNICIPALITY)
@require_POST
def undo(request: UserRequest, pk: int, adoption: int) -> HttpResponse:
    """Take the last step of a municipality back."""
    row = practice_of(request, pk)
    found = get_object_or_404(
        Adoption.objects.select_related("municipality", "practice"), pk=adoption, practice=row
    )
    return undone(request, found, f"{row.get_desk_url()}#ledger")
