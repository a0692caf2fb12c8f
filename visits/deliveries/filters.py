"""Filters of the list of deliveries, kept in the address."""

import django_filters
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from visits.choices import DeliveryState
from visits.models import Delivery, StudyVisit
from visits.models.delivery import DeliveryQuerySet

OF_DESK = "desk"


def _state(rows: DeliveryQuerySet, _name: str, state: str) -> DeliveryQuerySet:
    return rows.for_desk() if state == OF_DESK else rows.filter(state=state)


def _named(rows: DeliveryQuerySet, _name: str, words: str) -> DeliveryQuerySet:
    return rows.filter(municipality__in=Municipality.objects.named(words).order_by())


class DeliveryFilter(django_filters.FilterSet):
    """By state, by visit and by the first letters of a municipality's name."""

    state = django_filters.ChoiceFilter(
        choices=[(OF_DESK, _("waits for us")), *DeliveryState.choices],
        method=_state,
        label=_("State"),
        empty_label=_("all states"),
    )
    visit = django_filters.ModelChoiceFilter(
        queryset=StudyVisit.objects.filter(report__isnull=False).order_by("-position"),
        field_name="report__visit",
        to_field_name="slug",
        label=_("Study visit"),
        empty_label=_("all visits"),
    )
    municipality = django_filters.CharFilter(
        method=_named, label=_("Municipality begins with"), max_length=80
    )

    class Meta:
        model = Delivery
        fields: list[str] = []
