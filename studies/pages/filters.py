"""The filters of the public list of materials, as they stand in the address."""

from typing import Any

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import capfirst, slugify
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.audit.terms import asked_today
from studies.choices import Kind, Language, PlanState
from studies.models import Audience, Material, MaterialQuerySet

# The kinds that materials have; the others are of the library's documents.
KINDS = (Kind.ANALYSIS, Kind.MANUAL, Kind.HANDBOOK, Kind.STUDY)


class Topics:
    """The topics that materials name, each under a name for addresses made of its Czech words."""

    def __init__(self) -> None:
        self._materials: dict[str, set[int]] = {}
        self._names: dict[str, str] = {}
        rows = Material.objects.published().values_list("pk", "topics_cs", "topics_en").order_by("pk")
        is_english = (get_language() or "").startswith("en")
        for pk, czech, english in rows:
            # The two lists say the same in the same order, where both are there.
            is_paired = is_english and english and len(english) == len(czech)
            for word, name in zip(czech, english if is_paired else czech, strict=True):
                # What is written without a letter or a number has no name for addresses.
                if not (key := slugify(word)):
                    continue
                self._materials.setdefault(key, set()).add(pk)
                self._names.setdefault(key, name)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The topics by their names in the reader's language."""
        return sorted(self._names.items(), key=lambda topic: topic[1].casefold())

    def materials_of(self, key: str) -> set[int]:
        return self._materials.get(key, set())


class MaterialFilter(django_filters.FilterSet):
    """Materials by whom they are for, what they are about, what they are, and how far they are.

    All hold together; what is unknown is left out.
    """

    audience = django_filters.ModelChoiceFilter(
        label=_("For whom"),
        queryset=Audience.objects.in_use(),
        to_field_name="slug",
        empty_label=_("all audiences"),
    )
    topic = django_filters.ChoiceFilter(
        label=_("Topic"), empty_label=_("all topics"), choices=[], method="on_topic"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), empty_label=_("all kinds"), choices=[(kind.value, kind.label) for kind in KINDS]
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("all states"), choices=PlanState.choices
    )
    year = django_filters.ChoiceFilter(
        label=capfirst(_("year")), empty_label=_("all years"), choices=[], method="in_year"
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"),
        empty_label=pgettext_lazy("of materials", "all languages"),
        choices=Language.choices,
    )

    def __init__(self, data: QueryDict, queryset: MaterialQuerySet, **options: Any) -> None:
        super().__init__(asked_today(data, audience=Audience), queryset, **options)
        self.topics = Topics()
        self.filters["topic"].extra["choices"] = self.topics.choices
        self.filters["year"].extra["choices"] = _years()

    def on_topic(self, rows: Any, _name: str, key: str) -> Any:
        return rows.filter(pk__in=self.topics.materials_of(key))

    def in_year(self, rows: Any, _name: str, year: str) -> Any:
        """Keep what came out, or was last changed, in a year."""
        return rows.filter(Q(year=year) | Q(updated_on__year=year))


def _years() -> list[tuple[str, str]]:
    rows = Material.objects.published().order_by().values_list("year", "updated_on__year").distinct()
    years = {year for row in rows for year in row if year}
    return [(str(year), str(year)) for year in sorted(years, reverse=True)]
