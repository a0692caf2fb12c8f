"""Which part of a timeline is shown."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities import timeline


class TimelineForm(forms.Form):
    """Which part of a timeline is shown; it offers the years that something is told of."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = sorted({*years, *self._asked()}, reverse=True)
        self.fields["kind"].choices = [("", _("everything")), *timeline.kinds().items()]
        self.fields["year"].choices = [("", _("all years")), *((str(year), str(year)) for year in offered)]

    def _asked(self) -> list[int]:
        """The year that the address names, so that an empty one is said to be empty."""
        return [year for year in timeline.all_years() if str(year) == self.data.get("year")]

    def wanted(self) -> dict[str, Any]:
        """Return `kind` and `year` for timeline.page(); what the address says wrongly counts as not said."""
        self.is_valid()
        year = self.cleaned_data.get("year")
        return {"kind": self.cleaned_data.get("kind", ""), "year": int(year) if year else None}
