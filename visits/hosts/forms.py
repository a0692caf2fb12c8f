"""What is kept of a host."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import LineField, LinesField, PlainTextField, WholeNumberField
from core.forms.own_words import WordsForm


class HostForm(WordsForm):
    """An organisation abroad; what is empty is not known, and shown to nobody."""

    name = LineField(label=pgettext_lazy("of a thing", "Name"), max_length=120)
    name_english = LineField(label=_("Name in English"), max_length=120, required=False)
    country_cs = LineField(label=_("Country in Czech"), max_length=80)
    country_en = LineField(label=_("Country in English"), max_length=80)
    country_code = forms.RegexField(
        r"^[A-Z]{2}$",
        label=_("Code of the country"),
        max_length=2,
        help_text=_("Two capital letters, such as AT. Hosts of one country stand together."),
        error_messages={"invalid": _("Write two capital letters, such as AT.")},
    )
    city_cs = LineField(label=_("Town or city in Czech"), max_length=80, required=False)
    city_en = LineField(label=_("Town or city in English"), max_length=80, required=False)
    region_cs = LineField(label=_("Area in Czech"), max_length=80, required=False)
    region_en = LineField(label=_("Area in English"), max_length=80, required=False)
    kind_cs = LineField(label=_("What it is, in Czech"), max_length=120, required=False)
    kind_en = LineField(label=_("What it is, in English"), max_length=120, required=False)
    description_cs = PlainTextField(label=_("Description in Czech"), max_length=2000, rows=4, required=False)
    description_en = PlainTextField(
        label=_("Description in English"), max_length=2000, rows=4, required=False
    )
    founded = WholeNumberField(label=_("Founded"), min_value=1000, max_value=2100, required=False)
    homes = WholeNumberField(label=_("Homes it owned"), min_value=0, max_value=10_000_000, required=False)
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    topics_cs = LinesField(label=_("What it works on, in Czech"))
    topics_en = LinesField(label=_("What it works on, in English"))
    source = PlainTextField(
        label=_("Where we know it from"),
        max_length=1000,
        rows=3,
        help_text=_("An address or a document. Several stand with “ ; ” between them."),
    )

    contact = PlainTextField(
        label=_("Contact, for the desk alone"),
        max_length=500,
        rows=3,
        required=False,
        help_text=_("Whom we write to there. Visitors never see it."),
    )

    def clean_founded(self) -> int | None:
        """Return the year; raises ValidationError for one to come."""
        year = self.cleaned_data["founded"]
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("This year is yet to come."))
        return year
