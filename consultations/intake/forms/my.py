"""How officials narrow down the list of their requests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.choices import State
from consultations.models.request import SupportRequestQuerySet


class RequestFilterForm(forms.Form):
    """One filter: the state. What is no state is as if nothing were asked."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *State.choices], required=False)

    def chosen(self, rows: SupportRequestQuerySet) -> SupportRequestQuerySet:
        """Return those of `rows` that the filter asks for."""
        wanted = self.cleaned_data["state"] if self.is_valid() else ""
        return rows.filter(state=wanted) if wanted else rows
