"""What the desk fills in: answers, questions, notes, calls, and what is kept about a request."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import (
    HomeOutcome,
    Priority,
    RequesterKind,
)
from consultations.models import EthosGroup, SupportRequest, TargetGroup, Topic
from consultations.requests.actions.details import ON_PERSON, ON_REQUEST
from consultations.requests.form_fields import HomeForm, desk_helper
from core.forms.fields import (
    DayField,
    LineField,
    MailField,
    PhoneField,
    PlainTextField,
    SeenField,
)
from core.forms.own_words import TermField, TermsField
from municipalities.places.picker import MunicipalityField

# What a form carries to say what its writer saw.
SEEN = ("version", "seen", "draft_version")


class SeenForm(forms.Form):
    """A form about a request as its reader saw it, told by `version` and by `seen`, the last contact."""

    # With which column of the request a field begins.
    columns = {"version": "version"}

    version = SeenField()
    seen = SeenField(required=False)

    def __init__(self, *args: Any, case: SupportRequest, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case, self.reader = case, reader
        for field, column in self.columns.items():
            self.fields[field].initial = getattr(case, column)

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, without what tells which request and draft its writer saw."""
        return {name: value for name, value in self.cleaned_data.items() if name not in SEEN}


def verb_url(name: str, case: SupportRequest) -> str:
    """Return where a verb is done to a request."""
    return reverse(f"desk-request-{name}", args=[case.reference])


class OutcomeForm(SeenForm):
    """What became of a home."""

    columns = {**SeenForm.columns, "outcome": "home_outcome"}

    outcome = forms.ChoiceField(
        label=_("What became of the home?"),
        choices=[("", _("choose")), *HomeOutcome.choices],
        error_messages={"required": _("Choose what became of the home.")},
    )


class AssignForm(SeenForm):
    """Who is to have the request."""

    columns = {**SeenForm.columns, "to": "assignee_id"}

    to = forms.ModelChoiceField(label=_("Assign to"), queryset=User.objects.staff())


class SnoozeForm(SeenForm):
    """Until when a request is put aside, and why."""

    until = DayField(label=_("Come back to it on"), error_messages={"required": _("Choose the day.")})
    reason = LineField(
        label=_("Why"),
        max_length=SupportRequest._meta.get_field("snooze_reason").max_length,
        help_text=_("For colleagues. For example: waits for the committee of the municipality."),
        error_messages={"required": _("Write why, so that colleagues understand it, too.")},
    )


class ReferForm(SeenForm):
    """To whom the request is passed on."""

    to = LineField(
        label=_("To whom"),
        max_length=200,
        help_text=_("The requester reads it on their page."),
        error_messages={"required": _("Write to whom the request is referred.")},
    )


class DuplicateForm(SeenForm):
    """Which request was first."""

    of = LineField(
        label=_("Reference of the first one"),
        max_length=30,
        help_text=_("For example SH-2026-000001."),
        error_messages={"required": _("Write the reference of the request that came first.")},
    )

    def clean_of(self) -> SupportRequest:
        """Return the request with this reference; raises ValidationError when there is none."""
        visible = SupportRequest.objects.visible_to(self.reader)
        found = visible.with_reference(self.cleaned_data["of"]).first()
        if found is None:
            raise ValidationError(_("There is no request with this reference."))
        return found


class SensitiveNoteForm(SeenForm):
    """What only few may read."""

    columns = {**SeenForm.columns, "note": "sensitive_note"}

    note = PlainTextField(label=_("Sensitive note"), max_length=5_000, rows=4, required=False)


class ReachForm(SeenForm):
    """How somebody is reached."""

    name = LineField(label=_("Name"), max_length=120, required=False)
    email = MailField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    organisation = LineField(label=_("Organisation"), max_length=160, required=False)


class ParticipantForm(ReachForm):
    """Somebody else who belongs to a request."""

    relation = LineField(
        label=_("Relation"),
        max_length=80,
        required=False,
        help_text=_("For example daughter, social worker."),
    )


def _ticked(label: Promise, rows: QuerySet[Topic] | QuerySet[TargetGroup]) -> TermsField:
    widget = forms.CheckboxSelectMultiple
    return TermsField(label=label, queryset=rows, to_field_name="slug", required=False, widget=widget)


class DetailsForm(HomeForm, ReachForm):
    """All that may be put right about a request."""

    columns = {name: name for name in ["version", *ON_REQUEST]}
    field_order = ["subject", "municipality"]

    subject = LineField(label=_("Subject"), max_length=160)
    topic = TermField(
        label=_("Topic"), queryset=Topic.objects.in_use(), required=False, empty_label=_("not known")
    )
    other_topics = _ticked(_("Other topics"), Topic.objects.in_use())
    municipality = MunicipalityField(required=False)
    target_groups = _ticked(_("Target groups"), TargetGroup.objects.in_use())
    ethos = forms.ModelChoiceField(
        label=_("ETHOS group"), queryset=EthosGroup.objects.all(), required=False, empty_label=_("not known")
    )
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    requester_kind = forms.ChoiceField(label=_("Kind of requester"), choices=RequesterKind.choices)
    salutation = LineField(
        label=_("How they are addressed"),
        max_length=120,
        required=False,
        help_text=_("In Czech, for example Vážená paní Nováková. Without it we begin with Dobrý den."),
    )
    link_only = forms.BooleanField(
        label=_("Send a link only"),
        required=False,
        help_text=_("Mail will not hold the answer, only the way to it. For a mailbox that others read."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ON_PERSON:
            self.fields[name].initial = getattr(self.case.requester, name)
        topics, groups = self.case.other_topics.all(), self.case.target_groups.all()
        self.fields["other_topics"].initial, self.fields["target_groups"].initial = topics, groups
        # What a request has stays on offer, retired or not.
        offered = {
            "topic": Topic.objects.in_use(self.case.topic_id),
            "other_topics": Topic.objects.in_use(*(topic.pk for topic in topics)),
            "target_groups": TargetGroup.objects.in_use(*(group.pk for group in groups)),
        }
        for name, rows in offered.items():
            field: Any = self.fields[name]
            field.queryset = rows

    @property
    def helper(self) -> FormHelper:
        return desk_helper(
            "",
            "version",
            "seen",
            Fieldset(
                _("What it is about"),
                "subject",
                Field("municipality", template="components/combobox.html"),
                Div("home_loss", "home_at_risk_by", css_class="grid-2"),
                Div("topic", "ethos", "priority", css_class="grid-2"),
            ),
            Fieldset(
                _("Who asks"),
                Div("requester_kind", "name", "email", "phone", "organisation", css_class="grid-2"),
                "salutation",
                "link_only",
            ),
            Fieldset(_("For statistics"), Div("other_topics", "target_groups", css_class="grid-2")),
            label=_("Save the details"),
        )
