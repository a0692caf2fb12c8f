"""Who speaks for a municipality: added, invited, ended, and who takes over from them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms.fields import DayField, LineField, MailField
from municipalities.choices import MembershipRole
from municipalities.models import Membership


class AddMemberForm(forms.Form):
    """Somebody who already has an official's account."""

    prefix = "member"
    email = MailField(label=_("E-mail of the account"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices)
    starts_on = DayField(label=_("Speaks for the municipality from"), initial=timezone.localdate)

    def clean_email(self) -> str:
        """Keep the account in `user`; raises ValidationError when there is none."""
        user = account_of(self.cleaned_data["email"])
        if user is None:
            raise forms.ValidationError(_("No account has this address. Invite the person below."))
        self.user = user
        return user.email


class InviteForm(forms.Form):
    """Somebody without an account."""

    prefix = "invitation"
    name = forms.CharField(label=_("Name"), max_length=120)
    email = MailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We send a link there by which the person makes an account."),
    )
    language = forms.ChoiceField(label=_("Language of the message"), choices=settings.LANGUAGES)


class EndMembershipForm(forms.Form):
    """The day on which a person no longer speaks for a municipality."""

    ends_on = DayField(
        label=_("First day without the membership"),
        initial=timezone.localdate,
        help_text=_("From this day on the person no longer sees the municipality's requests."),
    )


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
        initial=timezone.localdate,
        help_text=_("The successor takes over at once. Until this day the two may speak side by side."),
    )

    def __init__(self, data: Any = None, *, membership: Membership) -> None:
        super().__init__(data, initial={"role": membership.role})
        self.membership = membership
        self.user: User | None = None
        if membership.ends_on:
            # It has its end; only what is open goes over.
            del self.fields["on"]

    def clean(self) -> dict[str, Any]:
        """Keep the account in `user`; ask for a name where there is none."""
        clean = self.cleaned_data
        self.user = account_of(clean.get("email", ""))
        if "email" in clean and self.user is None and not clean.get("name"):
            self.add_error("name", _("No account has this address. Write the name to invite them."))
        clean["language"] = clean.get("language") or settings.LANGUAGE_CODE
        clean["on"] = clean.get("on") or self.membership.ends_on
        return clean


def account_of(email: str) -> User | None:
    """Return the active account of an address."""
    return User.objects.active().filter(email__iexact=email.strip()).first() if email else None
