"""What the desk fills in to merge, split and link requests, to answer several, and to merge persons."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Certainty
from consultations.desk.forms.request import DuplicateForm, SeenForm
from consultations.models import Contact, SupportRequest
from consultations.related.actions.merge import are_of_same_person
from consultations.related.actions.several import MOST_AT_ONCE
from consultations.requests import search as requests_search
from consultations.requests.actions.drafts import LONGEST_TEXT
from consultations.requests.form_fields import OnceForm, name_of
from core import search
from core.forms.fields import LineField, PlainTextField, RowsField
from core.templatetags.ui import clock, day

REFERENCES = re.compile(r"SH-\d{4}-(\d{1,12})(?!\d)", re.IGNORECASE)
EXCERPT = 91
MOST_MESSAGES = 200
MOST_OFFERED = 8


class OtherForm(DuplicateForm):
    """Which other request is meant."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["of"].label = _("Reference of the other one")


class MergeForm(SeenForm):
    """Into which other request: by its reference, or found by whose it is; and that it is the same person.

    What is asked for only now is no mistake: `next_step` says it, and the form waits.
    """

    next_step: str | Promise = ""

    of = LineField(
        label=_("Reference of the other one, or name, e-mail or phone"),
        max_length=120,
        error_messages={"required": _("Write the reference of the other request, or whose it is.")},
    )
    found = forms.CharField(
        label=_("Which request is it?"), max_length=30, required=False, widget=forms.HiddenInput
    )
    same_person = forms.BooleanField(
        label=_("It is the same person"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.data.get("same_person") == "on":
            self.fields["same_person"].widget = forms.CheckboxInput()

    @property
    def said(self) -> dict[str, Any]:
        """The other request, and whether both come from one person."""
        return {"into": self.cleaned_data["of"], "is_same_person": self.cleaned_data["same_person"]}

    def clean(self) -> dict[str, Any]:
        """Find the other request; ask whether it is the same person where nobody has said so."""
        clean = super().clean()
        if "of" in clean and (other := self._other(clean["of"], clean.get("found", ""))):
            clean["of"] = other
            self._ask_for_person(other, is_said=clean["same_person"])
        return clean

    def _other(self, typed: str, chosen: str) -> SupportRequest | None:
        visible = SupportRequest.objects.visible_to(self.reader).select_related("requester")
        named = [visible.with_reference(text).first() for text in (typed, chosen)]
        other = next(filter(None, named), None)
        if other is None:
            numbers = search.ids(typed, kind=requests_search.KIND, scope=search.DESK, limit=MOST_OFFERED + 1)
            rows = visible.filter(pk__in=numbers).exclude(pk=self.case.pk).order_by("-pk")[:MOST_OFFERED]
            self._offer(list(rows))
        return other

    def _offer(self, rows: list[SupportRequest]) -> None:
        if not rows:
            self.add_error("of", _("No request has this reference or these words."))
            return
        choices = [
            (row.reference, f"{row.reference} {row.subject} · {name_of(row.requester)}") for row in rows
        ]
        self.fields["found"].widget = forms.RadioSelect(choices=choices)
        self.fields["found"].required = True
        self._ask("found", _("These requests fit. Choose the right one."))

    def _ask(self, name: str, sentence: str | Promise) -> None:
        """Ask for one thing more; whoever was asked already, and sent nothing, is told beside the field."""
        if name in self.data:
            self.next_step = sentence
        else:
            self.add_error(name, sentence)

    def _ask_for_person(self, other: SupportRequest, *, is_said: bool) -> None:
        if other.pk == self.case.pk or are_of_same_person(self.case, other):
            return
        self.fields["same_person"].widget = forms.CheckboxInput()
        if not is_said:
            names = {"one": name_of(self.case.requester), "other": name_of(other.requester)}
            ask = _("%(one)s and %(other)s are two entries. Tick it if they are one person: both are merged.")
            self._ask("same_person", ask % names)


class SplitForm(SeenForm):
    """Which messages go, and what they are about."""

    contacts = RowsField(
        label=_("Messages that go"),
        queryset=Contact.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the messages that are to go.")},
    )
    subject = LineField(label=_("What the new request is about"), max_length=160)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The newest of many, oldest first.
        rows = list(self.case.contacts.order_by("-took_place_at", "-pk")[:MOST_MESSAGES])[::-1]
        self.fields["contacts"].queryset = Contact.objects.filter(pk__in=[row.pk for row in rows])
        self.fields["contacts"].choices = [(row.pk, words_of(row)) for row in rows]


def words_of(contact: Contact) -> str:
    """Return by what one knows a message again: when it was, from whom, how it begins."""
    text = Truncator(" ".join(contact.letter.split())).chars(EXCERPT)
    when = f"{day(contact.took_place_at)} {clock(contact.took_place_at)}"
    return f"{when}, {contact.get_direction_display()}: {text}"


class SeveralForm(OnceForm):
    """One text, and the requests that it answers. `previewed` are those that were shown before sending."""

    references = forms.CharField(
        label=_("References"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        help_text=_("Of all requests that get this answer, for example SH-2026-000001 SH-2026-000002."),
    )
    text = PlainTextField(label=_("Text of the answer"), max_length=LONGEST_TEXT)
    certainty = forms.ChoiceField(
        label=_("How certain it is"),
        choices=[
            ("", _("not said")),
            *(choice for choice in Certainty.choices if choice[0] != Certainty.INTERPRETATION),
        ],
        required=False,
        help_text=_("A reading of the law needs a second reader; answer each request on its page."),
    )
    previewed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reader = reader

    def clean_references(self) -> list[SupportRequest]:
        """Return the requests as they were written; raises ValidationError for one that does not exist."""
        wanted = {
            match[0].upper(): int(match[1]) for match in REFERENCES.finditer(self.cleaned_data["references"])
        }
        if not wanted:
            raise ValidationError(_("Write at least one reference."))
        if len(wanted) > MOST_AT_ONCE:
            raise ValidationError(_("At most %(count)s at once."), params={"count": MOST_AT_ONCE})
        rows = SupportRequest.objects.visible_to(self.reader).select_related(
            "requester", "assignee", "short_code"
        )
        found = rows.in_bulk(wanted.values())
        unknown = [text for text, pk in wanted.items() if pk not in found or found[pk].reference != text]
        if unknown:
            raise ValidationError(
                _("There is no request with this reference: %(names)s."), params={"names": ", ".join(unknown)}
            )
        return [found[pk] for pk in dict.fromkeys(wanted.values())]
