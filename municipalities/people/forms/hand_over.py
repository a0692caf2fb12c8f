"""Who takes over from somebody who speaks for a municipality."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms.fields import DayField, LineField, MailField
from municipalities.choices import MembershipRole
from municipalities.models import Membership


class HandOverForm(forms.Form):
    """A successor by the e-mail of their account, or by a name and an e-mail to be invited."""

    email = MailField(
        label=_("E-mail of the successor"),
        max_length=254,
        help_text=_("If the address has an account, that account takes over."),
    )
    name = LineField(
        label=_("Name of the successor"),
        max_length=120,
        required=False,
        help_text=_("Only if they have no account yet. We invite them, and they take over when they accept."),
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=settings.LANGUAGES, required=False
    )
    role = forms.ChoiceField(label=_("Role of the successor"), choices=MembershipRole.choices)
    on = DayField(
        label=_("First day without the predecessor"),
        help_text=_("The successor takes over at once. Until this day the two may speak side by side."),
    )

    def __init__(self, data: Any = None, *, membership: Membership, **kwargs: Any) -> None:
        initial = {"role": membership.role, "on": timezone.localdate()}
        super().__init__(data, initial=initial, **kwargs)
        if membership.ends_on:
            # It has its end; only what is open goes over.
            self.fields.pop("on")
        self.membership = membership
        self.user: User | None = None
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.add_input(Submit("continue", _("Continue")))

    def clean_email(self) -> str:
        """Keep the account in `user`, None where there is none."""
        email = self.cleaned_data["email"].strip().lower()
        self.user = User.objects.active().filter(email__iexact=email).first()
        return email

    def clean(self) -> dict[str, Any]:
        """Ask for a name where there is no account."""
        clean = self.cleaned_data
        if "email" in clean and self.user is None and not clean.get("name"):
            self.add_error("name", _("No account has this address. Write the name to invite them."))
        clean["language"] = clean.get("language") or settings.LANGUAGE_CODE
        clean["on"] = clean.get("on") or self.membership.ends_on
        return clean
