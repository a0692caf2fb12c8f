"""What the desk fills in about mail that came in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.models import IncomingMail, SupportRequest
from core.forms.fields import LineField, SeenField

LONGEST_REFERENCE = 30


class MailForm(forms.Form):
    """A form about a message as its reader saw it."""

    version = SeenField()

    def __init__(self, *args: Any, mail: IncomingMail, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["version"].initial = mail.version
        self.reader = reader


class PlaceForm(MailForm):
    """On which request the message belongs."""

    request = LineField(
        label=_("Reference of the request"),
        max_length=LONGEST_REFERENCE,
        help_text=_("For example SH-2026-000001."),
        error_messages={"required": _("Write the reference of the request that the message belongs to.")},
    )

    def clean_request(self) -> SupportRequest:
        """Return the request with this reference; raises ValidationError when there is none."""
        visible = SupportRequest.objects.visible_to(self.reader)
        found = visible.with_reference(self.cleaned_data["request"]).first()
        if found is None:
            raise ValidationError(_("There is no request with this reference."))
        return found


class DiscardForm(MailForm):
    """Why a message belongs nowhere."""

    reason = LineField(
        label=_("Why it belongs nowhere"),
        max_length=200,
        error_messages={"required": _("Write in a few words why.")},
    )
