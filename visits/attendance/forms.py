"""Whom a municipality names for a visit, why it cannot go, what it wants asked; what is ticked and noted."""

from datetime import datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import (
    LineField,
    MailField,
    PhoneField,
    PlainTextField,
    RowsField,
    SeenField,
    WholeNumberField,
)
from core.forms.layouts import sent_by
from core.views.paging import whole_number
from municipalities.models import Municipality
from municipalities.places.picker import MunicipalityField
from visits.attendance.actions.people import Person, faults_of
from visits.attendance.actions.places import known_as
from visits.attendance.actions.questions import LONGEST
from visits.attendance.queries import places_of
from visits.choices import WhyNot
from visits.models import ProgrammeItem, StudyVisit, TravelQuestion, VisitInvitation

# A tick or a note that is older was not made on the visit.
OLDEST = timedelta(days=60)


class PersonForm(forms.Form):
    """Somebody who is to go."""

    name = LineField(
        label=_("First name and surname"),
        max_length=120,
        error_messages={"required": _("Write who is to go.")},
    )
    post = LineField(label=pgettext_lazy("of somebody", "Post"), max_length=120, required=False)
    email = MailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We write to them how they stand, and send the programme."),
        error_messages={"required": _("Write the e-mail of whoever is to go.")},
    )
    phone = PhoneField(
        label=_("Phone"), required=False, help_text=_("For the way. Only the delegation sees it.")
    )
    version = SeenField(required=False)

    button: str | Promise = _("Save")

    def __init__(self, *args: Any, visit: StudyVisit, but: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.visit, self.but = visit, but

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        for name, fault in self.faults().items():
            self.add_error(name, fault)
        return given

    def faults(self) -> dict[str, str]:
        """Say what stands against this person, by field."""
        return known_as(self.visit, self.cleaned_data.get("email", ""), but=self.but)

    @property
    def person(self) -> Person:
        return Person(**{name: self.cleaned_data[name] for name in ("name", "post", "email", "phone")})

    @property
    def helper(self) -> FormHelper:
        return sent_by("save", self.button, *self.parts())

    def parts(self) -> tuple[Any, ...]:
        return (Div("name", "post", css_class="grid-2"), Div("email", "phone", css_class="grid-2"), "version")


class AddPersonForm(PersonForm):
    """Somebody of the ministry."""

    button = _("Add to the list")


class NameForm(PersonForm):
    """Somebody whom an invited municipality names, within its quota or for the waiting list."""

    # Asked once the places are taken.
    is_substitute = forms.BooleanField(
        label=_("Put them on the waiting list as a substitute"),
        required=False,
        help_text=_("They go if somebody of yours gives a place up, or another municipality does."),
    )
    button = _("Name this person")

    def __init__(self, *args: Any, invitation: VisitInvitation, **options: Any) -> None:
        super().__init__(*args, visit=invitation.visit, **options)
        self.invitation = invitation
        if places_of(invitation.visit).has_room_for(invitation):
            del self.fields["is_substitute"]

    def faults(self) -> dict[str, str]:
        given = self.cleaned_data
        return faults_of(
            self.invitation, email=given.get("email", ""), is_substitute=given.get("is_substitute", False)
        )

    def parts(self) -> tuple[Any, ...]:
        box = ["is_substitute"] if "is_substitute" in self.fields else []
        return (*super().parts(), *box)


class DeclineForm(forms.Form):
    """Why a municipality cannot go."""

    why_not = forms.ChoiceField(
        label=_("Why you cannot go"),
        choices=WhyNot.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )
    text = LineField(
        label=_("In a sentence"),
        max_length=300,
        required=False,
        help_text=_("It helps us to choose the next dates and places. Please write no names of people."),
    )
    version = SeenField(required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if given.get("why_not") == WhyNot.OTHER and not given.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write in a sentence what the reason is."))
        return given

    @property
    def helper(self) -> FormHelper:
        return sent_by("decline", _("Tell the Contact Centre"), "why_not", "text", "version")


class GiveUpForm(forms.Form):
    """Why somebody gives a place up, if they want to say."""

    reason = LineField(label=_("Why"), max_length=300, required=False)

    @property
    def helper(self) -> FormHelper:
        return sent_by("send", _("Give the place up"), "reason", by_keys=False)


class ReasonForm(forms.Form):
    """Why the desk moves somebody; they are told."""

    reason = LineField(
        label=_("Why"),
        max_length=300,
        help_text=_("They and their municipality read it."),
        error_messages={"required": _("Write why. They and their municipality read it.")},
    )
    version = SeenField(required=False)

    def __init__(self, *args: Any, button: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.button = button

    @property
    def helper(self) -> FormHelper:
        return sent_by("send", self.button, "reason", "version")


class QuestionForm(forms.Form):
    """A question to take along."""

    text = PlainTextField(
        label=_("What you want to know"),
        max_length=500,
        rows=3,
        help_text=_("One question at a time. The report answers it in public: please write no names."),
        error_messages={"required": _("Write the question.")},
    )
    item = forms.ModelChoiceField(
        label=_("Where to ask it"),
        queryset=ProgrammeItem.objects.none(),
        required=False,
        empty_label=_("anywhere on the programme"),
    )
    version = SeenField(required=False)

    def __init__(self, *args: Any, visit: StudyVisit, button: str | Promise, **options: Any) -> None:
        # It stands on one page with the form for people.
        super().__init__(*args, **{"auto_id": "question_%s", **options})
        self.button = button
        field = self.fields["item"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = visit.programme.all()

    def clean_item(self) -> ProgrammeItem | None:
        item: ProgrammeItem | None = self.cleaned_data["item"]
        return item

    @classmethod
    def of(cls, question: TravelQuestion, data: Any = None) -> "QuestionForm":
        """Return the form of a question that was sent already."""
        kept = {"text": question.text, "item": question.item_id, "version": question.version}
        return cls(data, visit=question.visit, button=_("Save the question"), initial=kept)

    @property
    def helper(self) -> FormHelper:
        return sent_by("ask", self.button, "text", "item", "version")


class InviteForm(forms.Form):
    """Who is invited: those of the project, and one more by name."""

    municipalities = RowsField(
        label=_("Municipalities of the project"),
        queryset=Municipality.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    municipality = MunicipalityField(label=_("One more by its name"), only_existing=True, required=False)

    def __init__(self, *args: Any, visit: StudyVisit, **options: Any) -> None:
        super().__init__(*args, **options)
        known = visit.invitations.values("municipality")
        rows = Municipality.objects.pilots().exclude(pk__in=known).order_by("search_name", "pk")
        field = self.fields["municipalities"]
        if isinstance(field, RowsField):
            field.queryset = rows
        # Whoever is left out of the first round was left out on purpose.
        self.initial.setdefault("municipalities", [] if known.exists() else rows)
        self.has_pilots = rows.exists()

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        chosen = [*given.get("municipalities", ()), given.get("municipality")]
        given["chosen"] = list(dict.fromkeys(row for row in chosen if row))
        if not given["chosen"] and not self.errors:
            self.add_error(None, _("Choose at least one municipality."))
        return given

    @property
    def helper(self) -> FormHelper:
        pilots = ["municipalities"] if self.has_pilots else []
        one = Field("municipality", template="components/combobox.html")
        return sent_by("invite", _("Go on to the invitations"), *pilots, one)


class QuotaForm(forms.Form):
    """How many people of one municipality may go; empty is as many as of any other."""

    quota = WholeNumberField(
        label=_("Places of this municipality"), min_value=0, max_value=99, required=False
    )
    version = SeenField(required=False)


class _MomentForm(forms.Form):
    """Something that was done at a moment, perhaps without a connection."""

    at = forms.DateTimeField(required=False)

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"] or timezone.now()
        if at < timezone.now() - OLDEST:
            raise ValidationError(_("This was done too long ago."))
        return at


class TickForm(_MomentForm):
    """Whether somebody was there."""

    attendee = SeenField()
    was_there = forms.ChoiceField(choices=[("1", ""), ("0", "")])

    def clean_was_there(self) -> bool:
        return bool(self.cleaned_data["was_there"] == "1")


class NoteForm(_MomentForm):
    """What was heard in answer to a question, on the version of the note that was seen."""

    question = SeenField()
    keywords = PlainTextField(label=_("What was heard"), max_length=LONGEST, required=False)
    version = SeenField()


def chosen(data: Any, name: str) -> int:
    """Return the number of a row that a form names, 0 for none."""
    return whole_number(data.get(name)) or 0
