"""How a requester can be reached, as they add or correct it behind the private link."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Person
from consultations.requests.queries import masked_phone
from core.forms.fields import MailField, PhoneField
from core.templatetags.ui import mask_email


class ReachForm(forms.Form):
    """An e-mail and a phone number. Those that we have are not shown whole: others may look on."""

    email = MailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    forget_email = forms.BooleanField(label=_("Take the e-mail away"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    forget_phone = forms.BooleanField(label=_("Take the phone number away"), required=False)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self.fields["email"].help_text = _("We send the private link and the answer there.")
        self.fields["phone"].help_text = _("We may call you if something is quicker said than written.")
        known = {"email": mask_email(person.email), "phone": masked_phone(person.phone)}
        for name, masked in known.items():
            if getattr(person, name):
                words = _("Now we have %(masked)s. Leave the field empty and it stays so.")
                self.fields[name].help_text = words % {"masked": masked}
            else:
                del self.fields[f"forget_{name}"]

    def clean(self) -> dict[str, Any]:
        """Return both as they are to be; raises ValidationError where nothing was filled in."""
        said = self.cleaned_data
        if not any(said.values()) and not self.errors:
            self.add_error(None, _("Write an e-mail or a phone number."))
        return {name: self._wanted(name) for name in ("email", "phone")}

    def _wanted(self, name: str) -> str:
        kept = "" if self.cleaned_data.get(f"forget_{name}") else getattr(self.person, name)
        return self.cleaned_data.get(name) or kept

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout(*self.fields)
        helper.add_input(Submit("send", _("Save")))
        return helper
