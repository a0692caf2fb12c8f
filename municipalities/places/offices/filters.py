"""Filters of the desk's list of offices, kept in the address."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.choices import OfficeKind
from municipalities.models import Municipality, Region
from municipalities.models.office import OfficeQuerySet
from municipalities.places.filters import Checkbox

# What the heads of the list sort by.
ORDERS = {
    "place": ("municipality__name", "kind", "pk"),
    "kind": ("kind", "municipality__name", "pk"),
    "checked": ("checked_at", "municipality__name", "pk"),
}


def named(rows: OfficeQuerySet, _name: str, words: str) -> OfficeQuerySet:
    """Return offices whose name holds the words, or whose municipality begins with them."""
    places = Municipality.objects.named(words)
    return rows.filter(Q(name__icontains=words) | Q(municipality__in=places.order_by().values("pk")))


class OfficeFilter(django_filters.FilterSet):
    """By words, kind and region, and those with which something is to be done."""

    q = django_filters.CharFilter(method=named, label=_("Municipality or office"), max_length=80)
    kind = django_filters.ChoiceFilter(
        choices=OfficeKind.choices, label=pgettext_lazy("office", "Kind"), empty_label=_("all kinds")
    )
    region = django_filters.ModelChoiceFilter(
        field_name="municipality__region",
        queryset=Region.objects.all(),
        to_field_name="slug",
        label=pgettext_lazy("of the Czech Republic", "Region"),
        empty_label=_("all regions"),
    )
    unchecked = Checkbox(
        method=lambda rows, _name, wanted: rows.filter(checked_at=None) if wanted else rows,
        label=_("Checked by nobody"),
    )
    without_phone = Checkbox(
        method=lambda rows, _name, wanted: rows.filter(phone="") if wanted else rows,
        label=_("Without a phone number"),
    )
    reported = Checkbox(
        method=lambda rows, _name, wanted: rows.filter(is_reported=True) if wanted else rows,
        label=_("Reported by visitors"),
    )
    closed = Checkbox(
        method=lambda rows, _name, wanted: rows if wanted else rows.open(), label=_("Also closed ones")
    )


def in_order(rows: OfficeQuerySet, sort: str) -> OfficeQuerySet:
    """Return rows in the order that a head asks for: "kind", or "-kind" the other way round."""
    columns = ORDERS.get(sort.removeprefix("-"), ORDERS["place"])
    if not sort.startswith("-"):
        return rows.order_by(*columns)
    return rows.order_by(f"-{columns[0]}", *columns[1:])
