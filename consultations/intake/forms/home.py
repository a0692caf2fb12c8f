"""When somebody loses their home, as whoever asks is asked."""

from datetime import date
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from consultations.choices import HomeLoss
from consultations.intake.urgency import speaks_of_losing_home
from consultations.requests.clock import rule
from consultations.requests.form_fields import HomeForm
from core.forms.fields import DayField

HOME = Field("home_loss", template="consultations/intake/home_loss.html")
ASK_WHEN = _(
    "From what you write, somebody may lose their home. When? Then we answer sooner. "
    "If it is not so, send the form once more as it is."
)


class HomeQuestion(HomeForm):
    """When they lose their home; asked once more where only their words say that they do."""

    data: MultiValueDict[str, Any]

    home_loss = forms.ChoiceField(
        label=_("When do you lose your home?"),
        choices=[
            ("", _("I am not losing my home")),
            (HomeLoss.LOST, _("I have no home already")),
            (HomeLoss.DAYS, _("within a few days")),
            (HomeLoss.MONTH, HomeLoss.MONTH.label),
            (HomeLoss.LATER, HomeLoss.LATER.label),
            (HomeLoss.UNKNOWN, _("I do not know")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    home_at_risk_by = DayField(
        label=_("On which day?"), help_text=_("Leave it empty if you do not know."), required=False
    )
    # The form came back once, since the text spoke of losing a home.
    home_asked = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["home_loss"].help_text = rule()

    def clean_home_at_risk_by(self) -> date | None:
        """Return the day on which they will lose the home."""
        day = super().clean_home_at_risk_by()
        if day and day < timezone.localdate():
            raise ValidationError(
                _("This day has passed. Write one that is still to come, or choose that you have no home.")
            )
        return day

    def ask_when_home_is_lost(self) -> None:
        """Ask who speaks of losing a home, and does not say when; once, since it may not be so."""
        said = self.cleaned_data
        if said.get("home_loss") or "home_loss" in self.errors:
            return
        if said.get("home_at_risk_by"):
            self.add_error(
                "home_loss", _("You wrote a day. Choose when you lose your home, or delete the day.")
            )
        elif not said.get("home_asked") and speaks_of_losing_home(
            said.get("subject", ""), said.get("text", "")
        ):
            self.data = self.data.copy()
            self.data["home_asked"] = "1"
            self.add_error("home_loss", ASK_WHEN)

    @property
    def speaks_of_home(self) -> bool:
        """Whether who fills it in has said, here or on the page before, that they lose their home."""
        return bool(self["home_loss"].value())
