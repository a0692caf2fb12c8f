"""The filters of the public list of visits, as they stand in the address."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from visits.choices import COMING
from visits.models import Host
from visits.plans.filters import WordsFilter

TO_COME, OVER = "coming", "over"


def _countries() -> list[tuple[str, str]]:
    """Return the countries that hosts are in, by their codes."""
    return list({host.country_code: host.country for host in Host.objects.for_list()}.items())


class VisitFilter(WordsFilter):
    """Visits by words, country, theme, whether they are to come, and whether their report can be read."""

    country = django_filters.ChoiceFilter(
        choices=[], method="in_country", label=_("Country"), empty_label=_("all countries")
    )
    when = django_filters.ChoiceFilter(
        choices=[(TO_COME, _("to come")), (OVER, _("over"))],
        method="at_time",
        label=_("When"),
        empty_label=_("any time"),
    )

    report = django_filters.BooleanFilter(
        label=_("With a report"), method="with_report", widget=forms.CheckboxInput
    )

    def __init__(self, data: QueryDict, queryset: Any, **options: Any) -> None:
        super().__init__(data, queryset, **options)
        self.filters["country"].extra["choices"] = _countries()

    def in_country(self, rows: Any, _name: str, code: str) -> Any:
        """Keep visits to hosts there; one to somebody who is no partner goes by the country's name."""
        names = Host.objects.filter(country_code=code).values("country_cs")
        return rows.filter(Q(host__country_code=code) | Q(country_cs__in=names))

    def with_report(self, rows: Any, _name: str, wanted: bool) -> Any:
        """Keep visits of for_readers() whose report everybody can read."""
        return rows.filter(has_report=True) if wanted else rows

    def at_time(self, rows: Any, _name: str, wanted: str) -> Any:
        return rows.filter(state__in=COMING) if wanted == TO_COME else rows.exclude(state__in=COMING)
