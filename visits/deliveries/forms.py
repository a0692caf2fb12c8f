"""What is asked from a delivery, who wants reports by mail, and what the desk writes of a delivery."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.detector.birth_numbers import has_birth_number
from core.forms.fields import LineField, MailField, PlainTextField
from core.forms.own_words import TermField
from core.views.paging import whole_number
from municipalities.models import Municipality
from municipalities.places.picker import MunicipalityField
from visits.choices import DeliveryState
from visits.models import Delivery, Theme
from visits.models.delivery import DeliveryQuerySet

BIRTH_NUMBER = _("This looks like a birth number. Leave it out.")


class QuestionForm(forms.Form):
    """A question about a report, of whoever has the personal link."""

    text = PlainTextField(
        label=_("What would you like to know?"),
        max_length=5000,
        error_messages={"required": _("Write what you would like to know.")},
    )
    name = LineField(
        label=_("What is your name?"), max_length=120, error_messages={"required": _("Write your name.")}
    )
    email = MailField(
        max_length=254,
        label=_("Where we should answer"),
        error_messages={"required": _("Write your e-mail address.")},
    )

    def clean_text(self) -> str:
        if has_birth_number(self.cleaned_data["text"]):
            raise ValidationError(BIRTH_NUMBER, code="birth_number")
        return str(self.cleaned_data["text"])

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout(*self.fields, Submit("send", _("Send the question")))
        return helper


class OfficialQuestionForm(QuestionForm):
    """The same of an official, whom the portal knows."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["name"], self.fields["email"]


def theme_field() -> TermField:
    """Return the choice of a theme; empty is all of them."""
    return TermField(
        label=_("Reports on"),
        queryset=Theme.objects.in_use(),
        to_field_name="slug",
        required=False,
        empty_label=_("all themes"),
    )


class SubscribeForm(forms.Form):
    """An address that wants reports. `website` is a trap for programs: people do not see it."""

    email = MailField(
        max_length=254,
        label=_("Your e-mail"),
        help_text=_("We will write to it once, and you confirm by a button."),
        error_messages={"required": _("Write your e-mail address.")},
    )
    theme = theme_field()
    municipality = MunicipalityField(label=_("Municipality you work for"), required=False, only_existing=True)
    website = forms.CharField(required=False)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        place = Field("municipality", template="components/combobox.html")
        trap = Field("website", template="components/trap.html")
        helper.layout = Layout("email", "theme", place, trap, Submit("send", _("Send me the reports")))
        return helper


class FollowForm(forms.Form):
    """What an official's municipality wants to get."""

    municipality: Any = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), to_field_name="slug", empty_label=None
    )
    theme = theme_field()

    def __init__(self, *args: Any, municipalities: list[Municipality], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].queryset = Municipality.objects.filter(  # type: ignore[attr-defined]
            pk__in=[row.pk for row in municipalities]
        )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout("municipality", "theme", Submit("send", _("Send us the reports")))
        return helper


class MendForm(forms.Form):
    """Where a delivery goes to instead, and how we know."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    email = MailField(
        max_length=254, label=_("Another address"), error_messages={"required": _("Write an e-mail address.")}
    )
    note = LineField(
        label=_("How we know it"),
        max_length=300,
        help_text=_("For example: the secretary told me on the phone."),
        error_messages={"required": _("Write how we know the address.")},
    )


class ToldForm(forms.Form):
    """What was said on the phone."""

    note = LineField(
        label=_("What was said"),
        max_length=300,
        error_messages={"required": _("Write with whom you spoke, by their post, and what was said.")},
    )


class BulkForm(forms.Form):
    """What is to be done to several deliveries at once; `chosen` are those that were ticked."""

    MOST = 100

    do = forms.ChoiceField(choices=[("send", _("Send again")), ("told", DeliveryState.DONE.label)])
    note = LineField(max_length=300, required=False)

    def __init__(self, data: QueryDict, *, rows: DeliveryQuerySet) -> None:
        super().__init__(data)
        ticked = [number for text in data.getlist("row") if (number := whole_number(text))]
        self.chosen = list(rows.filter(pk__in=ticked[: self.MOST]))

    def clean(self) -> dict[str, Any]:
        """Ask what was said where somebody was told by phone."""
        clean: dict[str, Any] = super().clean() or {}
        if not self.chosen:
            raise ValidationError(_("Tick at least one delivery."))
        if clean.get("do") == "told" and not clean.get("note"):
            raise ValidationError(_("Write what was said on the phone."))
        return clean


def forms_of(delivery: Delivery) -> dict[str, forms.Form]:
    """Return the empty forms of a delivery's page, by their names."""
    return {"told_form": ToldForm(), "mend_form": MendForm(initial={"version": delivery.version})}
