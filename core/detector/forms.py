"""A form whose texts are looked through before they are sent: what may stay is ticked."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from core.detector.finds import Find
from core.forms.fields import LineField, choice_field


class _KeptField(forms.MultipleChoiceField):
    """Finds that are to stay. What is no longer in the text is passed over."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        return [key for key in self.to_python(value) if self.valid_value(key)]


class CheckedForm(forms.Form):
    """Texts that are checked for personal data: each find is removed, or ticked to stay.

    A subclass names the fields in `checked` and says in find() what is found in them; it calls
    look_through() once its fields are complete.
    """

    kept = _KeptField(label=_("May stay in the text"), required=False)
    keep_reason = LineField(label=_("Why it may stay"), max_length=300, required=False)

    checked: tuple[str, ...] = ()
    # Whether somebody has to write why a find may stay.
    asks_why = True

    def find(self, texts: dict[str, str]) -> list[Find]:
        """Return what is found in texts, each by the name of its field."""
        raise NotImplementedError

    def may_keep(self, _one: Find) -> bool:
        return True

    def sentence(self, one: Find) -> str:
        """Say what was found, for the error beside the field."""
        return str(one)

    def look_through(self) -> None:
        """Find what is in the texts as they were sent, and offer to keep it."""
        self.finds = self.find(self._written()) if self.is_bound else []
        keepable = [one for one in self.finds if self.may_keep(one)]
        choice_field(self, "kept").choices = [
            (one.key, f"{one.found} ({one.kind.label}): {one.excerpt}") for one in keepable
        ]
        if not keepable:
            del self.fields["kept"]
        if not self.asks_why or all(one.may_stay_unexplained for one in keepable):
            del self.fields["keep_reason"]

    def _written(self) -> dict[str, str]:
        fields = {name: self.fields[name] for name in self.checked if name in self.fields}
        return {
            name: (field.to_python(self.data.get(self.add_prefix(name), "")) or "")[: field.max_length]
            for name, field in fields.items()
            if isinstance(field, forms.CharField)
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        kept = cleaned.get("kept", [])
        for one in self.finds:
            if one.key not in kept:
                self.add_error(one.field, self.sentence(one))
        explained = [one for one in self.finds if one.key in kept and not one.may_stay_unexplained]
        if "keep_reason" in self.fields and explained and not cleaned.get("keep_reason"):
            self.add_error("keep_reason", _("Write why it may stay."))
        return cleaned

    @property
    def kept_finds(self) -> dict[str, str]:
        """The keys of the finds that stay, each with the reason."""
        return dict.fromkeys(self.cleaned_data.get("kept", []), self.cleaned_data.get("keep_reason", ""))

    @property
    def keeping(self) -> list[forms.BoundField]:
        """The fields in which finds are kept; none where there is nothing to keep."""
        return [self[name] for name in ("kept", "keep_reason") if name in self.fields]

    def keeping_layout(self) -> list[Fieldset]:
        names = [field.name for field in self.keeping]
        return [Fieldset(_("Found in the text"), *names)] if names else []
