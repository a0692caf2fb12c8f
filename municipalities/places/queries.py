"""Reads of municipalities for pages: the register in pages, and who speaks for whom."""

from collections.abc import Sequence
from typing import Any

from django.core import paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.formats import number_format

from accounts.access import UserRequest
from accounts.models import Invitation
from municipalities.models import Membership, Municipality, MunicipalityQuerySet
from municipalities.places.successions import addresses

PER_PAGE = 25


class RegisterPage(paginator.Page):
    """One page of the register, as the pager shows it."""

    @property
    def count_label(self) -> str:
        """How many municipalities there are on all pages, in words."""
        return number_format(self.paginator.count, force_grouping=True)


def municipality_of(slug: str) -> Municipality:
    """Return the municipality of an address, with its region and who serves it; raises Http404."""
    rows = Municipality.objects.select_related("region", "served_by")
    return get_object_or_404(rows, slug=slug)


def register_page(rows: QuerySet[Any] | Sequence[Any], request: HttpRequest) -> RegisterPage:
    """Return the page of `rows` that the address asks for; whatever is none becomes the nearest one.

    There is at most one row for each municipality of the register.
    """
    # The register has some 6,000 rows and cannot grow, so all of it may be counted and reached by number.
    page = paginator.Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return RegisterPage(page.object_list, page.number, page.paginator)


def for_desk() -> MunicipalityQuerySet:
    """Return what the desk's list shows: municipalities with how many people speak for each today."""
    people = (
        Membership.objects.current()
        .filter(municipality_id=OuterRef("pk"))
        .order_by()
        .values("municipality_id")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Municipality.objects.for_list().annotate(people_count=Coalesce(Subquery(people), 0))


def open_invitations(municipality: Municipality) -> list[Invitation]:
    """Return the invitations to speak for a municipality that nobody has accepted yet."""
    return list(Invitation.objects.usable().filter(municipality_id=municipality.pk).order_by("-id"))


def own_municipalities(request: UserRequest) -> tuple[list[Municipality], Municipality | None]:
    """Return those that the reader speaks for, and the one that `?municipality=` chooses, else the first.

    Raises Http404 for one that they do not speak for.
    """
    own = list(Municipality.objects.spoken_for_by(request.user).for_list())
    slug = request.GET.get("municipality")
    chosen = next((row for row in own if slug in (row.slug, None, "")), None)
    if slug and chosen is None:
        raise Http404
    return own, chosen


def timeline_address(municipality: Municipality, reader: Any) -> str:
    """Return where somebody who may reads a municipality's timeline; "" for everybody else."""
    address = addresses([municipality], reader)[municipality.pk]
    return "" if address == municipality.get_absolute_url() else address
