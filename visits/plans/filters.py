"""The filter of the desk's list of visits, as it stands in the address."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.audit.terms import asked_today
from visits.choices import COMING, VisitState
from visits.models import Host, StudyVisit, Theme

COMING_UP = "coming"
ORDERS = {
    "newest": ("-position", "-pk"),
    "oldest": ("position", "pk"),
    "first_day": ("starts_on", "pk"),
    "-first_day": ("-starts_on", "-pk"),
    "state": ("state", "-position", "-pk"),
    "-state": ("-state", "-position", "-pk"),
}


class WordsFilter(django_filters.FilterSet):
    """Visits by words of their title, host, country, goals and topics."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    theme = django_filters.ModelChoiceFilter(
        field_name="themes",
        queryset=Theme.objects.in_use(),
        to_field_name="slug",
        label=pgettext_lazy("of visits", "Theme"),
        empty_label=_("all themes"),
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[StudyVisit], **options: Any) -> None:
        super().__init__(asked_today(data, theme=Theme), queryset, **options)

    def with_words(self, rows: Any, _name: str, words: str) -> Any:
        """Keep visits in which every word stands somewhere; they are few, so that no index is needed."""
        columns = ("title", "country", "goals", "places", "topics", "host_names")
        for word in words.replace("\x00", "").split()[:10]:
            found = Q(host__name__icontains=word) | Q(host__name_english__icontains=word)
            for column in columns:
                found |= Q(**{f"{column}_cs__icontains": word}) | Q(**{f"{column}_en__icontains": word})
            rows = rows.filter(found)
        return rows


class DeskVisitFilter(WordsFilter):
    """Visits at the desk, by state and host too."""

    state = django_filters.ChoiceFilter(
        choices=[(COMING_UP, _("not begun yet")), *VisitState.choices],
        method="in_state",
        label=_("State"),
        empty_label=_("all states"),
    )
    host = django_filters.ModelChoiceFilter(
        queryset=Host.objects.known(), to_field_name="slug", label=_("Host"), empty_label=_("all hosts")
    )

    def in_state(self, rows: Any, _name: str, wanted: str) -> Any:
        return rows.filter(state__in=COMING if wanted == COMING_UP else [wanted])


def ordered(rows: Any, key: str | None) -> Any:
    """Return visits in the order that an address asks for; newest first where it asks for none."""
    return rows.order_by(*ORDERS.get(key or "", ORDERS["newest"]))
