"""Filters of the lists of municipalities and of their returns, kept in the address."""

from functools import partial

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.choices import Approach, ReturnState, Size
from municipalities.models import Membership, MunicipalityQuerySet, Region

Checkbox = partial(django_filters.BooleanFilter, widget=forms.CheckboxInput)


def spoken_for(rows: MunicipalityQuerySet) -> MunicipalityQuerySet:
    """Return those that somebody speaks for today."""
    return rows.filter(pk__in=Membership.objects.current().values("municipality_id"))


class MunicipalityFilter(django_filters.FilterSet):
    """By the first letters of the name, by region and by class of size."""

    q = django_filters.CharFilter(
        method=lambda rows, _name, words: rows.named(words), label=_("Name begins with"), max_length=80
    )
    region = django_filters.ModelChoiceFilter(
        queryset=Region.objects.all(),
        to_field_name="slug",
        label=pgettext_lazy("of the Czech Republic", "Region"),
        empty_label=_("all regions"),
    )
    size = django_filters.ChoiceFilter(
        choices=Size.choices,
        method=lambda rows, _name, size: rows.of_size(size),
        label=_("Size"),
        empty_label=_("all sizes"),
    )
    former = Checkbox(
        method=lambda rows, _name, wanted: rows if wanted else rows.existing(),
        label=_("Also those that no longer exist"),
    )


class PublicMunicipalityFilter(MunicipalityFilter):
    """The same for everybody, who also look for what a programme works with; the map follows it."""

    approach = django_filters.ChoiceFilter(
        choices=Approach.choices,
        method=lambda rows, _name, approach: rows.working_with(approach),
        label=_("Approach"),
        empty_label=_("all approaches"),
    )
    pilot = Checkbox(
        method=lambda rows, _name, wanted: rows.pilots() if wanted else rows,
        label=_("Only municipalities of the project"),
    )

    @property
    def chosen(self) -> dict[str, str]:
        given = {name: self.data.get(name, "") for name in self.form.fields}
        return {name: text for name, text in given.items() if text and name not in self.form.errors}


class DeskMunicipalityFilter(MunicipalityFilter):
    """The same for the desk, and by whether somebody speaks for the municipality."""

    people = Checkbox(
        method=lambda rows, _name, wanted: spoken_for(rows) if wanted else rows, label=_("Only with people")
    )


class ReturnFilter(django_filters.FilterSet):
    """The returns of a period: by their state, and those that are late."""

    state = django_filters.ChoiceFilter(
        choices=ReturnState.choices, label=_("State"), empty_label=_("all states")
    )
    late = Checkbox(
        method=lambda rows, _name, wanted: rows.late() if wanted else rows,
        label=_("Only those that are late"),
    )
