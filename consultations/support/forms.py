"""What the desk fills in about in-depth support: its goal, its steps, its end."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Channel, PlanResult, StepKind
from consultations.models import PlanStep
from consultations.requests.form_fields import MinutesField, MomentField
from consultations.support.actions import CHANNEL_OF
from core.forms.fields import DayField, LineField, PlainTextField, SeenField


class OpenPlanForm(forms.Form):
    """With what in-depth support begins."""

    goal = PlainTextField(
        label=_("What is to be reached"),
        max_length=2_000,
        rows=4,
        help_text=_("One or two sentences. Only colleagues read them."),
        error_messages={"required": _("Write what is to be reached.")},
    )


class VersionForm(forms.Form):
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


class StepForm(forms.Form):
    """A step to be taken. `colleagues` are those who may be asked to take it."""

    what = LineField(
        label=_("What is to be done"),
        max_length=200,
        error_messages={"required": _("Write what is to be done.")},
    )
    kind = forms.ChoiceField(label=_("Kind of step"), choices=StepKind.choices)
    who = forms.ModelChoiceField(label=_("Who takes it"), queryset=User.objects.none(), empty_label=None)
    with_whom = LineField(label=_("With whom"), max_length=160, required=False)
    due_on = DayField(label=_("By when"), required=False)

    def __init__(self, *args: Any, colleagues: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].queryset = User.objects.staff()
        # The page holds many of these forms; the people are fetched once.
        self.fields["who"].choices = [(person.pk, person.name) for person in colleagues]


class ChangeStepForm(StepForm, VersionForm):
    """A planned step, put right."""

    @staticmethod
    def initial_of(step: PlanStep) -> dict[str, Any]:
        """Return what the step holds now."""
        names = ("version", "what", "kind", "with_whom", "due_on")
        return {**{name: getattr(step, name) for name in names}, "who": step.who_id}


class FinishStepForm(VersionForm):
    """What came of a step."""

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

    def __init__(self, *args: Any, step: PlanStep, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["took_place_at"].initial = timezone.localtime
        if step.kind in CHANNEL_OF:
            self.fields["channel"].initial = CHANNEL_OF[StepKind(step.kind)]
            self.fields["text"].help_text = _("The requester reads it on their page, as with every contact.")
        else:
            del self.fields["channel"]
            self.fields["text"].help_text = _("Only colleagues read it.")


class DropStepForm(VersionForm):
    """Why a step will not be taken."""

    reason = LineField(
        label=_("Why"), max_length=300, error_messages={"required": _("Write why the step is dropped.")}
    )
