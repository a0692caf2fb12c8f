"""The three questions of the guided page, kept in its address; any of them may stay without an answer."""

from typing import Any

from django import forms

from consultations.choices import HomeLoss
from municipalities.models import Municipality
from municipalities.places.picker import MunicipalityField
from municipalities.places.successions import successors
from shsp.help.texts import Texts


class PlaceField(MunicipalityField):
    """Where somebody is: one that no longer exists is its successor, if that is a single one."""

    gone: Municipality | None = None

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\x00", "")

    def clean(self, value: Any) -> Municipality | None:
        """Return the municipality that helps there today."""
        found = super().clean(value)
        if found is None or found.dissolved_on is None:
            return found
        self.gone, after = found, successors(found)
        if len(after) == 1:
            return after[0]
        self.candidates = after
        key = "dissolved" if after else "dissolved_nowhere"
        raise forms.ValidationError(self.error_messages[key], code=key)


class AnswerField(forms.ChoiceField):
    """One of several answers as cards; what is none of them is no answer."""

    widget = forms.RadioSelect

    def clean(self, value: Any) -> str:
        """Return the key of the answer, or ""."""
        return value if value and self.valid_value(value) else ""


class HelpForm(forms.Form):
    """Where, what, and how soon."""

    municipality = PlaceField(required=False)
    # Short and neutral keys: an address that others may see does not say what happens at home.
    s = AnswerField(required=False)
    home = AnswerField(required=False)

    def __init__(self, *args: Any, texts: Texts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._texts = texts
        self._say_where(texts)
        situations = [(row["key"], texts.of(row["name"])) for row in texts.part("situations")]
        self._offer(texts, "s", "what", [*situations, ("", texts.plain("unsaid"))])
        soon = [(value, texts.of(texts.part("soon")[value]["name"])) for value in HomeLoss.values]
        self._offer(texts, "home", "soon", [*soon, ("", texts.plain("soon_unsaid"))])

    def _say_where(self, texts: Texts) -> None:
        field: Any = self.fields["municipality"]
        field.label, field.help_text = texts.plain("where"), texts.plain("where_hint")
        keys = ("several", "similar", "unknown", "dissolved", "dissolved_nowhere")
        field.error_messages |= {key: texts.plain(key) for key in keys}
        field.error_messages["max_length"] = texts.plain("too_long")
        field.words = _words_around(texts)

    def _offer(self, texts: Texts, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.label, field.choices, field.words = texts.plain(label), choices, _words_around(texts)

    @property
    def merged(self) -> str:
        """Say of a municipality that no longer exists where help is now; "" for every other one."""
        field: Any = self.fields["municipality"]
        after = self.cleaned_data.get("municipality") if field.gone else None
        if after is None:
            return ""
        return self._texts.plain("merged") % {"before": field.gone.name, "after": after.full_name}

    def answers(self) -> dict[str, Any]:
        """Return what was answered: `municipality`, `s`, `home`; what was not, is None or ""."""
        self.full_clean()
        clean = getattr(self, "cleaned_data", {})
        return {
            "municipality": clean.get("municipality"),
            "s": clean.get("s", ""),
            "home": clean.get("home", ""),
        }


def _words_around(texts: Texts) -> dict[str, str]:
    """Return what components say around a field, which else is in the language of the page's frame."""
    names = {"optional": "optional", "which": "which", "none": "none_found", "some": "offers"}
    return {"error": texts.plain("error"), **{name: texts.plain(key) for name, key in names.items()}}
