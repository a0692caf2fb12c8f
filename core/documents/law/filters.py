"""The filters of the desk's lists of law, as they stand in the address."""

from typing import Any

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents import care
from core.documents.kind import kinds
from core.documents.law.models import Provision, ProvisionChange, ProvisionQuerySet, RecheckQuerySet

MINE, NOBODYS = "mine", "nobody"
OPEN, SETTLED = "open", "settled"


def acts() -> list[tuple[str, str]]:
    """Return the acts of which provisions are known; what stands in none comes under its own heading."""
    rows = Provision.objects.in_use().exclude(act="").order_by("act").values_list("act", flat=True).distinct()
    return [(act, act) for act in rows]


class ProvisionFilter(django_filters.FilterSet):
    """Provisions by words and act; what was retired is shown when asked for."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    act = django_filters.ChoiceFilter(label=_("Act"), choices=acts, empty_label=_("all acts"))
    retired = django_filters.ChoiceFilter(
        label=_("State"),
        method="retired_too",
        choices=[("all", _("retired ones, too"))],
        empty_label=_("in use"),
    )

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("retired") else rows.in_use()

    def with_words(self, rows: ProvisionQuerySet, _name: str, words: str) -> ProvisionQuerySet:
        for word in words.split()[:10]:
            rows = rows.filter(Q(citation__icontains=word) | Q(act__icontains=word))
        return rows

    def retired_too(self, rows: ProvisionQuerySet, _name: str, _wanted: str) -> ProvisionQuerySet:
        return rows


def kind_choices() -> list[tuple[str, Any]]:
    """Return the kinds of texts by their names."""
    return [(kind.name, kind.wording.plural) for kind in kinds()]


def of_whom(reader: Any, who: str, prefix: str = "") -> Q:
    """Return the condition for what is looked after by whom the reader asks for."""
    if who == MINE:
        return care.looked_after_by(reader, prefix)
    return Q(**{f"{prefix}owner": None, f"{prefix}deputy": None}) if who else Q()


class ToCheckFilter(django_filters.FilterSet):
    """Texts to be checked: without a state, those that are still open."""

    who = django_filters.ChoiceFilter(
        label=_("Looked after by"),
        method="of_whom",
        choices=[(MINE, _("me, or whom I stand in for")), (NOBODYS, _("nobody"))],
        empty_label=_("anybody"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices, empty_label=_("all kinds"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[(SETTLED, pgettext_lazy("text", "settled"))],
        empty_label=_("to be checked"),
    )
    change = django_filters.ModelChoiceFilter(
        label=_("Change of law"),
        queryset=ProvisionChange.objects.select_related("provision"),
        empty_label=_("all changes"),
    )

    def __init__(self, data: QueryDict, queryset: RecheckQuerySet, *, reader: Any) -> None:
        self.reader = reader
        super().__init__(data, queryset)

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.open()

    def of_whom(self, rows: Any, _name: str, who: str) -> Any:
        return rows.filter(of_whom(self.reader, who))

    def in_state(self, rows: RecheckQuerySet, _name: str, _wanted: str) -> RecheckQuerySet:
        return rows.filter(settled_at__isnull=False)
