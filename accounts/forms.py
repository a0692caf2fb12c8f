"""The forms of accounts: allauth's in our words, and our own."""

from datetime import time
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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.models import User
from accounts.permissions import DESCRIPTIONS, STAFF_ROLES, Permission, Role
from core.forms.fields import LineField, MailField, PlainTextField, choice_field
from core.notices.hours import hours_of
from core.notices.kinds import How, grouped_for
from core.notices.models import NoticeChoice

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PASSWORD_HINT = _("At least 12 characters. A few words that nobody would put together are easy to remember.")
OWN_NAME = forms.TextInput(attrs={"autocomplete": "name"})
HOUR_FIELDS = ("digest_at", "quiet_from", "quiet_until")
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
    greeting_cs = LineField(label=_("Greeting in Czech"), max_length=120, required=False)
    signature_cs = PlainTextField(label=_("Signature in Czech"), max_length=500, rows=3, required=False)
    greeting_en = LineField(label=_("Greeting in English"), max_length=120, required=False)
    signature_en = PlainTextField(label=_("Signature in English"), max_length=500, rows=3, required=False)
    hints = {
        "language": _("The portal opens in it after you log in, and writes to you in it."),
        "greeting_cs": _("Your answers begin with it. Without it the mail says “Hello” for you."),
        "signature_cs": _("Your answers end with it, for example your name and phone."),
    }

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in [name for name in self.fields if name not in ("name", "language")]:
            if not user.has(Permission.ANSWER_REQUEST):
                del self.fields[name]
        self.initial = {name: getattr(user, name) for name in self.fields}


HOURS = [(f"{hour:02}:00", f"{hour}:00") for hour in range(24)]


class NoticeSettingsForm(forms.Form):
    """How a person is told of each kind of thing that they may be told of, and at which hours."""

    digest_at = forms.TypedChoiceField(
        label=_("The daily mail comes at"), choices=HOURS, coerce=time.fromisoformat
    )
    quiet_from = forms.TypedChoiceField(
        label=_("No mail from"),
        choices=[("", _("no quiet hours")), *HOURS],
        coerce=time.fromisoformat,
        required=False,
        empty_value=None,
    )
    quiet_until = forms.TypedChoiceField(
        label=_("No mail until"),
        choices=[("", _("no quiet hours")), *HOURS],
        coerce=time.fromisoformat,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(NoticeChoice.objects.filter(user=user).values_list("kind", "how"))
        hours = hours_of([user])[user.pk]
        for name in HOUR_FIELDS:
            at = getattr(hours, name)
            self.initial[name] = f"{at:%H:%M}" if at else ""
        self._groups = grouped_for(user)
        for kind in (kind for _heading, kinds in self._groups for kind in kinds):
            usual = kind.usual_for(user)
            choices = [(way, _usual(way.label) if way == usual else way.label) for way in How]
            widget = forms.Select(attrs={"class": "form-select"})
            self.fields[kind.key] = forms.ChoiceField(label=str(kind.label), choices=choices, widget=widget)
            self.initial[kind.key] = chosen.get(kind.key, usual)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the choices under their headings."""
        return [(heading, [self[kind.key] for kind in kinds]) for heading, kinds in self._groups]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("quiet_from"), data.get("quiet_until")
        if (start is None) != (end is None) and not self.errors:
            name = "quiet_from" if start is None else "quiet_until"
            self.add_error(name, _("Choose both hours, or none."))
        elif start is not None and start == end:
            self.add_error("quiet_until", _("Choose two different hours."))
        return data

    @property
    def hours(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in HOUR_FIELDS}

    @property
    def ways(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name not in HOUR_FIELDS}


def _usual(label: Any) -> str:
    return gettext("%(way)s (usual)") % {"way": label}


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
