"""For what time, municipality and consultant the sums of time are asked."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import STAFF_ROLES
from core.forms.fields import DayField
from municipalities.places.picker import MunicipalityField

# Sums are made of all contacts between the two days, so these cannot lie any distance apart.
MOST_DAYS = 3 * 366
YEARS = range(2000, 2101)


class TimeForm(forms.Form):
    """What the address asks for; what it says wrongly or not at all is this month and everybody."""

    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)
    municipality = MunicipalityField(required=False)
    consultant = forms.ModelChoiceField(
        label=_("Consultant"),
        queryset=User.objects.filter(role__in=STAFF_ROLES).order_by("name", "pk"),
        required=False,
        empty_label=_("everybody"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].help_text = ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = _days(self.cleaned_data)
        if since.year not in YEARS or until.year not in YEARS:
            self.add_error("until", _("Choose days of this century."))
        elif since > until:
            self.add_error("until", _("The last day lies before the first one."))
        elif until - since > timedelta(days=MOST_DAYS):
            self.add_error("until", _("Choose at most three years."))
        return self.cleaned_data

    def choice(self) -> dict[str, Any]:
        """Return what is asked for, as far as it is understood."""
        since, until = _days(self.cleaned_data if self.is_valid() else {})
        who = {name: self.cleaned_data.get(name) for name in ("municipality", "consultant")}
        return {"since": since, "until": until, **who}


def _days(said: dict[str, Any]) -> tuple[date, date]:
    until = said.get("until") or timezone.localdate()
    return said.get("since") or until.replace(day=1), until
