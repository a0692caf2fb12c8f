"""The filters of the lists of summaries, the public's and the desk's, as they stand in the address."""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import Audience, Topic
from consultations.models.summary import SEARCH_KIND, SummaryEditionQuerySet
from core import search
from core.audit.terms import asked_today
from core.documents.filters import DeskFilter
from municipalities.choices import Size
from municipalities.models import Region


class SummaryFilter(django_filters.FilterSet):
    """Published summaries by topic, audience and words."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"),
        queryset=Topic.objects.in_use(),
        to_field_name="slug",
        method="on_topic",
        empty_label=_("all topics"),
    )
    audience = django_filters.ModelChoiceFilter(
        label=_("For whom"),
        queryset=Audience.objects.in_use(),
        to_field_name="slug",
        method="for_audience",
        empty_label=_("everybody"),
    )
    size = django_filters.ChoiceFilter(
        label=_("Size of the municipality"), choices=Size.choices, empty_label=_("any size")
    )
    region = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("of the Czech Republic", "Region"),
        queryset=Region.objects.all(),
        to_field_name="slug",
        empty_label=_("all regions"),
    )

    def __init__(self, data: QueryDict, queryset: SummaryEditionQuerySet, **options: Any) -> None:
        super().__init__(asked_today(data, topic=Topic, audience=Audience), queryset, **options)

    def with_words(self, rows: SummaryEditionQuerySet, name: str, words: str) -> SummaryEditionQuerySet:
        return rows.filter(document_id__in=search.ids(words, kind=SEARCH_KIND, scope=search.PUBLIC))

    def on_topic(self, rows: SummaryEditionQuerySet, name: str, topic: Topic) -> SummaryEditionQuerySet:
        return rows.about(topic)

    def for_audience(
        self, rows: SummaryEditionQuerySet, name: str, audience: Audience
    ) -> SummaryEditionQuerySet:
        return rows.for_audience(audience.slug)


class DeskSummaryFilter(DeskFilter):
    """Editions of summaries at the desk, by their topic too."""

    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"), queryset=Topic.objects.in_use(), to_field_name="slug", empty_label=_("all topics")
    )
