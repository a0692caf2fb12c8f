"""Finding municipalities like one's own: which one, and what to look for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.choices import Approach, Size
from municipalities.places.picker import MunicipalityField


class AlikeFilterForm(forms.Form):
    """By what they work with, and by class of size; kept in the address."""

    approach = forms.ChoiceField(
        label=_("Approach"), choices=[("", _("all approaches")), *Approach.choices], required=False
    )
    size = forms.ChoiceField(label=_("Size"), choices=[("", _("all sizes")), *Size.choices], required=False)

    def wanted(self) -> dict[str, Any]:
        """Return the filters that are set and known; whatever else stands in the address is nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("approach", "size")}


class LikeMineForm(forms.Form):
    """Which municipality one means."""

    municipality = MunicipalityField(
        label=_("Your municipality"), error_messages={"required": _("Write the name of a municipality.")}
    )
