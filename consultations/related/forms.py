"""What the desk fills in to merge, split and link requests, to answer several, and to merge persons."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Certainty
from consultations.desk.forms.request import DuplicateForm, SeenForm
from consultations.models import Contact, SupportRequest
from consultations.related.actions.several import MOST_AT_ONCE
from consultations.requests.actions.drafts import LONGEST_TEXT
from consultations.requests.form_fields import OnceForm
from core.forms.fields import LineField, PlainTextField, RowsField
from core.templatetags.ui import clock, day

REFERENCES = re.compile(r"SH-\d{4}-(\d{1,12})(?!\d)", re.IGNORECASE)
EXCERPT = 91
MOST_MESSAGES = 200


class OtherForm(DuplicateForm):
    """Which other request is meant."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["of"].label = _("Reference of the other one")


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
        rows = SupportRequest.objects.visible_to(self.reader).select_related("requester", "assignee")
        found = rows.in_bulk(wanted.values())
        unknown = [text for text, pk in wanted.items() if pk not in found or found[pk].reference != text]
        if unknown:
            raise ValidationError(
                _("There is no request with this reference: %(names)s."), params={"names": ", ".join(unknown)}
            )
        return [found[pk] for pk in dict.fromkeys(wanted.values())]
