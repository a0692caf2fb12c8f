"""What the desk fills in about in-depth support: its goal, its steps, its end."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Channel, PlanResult, StepKind
from consultations.models import PlanStep, SupportPlan, SupportRequest
from consultations.requests.form_fields import MinutesField, MomentField
from consultations.support.actions import CHANNEL_OF
from core.forms.fields import DayField, LineField, PlainTextField, SeenField, choice_field

Row = SupportRequest | SupportPlan | PlanStep


class ActionForm(forms.Form):
    """What is said of a request, its plan or a step; it begins with what the `row` holds.

    `colleagues` returns those who may be asked to take a step.
    """

    def __init__(self, *args: Any, row: Row, colleagues: Callable[[], list[User]], **options: Any) -> None:
        options["initial"] = model_to_dict(row, fields=self.base_fields)
        super().__init__(*args, **options)
        self.row, self.colleagues = row, colleagues


class OpenPlanForm(ActionForm):
    """With what in-depth support begins."""

    goal = PlainTextField(
        label=_("What is to be reached"),
        max_length=2_000,
        rows=4,
        help_text=_("One or two sentences. Only colleagues read them."),
        error_messages={"required": _("Write what is to be reached.")},
    )


class VersionForm(ActionForm):
    """A step or plan as its reader saw it."""

    version = SeenField()


class ClosePlanForm(VersionForm):
    """How in-depth support ended."""

    result = forms.ChoiceField(
        label=_("How it ended"),
        choices=[("", _("choose")), *PlanResult.choices],
        error_messages={"required": _("Choose how it ended.")},
    )
    outcome = PlainTextField(label=_("What came of it"), max_length=5_000, rows=4, required=False)


class StepForm(ActionForm):
    """A step to be taken."""

    what = LineField(
        label=_("What is to be done"),
        max_length=200,
        error_messages={"required": _("Write what is to be done.")},
    )
    kind = forms.ChoiceField(label=_("Kind of step"), choices=StepKind.choices)
    who = forms.ModelChoiceField(label=_("Who takes it"), queryset=User.objects.staff(), empty_label=None)
    with_whom = LineField(label=_("With whom"), max_length=160, required=False)
    due_on = DayField(label=_("By when"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The page holds many of these forms; the people are fetched once.
        choice_field(self, "who").choices = [(person.pk, person.name) for person in self.colleagues()]


class ChangeStepForm(StepForm, VersionForm):
    """A planned step, put right."""


class FinishStepForm(VersionForm):
    """What came of a step."""

    row: PlanStep

    text = PlainTextField(
        label=_("What came of it"), max_length=20_000, rows=4, error_messages={"required": _("Write a text.")}
    )
    # A visit, a call or a training is written down only.
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[(one.value, one.label) for one in Channel if not one.is_carried]
    )
    took_place_at = MomentField()
    minutes = MinutesField()
    place = LineField(label=_("Place"), max_length=160, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["took_place_at"].initial = timezone.localtime
        if self.row.kind in CHANNEL_OF:
            self.fields["channel"].initial = CHANNEL_OF[StepKind(self.row.kind)]
            self.fields["text"].help_text = _("The requester reads it on their page, as with every contact.")
        else:
            del self.fields["channel"]
            self.fields["text"].help_text = _("Only colleagues read it.")


class DropStepForm(VersionForm):
    """Why a step will not be taken."""

    reason = LineField(
        label=_("Why"), max_length=300, error_messages={"required": _("Write why the step is dropped.")}
    )
