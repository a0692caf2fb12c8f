"""How far one's municipalities are with practices: the ledger, marked and undone."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from municipalities.models import Adoption, Municipality
from municipalities.places.queries import own_municipalities
from municipalities.practices.forms.adoptions import AdoptionForm
from municipalities.practices.queries import taken_by
from municipalities.practices.views.adoptions import marked, published_of, undone


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def adoptions(request: UserRequest) -> HttpResponse:
    """What one's municipality has taken up, and how far it is; `?municipality=` says which."""
    own, chosen = own_municipalities(request)
    # What was begun last stands first.
    page = page_of(Adoption.objects.filter(municipality=chosen).for_page().order_by("-pk"), request)
    context = {"municipalities": own, "municipality": chosen, "page": page, "taken": taken_by(page.items)}
    return render(request, "municipalities/practices/my_adoptions.html", context)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def mark(request: UserRequest, pk: int) -> HttpResponse:
    """Say how far one's municipality is with a practice; `?municipality=` says which."""
    edition = published_of(pk)
    own, chosen = own_municipalities(request)
    if chosen is None:
        context = {"edition": edition, "municipalities": own, "municipality": None}
        return render(request, "municipalities/practices/my_mark_nobody.html", context)
    to = _back_to(chosen, pk)
    return marked(
        request,
        edition,
        chosen,
        AdoptionForm,
        template="municipalities/practices/my_mark.html",
        to=to,
        municipalities=own,
    )


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def undo(request: UserRequest, pk: int) -> HttpResponse:
    """Take the last step of one's own ledger back."""
    own = Municipality.objects.spoken_for_by(request.user)
    rows = Adoption.objects.filter(municipality__in=own).select_related("municipality", "practice")
    adoption = get_object_or_404(rows, pk=pk)
    return undone(request, adoption, _back_to(adoption.municipality, adoption.practice_id))


def _back_to(municipality: Municipality, practice: int) -> str:
    return f"{reverse('my-adoptions')}?municipality={municipality.slug}#practice-{practice}"
