"""How officials narrow down the list of their requests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.choices import State
from consultations.models import Contact
from consultations.models.request import SupportRequestQuerySet


class RequestFilterForm(forms.Form):
    """One filter: the state. What is no state is as if nothing were asked."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *State.choices], required=False)

    def chosen(self, rows: SupportRequestQuerySet) -> SupportRequestQuerySet:
        """Return those of `rows` that the filter asks for."""
        wanted = self.cleaned_data["state"] if self.is_valid() else ""
        # For a few seconds a request may bear a state that nobody has been told of.
        return rows.filter(state=wanted).exclude(contacts__in=Contact.objects.held()) if wanted else rows
