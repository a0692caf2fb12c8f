"""What is compared: indicators, years, municipalities. All of it stands in the address."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import DayField
from municipalities.choices import Approach, Size
from municipalities.figures.queries import end_of
from municipalities.models import Indicator, Municipality, MunicipalityQuerySet, Region
from municipalities.places.picker import MunicipalityField

MOST_INDICATORS, MOST_YEARS, MOST_OTHERS = 10, 10, 40
FIRST_YEAR, LAST_YEAR = 1990, 2100
PER_THOUSAND = "1000"
SLUG = re.compile(r"[a-z0-9-]{1,80}")


class _YearField(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, **options)
        self.widget.attrs["inputmode"] = "numeric"


class ComparisonForm(forms.Form):
    """The choice of what is compared; whatever is wrong is said beside its field and left out."""

    indicator = forms.MultipleChoiceField(
        label=_("What is compared"), required=False, widget=forms.CheckboxSelectMultiple
    )
    since = _YearField(label=_("From the year"))
    until = _YearField(label=_("To the year"))
    per = forms.ChoiceField(
        label=_("Numbers"),
        required=False,
        choices=[("", _("as they are")), (PER_THOUSAND, _("per 1,000 inhabitants"))],
    )
    approach = forms.ChoiceField(
        label=_("Approach"), required=False, choices=[("", _("all approaches")), *Approach.choices]
    )
    size = forms.ChoiceField(label=_("Size"), required=False, choices=[("", _("all sizes")), *Size.choices])
    region = forms.ModelChoiceField(
        Region.objects.all(),
        label=pgettext_lazy("of the Czech Republic", "Region"),
        required=False,
        to_field_name="slug",
        empty_label=_("all regions"),
    )
    known = DayField(
        label=_("As known on"),
        required=False,
        help_text=_("Empty means today. Values corrected since then stand here as they were."),
    )
    alone = forms.BooleanField(label=_("Leave out the sixteen of the project"), required=False)
    add = MunicipalityField(label=_("Add a municipality"), required=False)

    def __init__(self, data: QueryDict) -> None:
        self.indicators = list(Indicator.objects.in_use())
        if self.indicators and "indicator" not in data:
            # What is shown unless somebody chooses is ticked, too.
            data = data.copy()
            data["indicator"] = self.indicators[0].slug
        super().__init__(data)
        self.fields["indicator"].choices = [(row.slug, row.name) for row in self.indicators]
        self.full_clean()

    def clean_indicator(self) -> list[str]:
        slugs = self.cleaned_data["indicator"]
        if len(slugs) > MOST_INDICATORS:
            message = _("Choose at most %(count)s.")
            raise forms.ValidationError(message, params={"count": MOST_INDICATORS})
        return slugs

    def clean_known(self) -> date | None:
        """A day to come is today."""
        day = self.cleaned_data["known"]
        return day if day and day < timezone.localdate() else None

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last year is before the first one."))
        if self.cleaned_data.get("add") and len(self.others) >= MOST_OTHERS:
            message = _("At most %(count)s municipalities can be added. Take one away first.")
            self.add_error("add", forms.ValidationError(message, params={"count": MOST_OTHERS}))
        return self.cleaned_data

    def given(self, name: str) -> Any:
        """Return a clean value, or None where nothing sound was given."""
        return self.cleaned_data.get(name) or None

    @cached_property
    def chosen_indicators(self) -> list[Indicator]:
        """The indicators asked for, else the first of the list."""
        slugs = self.given("indicator") or []
        return [row for row in self.indicators if row.slug in slugs] or self.indicators[:1]

    @cached_property
    def others(self) -> list[Municipality]:
        """The municipalities named in the address beside the sixteen; what is no municipality is left out."""
        named = dict.fromkeys(slug for slug in self.data.getlist("place") if SLUG.fullmatch(slug))
        slugs = list(named)[:MOST_OTHERS]
        return list(Municipality.objects.filter(slug__in=slugs).for_list()) if slugs else []

    def pilots(self) -> MunicipalityQuerySet:
        """Return those of the sixteen that fit the approach, the size and the region."""
        rows = Municipality.objects.pilots()
        if self.given("alone"):
            return rows.none()
        if self.given("approach"):
            rows = rows.working_with(self.given("approach"))
        if self.given("size"):
            rows = rows.of_size(self.given("size"))
        if self.given("region"):
            rows = rows.filter(region=self.given("region"))
        return rows

    @property
    def moment(self) -> datetime:
        day = self.given("known")
        return end_of(day) if day else timezone.now()

    @property
    def per_thousand(self) -> bool:
        return self.given("per") == PER_THOUSAND

    def tidy(self) -> QueryDict:
        """Return the address without what is empty or wrong; what was added stands among the others."""
        query = QueryDict(mutable=True)
        for name in self.fields:
            if name != "add" and self.given(name) is not None:
                query.setlist(name, [value for value in self.data.getlist(name) if value])
        slugs = [row.slug for row in self.others]
        if self.given("add"):
            slugs.append(self.given("add").slug)
        query.setlist("place", list(dict.fromkeys(slugs)))
        return query
