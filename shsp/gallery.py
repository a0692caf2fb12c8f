"""Samples for the component gallery: every component with made-up, harmless content."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.http import QueryDict
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.fields import FilesField, MailField, PlainTextField
from core.loading.sources import Sources
from core.templatetags.ui import STATES
from municipalities.figures.charts import BarChart, Group, LineChart, Reading
from shsp.views_outbox import OutboxFilter


class SampleForm(forms.Form):
    """One field of each kind."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who is asking?"),
        choices=[("person", gettext_lazy("a person")), ("municipality", gettext_lazy("a municipality"))],
        widget=forms.RadioSelect,
    )
    municipality = forms.CharField(
        label=gettext_lazy("Municipality"),
        required=False,
        help_text=gettext_lazy("Type at least three letters."),
    )
    email = MailField(label=gettext_lazy("E-mail"), help_text=gettext_lazy("For example jana@example.cz."))
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"), required=False, choices=[("", "–"), ("law", "Law")]
    )
    text = PlainTextField(label=gettext_lazy("Your question"), rows=4, max_length=2000)
    files = FilesField()
    consent = forms.BooleanField(
        label=gettext_lazy("You may publish the answer without my name."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].hints = {"municipality": gettext_lazy("for example its social department")}
        self.fields["municipality"].options_url = reverse_lazy("municipality-options")
        self.helper = FormHelper()
        self.helper.form_action = reverse("components")
        self.helper.form_method = "get"
        self.helper.form_id = f"form-{self.prefix}"
        self.helper.layout = Layout(
            Field("who", template="components/choice_cards.html"),
            Field("municipality", template="components/combobox.html"),
            "email",
            "topic",
            "text",
            Field("files", template="components/file_input.html"),
            "consent",
            Submit(f"{self.prefix}-send", gettext_lazy("Send"), css_id=f"{self.prefix}-send"),
        )


def samples() -> dict[str, Any]:
    """Return what the gallery's page reads."""
    shown = yaml.safe_load((Path(__file__).parent / "data" / "samples.yaml").read_text(encoding="utf-8"))
    return {
        **shown,
        **_charts(shown["charts"]),
        "page": SimpleNamespace(**shown["page"]),
        "states": list(STATES),
        "banners": [
            {"kind": kind, "text": "Text", "link": "a link", "url": "#banners"}
            for kind in ("info", "warning")
        ],
        "sources": Sources(),
        "moment": datetime(2026, 11, 3, 8, 5, tzinfo=UTC),
        "form": SampleForm(prefix="ok"),
        "wrong": SampleForm(QueryDict("bad-email=jana&bad-text="), prefix="bad"),
        "filter": OutboxFilter(QueryDict("state=queued")),
    }


def _charts(numbers: dict[str, list[str | None]]) -> dict[str, Any]:
    """Return charts: of what is known, what is not, and what is too small to be told."""
    readings = {
        name: [Reading(Decimal(value), value) if value else Reading(None, "–") for value in values]
        for name, values in numbers.items()
    }
    small = Reading(None, _("fewer than %(count)s") % {"count": 5})
    readings["Štětí"] = [Reading(None, "–"), small, Reading(Decimal(9), "9")]
    shared: dict[str, Any] = {
        "unit": _("flats"),
        "row_title": _("Municipality"),
        "columns": ["2017", "2018", "2019"],
        "groups": [Group(name, values) for name, values in readings.items()],
        "source": "mpsv.cz",
    }
    return {
        "bars": BarChart(ident="bars", title=_("Flats by year"), **shared),
        "lines": LineChart(ident="lines", title=_("Flats over the years"), **shared),
    }
