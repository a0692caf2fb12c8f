"""What a consultant asks another municipality, what its officials send back, and how often they help."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.experts.forms import WORKING_DAYS, DeclineForm
from consultations.models import SupportRequest
from consultations.models.peer import LONGEST_WORDS
from consultations.peers.actions import find_hits, sentence
from consultations.peers.queries import askers_of
from core.detector.finds import Find, Kind
from core.detector.forms import CheckedForm
from core.forms.fields import DayField, LineField, PlainTextField, SeenField
from core.forms.layouts import sent_by
from core.schedule import add_working_days
from municipalities.choices import Approach
from municipalities.models import Municipality
from municipalities.places.actions import MOST_A_MONTH


class ApproachForm(forms.Form):
    """Which experience one looks for; kept in the address."""

    approach = forms.ChoiceField(
        label=_("Approach"), choices=[("", _("all approaches")), *Approach.choices], required=False
    )

    def wanted(self) -> str | None:
        """Return what was chosen, "" for all, None where nothing was asked."""
        if "approach" not in self.data:
            return None
        return self.cleaned_data["approach"] if self.is_valid() else ""


class PeerForm(CheckedForm):
    """A question to a municipality, written anew and checked before it is sent."""

    question = PlainTextField(
        label=_("Question for the colleagues"),
        max_length=LONGEST_WORDS,
        rows=9,
        error_messages={"required": _("Write the question.")},
        help_text=_(
            "Write it anew, for colleagues who do not know the case: without names, addresses, numbers "
            "and places that could tell who asks."
        ),
    )
    names_municipality = forms.BooleanField(
        label=_("The requester agreed that their municipality is named"), required=False
    )
    consent = LineField(
        label=_("How and when they agreed"),
        max_length=300,
        required=False,
        help_text=_("Only with the box above. For example: by phone on 24 November, the social department."),
    )
    due_on = DayField(label=_("Answer asked by"))

    checked = ("question",)

    def __init__(self, *args: Any, case: SupportRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case
        self.initial.setdefault("due_on", add_working_days(timezone.localdate(), WORKING_DAYS))
        if not askers_of(case):
            del self.fields["names_municipality"], self.fields["consent"]
        self.look_through()

    def find(self, texts: dict[str, str]) -> list[Find]:
        return find_hits(self.case, texts["question"], may_name=self._is_named())

    def may_keep(self, one: Find) -> bool:
        """The municipality is named with a consent only."""
        return one.kind != Kind.PLACE

    def sentence(self, one: Find) -> str:
        return sentence(one)

    def _is_named(self) -> bool:
        return "names_municipality" in self.fields and bool(self.data.get("names_municipality"))

    def clean(self) -> dict[str, Any]:
        """Every find is removed, or ticked with a reason; the municipality is named with a consent only."""
        cleaned = super().clean()
        if cleaned.get("names_municipality") and not cleaned.get("consent"):
            self.add_error("consent", _("Write how and when they agreed."))
        due = cleaned.get("due_on")
        if due and due <= timezone.localdate():
            self.add_error("due_on", _("Choose a day that is still to come."))
        return cleaned

    @property
    def helper(self) -> FormHelper:
        consent = [Div("names_municipality", "consent")] if "consent" in self.fields else []
        fields = ("question", *self.keeping_layout(), *consent, "due_on")
        return sent_by("ask", _("Ask the municipality"), *fields)

    @property
    def words(self) -> dict[str, Any]:
        """What was written, as the verb takes it."""
        said = {name: self.cleaned_data[name] for name in ("question", "due_on")}
        consent = self.cleaned_data["consent"] if self.cleaned_data.get("names_municipality") else ""
        return {**said, "kept_finds": self.kept_finds, "consent": consent}


class HelpAnswerForm(forms.Form):
    """What a municipality's official answers."""

    version = SeenField()
    text = PlainTextField(
        label=_("Your answer"),
        max_length=LONGEST_WORDS,
        rows=10,
        error_messages={"required": _("Write your answer.")},
        help_text=_("How you did it, what it needed, what did not work. No names of people, please."),
    )

    @property
    def helper(self) -> FormHelper:
        return sent_by("answer", _("Send the answer"))


class HelpDeclineForm(DeclineForm):
    """Why a municipality does not answer."""

    button = _("We will not answer")
    version = SeenField()


class HelpLimitForm(forms.Form):
    """How many questions of others a month a municipality takes."""

    limit = forms.IntegerField(
        label=_("Questions a month"),
        min_value=0,
        max_value=MOST_A_MONTH,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a number from 0 to 20.")
        ),
        help_text=_("From 0 to 20. With 0 nobody asks you."),
    )

    @classmethod
    def of(cls, row: Municipality, data: Any = None) -> "HelpLimitForm":
        """Return the form of one municipality, of those on its page."""
        return cls(data, initial={"limit": row.help_limit}, auto_id=f"id_{row.slug}_%s")
