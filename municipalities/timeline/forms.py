"""Which part of a timeline is shown."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from municipalities.hooks import timeline_kinds
from municipalities.timeline.queries import all_years


class TimelineForm(forms.Form):
    """Which part of a timeline is shown: of which kind, and of which year."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    year = forms.ChoiceField(label=capfirst(_("year")), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Which years hold something is not asked: that would cost more than the page itself.
        years = [(str(year), str(year)) for year in reversed(all_years())]
        self.fields["kind"].choices = [("", _("everything")), *timeline_kinds().items()]
        self.fields["year"].choices = [("", _("all years")), *years]

    @property
    def narrows(self) -> bool:
        return any(self.wanted().values())

    def wanted(self) -> dict[str, Any]:
        """Return `kind` and `year` for queries.page(); what the address says wrongly counts as not said."""
        self.is_valid()
        year = self.cleaned_data.get("year")
        return {"kind": self.cleaned_data.get("kind", ""), "year": int(year) if year else None}
