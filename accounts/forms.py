"""The forms of accounts: allauth's in our words, and our own."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.models import User
from accounts.permissions import DESCRIPTIONS, STAFF_ROLES, Role
from core.forms.fields import MailField, choice_field

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PASSWORD_HINT = _("At least 12 characters. A few words that nobody would put together are easy to remember.")
OWN_NAME = forms.TextInput(attrs={"autocomplete": "name"})
NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class OurLook(forms.Form):
    """A form with one button, without placeholders; `labels` and `hints` are by field name."""

    button: "str | _StrPromise" = _("Continue")
    labels: dict[str, "str | _StrPromise"] = {}
    hints: dict[str, "str | _StrPromise"] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", self.button))


class LoginForm(OurLook, allauth_forms.LoginForm):
    button = _("Log in")
    labels = {"login": _("E-mail"), "password": _("Password")}


class ResetPasswordForm(OurLook, allauth_forms.ResetPasswordForm):
    button = _("Send me the link")
    labels = {"email": _("E-mail")}
    hints = {"email": _("The one you log in with.")}

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        # The worker does the rest, so that the answer takes as long for an address without an account.
        actions.send_reset_link.enqueue(self.users[0].pk if self.users else 0)
        return self.cleaned_data["email"]


class ResetPasswordKeyForm(OurLook, allauth_forms.ResetPasswordKeyForm):
    button = _("Change the password")
    labels = {"password1": _("New password"), "password2": _("New password once more")}
    hints = {"password1": PASSWORD_HINT}


class ChangePasswordForm(OurLook, allauth_forms.ChangePasswordForm):
    button = _("Change the password")
    labels = {"oldpassword": _("Current password"), **ResetPasswordKeyForm.labels}
    hints = {"password1": PASSWORD_HINT}


class ReauthenticateForm(OurLook, allauth_forms.ReauthenticateForm):
    button = _("Confirm")
    labels = {"password": _("Password")}


class _Code(OurLook):
    labels = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        if isinstance(code, forms.CharField):
            code.max_length = 20
        code.widget.attrs |= {"inputmode": "numeric", "maxlength": "20"}


class _CodeOnce(_Code, mfa_forms.BaseAuthenticateForm):
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Take a right code once, whichever process asks for it."""
        code = super().clean_code()
        if not actions.use_code(self.authenticator, code=normalize_user_code(code)):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_CodeOnce, mfa_forms.AuthenticateForm):
    button = _("Log in")
    hints = {"code": _("Six digits from the application on your phone, or one of your recovery codes.")}


class CodeAgainForm(_CodeOnce, mfa_forms.ReauthenticateForm):
    button = _("Confirm")
    hints = CodeForm.hints


class ActivateForm(_Code, totp_forms.ActivateTOTPForm):
    button = _("Switch on")
    labels = {"code": _("Code from the application")}
    hints = {"code": _("Six digits. A new code comes every 30 seconds.")}


class ProfileForm(OurLook):
    button = _("Save")
    name = forms.CharField(label=_("Name"), max_length=120, widget=OWN_NAME)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    hints = {"language": _("The portal opens in it after you log in, and writes to you in it.")}


class AcceptForm(OurLook):
    button = _("Make the account")
    name = forms.CharField(label=_("Name"), max_length=120, widget=OWN_NAME)
    password = forms.CharField(label=_("Password"), strip=False, widget=NEW_PASSWORD)
    password_again = forms.CharField(label=_("Password once more"), strip=False, widget=NEW_PASSWORD)
    hints = {"password": PASSWORD_HINT}

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if "password" in data and data["password"] != data.get("password_again"):
            self.add_error("password_again", _("The two passwords differ."))
        return data


class InviteForm(OurLook):
    button = _("Send the invitation")
    name = forms.CharField(label=_("Name"), max_length=120)
    email = MailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=settings.LANGUAGES,
        initial="cs",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_invite = [role for role in STAFF_ROLES if not actions.reasons_against_inviting(role, by=by)]
        choice_field(self, "role").choices = roles_in_words(may_invite)


class RoleForm(OurLook):
    button = _("Change the role")
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, choices=lambda: roles_in_words(STAFF_ROLES)
    )


class PeopleFilter(forms.Form):
    """Which accounts to list."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("all roles")), *Role.choices])
    active = forms.ChoiceField(
        label=_("Login"),
        required=False,
        choices=[("", _("all accounts")), ("yes", _("may log in")), ("no", _("disabled"))],
    )


def roles_in_words(roles: list[Role]) -> list[tuple[str, str]]:
    """Return choices of roles, each with the sentence that says what it may do."""
    return [(role.value, f"{role.label} – {DESCRIPTIONS[role]}") for role in roles]
