"""What only the forms of requests share: moments, the key of a form, a trap, a place that a script fills."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from consultations.choices import HomeLoss
from consultations.models import Person
from consultations.requests import form_keys
from core.forms.fields import DayField
from core.templatetags.ui import mask_email

MINUTES_OF_A_DAY = 24 * 60
# Who loses a home later than this has mistyped the year.
FURTHEST_LOSS = timedelta(days=2 * 366)


class OnceForm(forms.Form):
    """A form that counts once, however often it is sent, and that no program fills in.

    It carries a signed key (see consultations.requests.form_keys) and keeps all that was
    sent when it comes back.
    """

    # What was sent, which a new key is put into.
    data: MultiValueDict[str, Any]

    # Only where anybody may write: whoever has a link or an account is no program.
    has_time_gate = False

    idempotency_key = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("idempotency_key", form_keys.new_key())

    def clean_idempotency_key(self) -> str:
        """Return the key's random part; raises ValidationError when it is forged, too old or too fresh."""
        key = form_keys.read_key(self.cleaned_data["idempotency_key"] or "")
        if key is None or key.is_too_old:
            self.data = self.data.copy()
            self.data["idempotency_key"] = form_keys.new_key()
            raise ValidationError(_("This page was open for a very long time. Please send the form again."))
        if self.has_time_gate and key.is_too_fresh:
            raise ValidationError(
                _("That was very quick. Please look over what you wrote and send it again.")
            )
        return key.value

    @property
    def files_bound_to(self) -> str:
        """To this one form, however often it comes back."""
        return f"{type(self).__name__} {form_keys.sent_key(self.data)}"


class HomeForm(forms.Form):
    """When somebody loses their home: in words and, where it is known, the day."""

    home_loss = forms.ChoiceField(
        label=_("Loses their home"), choices=[("", _("nobody said so")), *HomeLoss.choices], required=False
    )
    home_at_risk_by = DayField(label=_("Home at risk by"), required=False)

    def clean_home_at_risk_by(self) -> date | None:
        """Return the day; of who has no home already there is none any more."""
        day: date | None = self.cleaned_data["home_at_risk_by"]
        if day is None or self.cleaned_data.get("home_loss") == HomeLoss.LOST:
            return None
        if day > timezone.localdate() + FURTHEST_LOSS:
            raise ValidationError(_("That is more than two years away. Check the year."))
        return day


class LiveBox(LayoutObject):
    """An empty place that a script fills, and a screen reader reads out."""

    def __init__(self, ident: str) -> None:
        self.ident = ident

    def render(self, form: forms.Form, context: Any, template_pack: Any = None, **options: Any) -> SafeString:
        return format_html('<div class="live-box" id="{}" aria-live="polite"></div>', self.ident)


class MinutesField(forms.IntegerField):
    """How long something took."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Minutes"))
        options.setdefault("required", False)
        super().__init__(min_value=0, max_value=MINUTES_OF_A_DAY, **options)


class MomentField(forms.DateTimeField):
    """When something took place: now or earlier."""

    default_error_messages = {
        "future": _("This is still to come. Write when it took place."),
        "invalid": _("Write the day and time, for example 3. 12. 2026 14:30."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("When it took place"))
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Return the moment; raises ValidationError when it lies in the future."""
        moment = super().clean(value)
        if moment and moment > timezone.now():
            raise ValidationError(self.error_messages["future"], code="future")
        return moment


def desk_helper(
    action: str, *parts: Any, label: str | Promise = "", style: str = "btn-primary"
) -> FormHelper:
    """Return the layout of a form that is sent to `action` by a button, or by Ctrl+Enter.

    Without a `label` its parts hold the button.
    """
    helper = FormHelper()
    helper.form_action = action
    helper.attrs = {"novalidate": "", "data-ctrl-enter": ""}
    helper.layout = Layout(*parts)
    # The page holds several forms; each button has a name of its own.
    if label:
        helper.add_input(Submit("send", label, css_class=style, css_id=f"send-{slugify(action)}"))
    return helper


def name_of(person: Person) -> str:
    """Return how a person is called in a list of people."""
    known = [person.name, person.organisation, mask_email(person.email) if person.email else person.phone]
    return ", ".join(part for part in known if part)
