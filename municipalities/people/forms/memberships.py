"""Who speaks for a municipality: added, invited, ended."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms.fields import DayField, MailField
from municipalities.choices import MembershipRole


class AddMemberForm(forms.Form):
    """Somebody who already has an official's account."""

    email = MailField(label=_("E-mail of the account"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices)
    starts_on = DayField(label=_("Speaks for the municipality from"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"starts_on": timezone.localdate()}, prefix="member", **kwargs)
        self.helper = _helper(Submit("add", _("Add the person")))

    def clean_email(self) -> str:
        """Keep the account in `user`; raises ValidationError when there is none."""
        email = self.cleaned_data["email"].strip().lower()
        user = User.objects.active().filter(email__iexact=email).first()
        if user is None:
            raise forms.ValidationError(_("No account has this address. Invite the person below."))
        self.user = user
        return email


class InviteForm(forms.Form):
    """Somebody without an account."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = MailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We send a link there by which the person makes an account."),
    )
    language = forms.ChoiceField(label=_("Language of the message"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, prefix="invitation", **kwargs)
        self.helper = _helper(Submit("invite", _("Send the invitation"), css_class="btn-outline-primary"))


class EndMembershipForm(forms.Form):
    """The day on which a person no longer speaks for a municipality."""

    ends_on = DayField(
        label=_("First day without the membership"),
        help_text=_("From this day on the person no longer sees the municipality's requests."),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"ends_on": timezone.localdate()}, **kwargs)
        self.helper = _helper(Submit("end", _("End the membership"), css_class="btn-danger"))


def _helper(button: Submit) -> FormHelper:
    helper = FormHelper()
    helper.attrs = {"novalidate": ""}
    helper.add_input(button)
    return helper
