"""Samples for the component gallery: every component with made-up, harmless content."""

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.http import QueryDict
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.fields import MailField
from core.templatetags.ui import STATES
from municipalities.figures.charts import BarChart, Group, LineChart, Reading


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
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        widget=forms.Textarea(attrs={"data-counter": "", "maxlength": 2000, "rows": 4}),
        max_length=2000,
    )
    files = forms.FileField(label=gettext_lazy("Files"), required=False)
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


class SampleFilter(forms.Form):
    """Filters of a list."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("all")), ("new", gettext_lazy("new"))],
    )
    q = forms.CharField(label=gettext_lazy("Words"), required=False)


def charts() -> dict[str, Any]:
    """Return charts of made-up numbers: what is known, what is not, and what is too small to be told."""
    unknown = Reading(None, "–")
    small = Reading(None, _("fewer than %(count)s") % {"count": 5})
    numbers: list[tuple[str, list[int | None]]] = [
        ("Brno", [12, 20, 34]),
        ("Most", [8, None, 16]),
        ("Vír", [0, 1, 2]),
    ]
    groups = [
        Group(
            name,
            [
                Reading(None, "–") if value is None else Reading(Decimal(value), str(value))
                for value in values
            ],
        )
        for name, values in numbers
    ]
    groups.append(Group("Štětí", [unknown, small, Reading(Decimal(9), "9")]))
    shared: dict[str, Any] = {
        "unit": _("flats"),
        "row_title": _("Municipality"),
        "columns": ["2017", "2018", "2019"],
        "groups": groups,
        "source": "mpsv.cz",
    }
    return {
        "bars": BarChart(ident="bars", title=_("Flats by year"), **shared),
        "lines": LineChart(ident="lines", title=_("Flats over the years"), **shared),
    }


def samples() -> dict[str, Any]:
    """Return what the gallery's page reads."""
    moment = datetime(2026, 11, 3, 8, 5, tzinfo=UTC)
    return {
        **charts(),
        "doors": [
            {
                "title": _("Ask a question"),
                "text": _("A consultant will answer."),
                "url": "#doors",
                "icon": icon,
            }
            for icon in ("home", "question", "answer", "town")
        ],
        "facts": [
            {"term": _("Inhabitants"), "value": "381 346", "source": "czso.cz", "date": "2020"},
            {"term": _("Telephone"), "value": None},
        ],
        "states": list(STATES),
        "moment": moment,
        "form": SampleForm(prefix="ok"),
        "wrong": SampleForm(QueryDict("bad-email=jana&bad-text="), prefix="bad"),
        "filter": SampleFilter(QueryDict("state=new")),
        "page": SimpleNamespace(
            number=2, has_next=True, has_previous=True, older_than=None, count_label="1\u00a0000+", items=[]
        ),
        "files": [SimpleNamespace(id=1, name="vypoved-z-najmu.pdf", size=184_320, url="#files")],
        "reasons": [_("Somebody else works on this request."), _("The answer is empty.")],
        "steps": [_("You ask"), _("A consultant reads it"), _("You get an answer")],
        "old": _("The municipality must tell the tenant in writing within a month."),
        "new": _("The landlord must tell the tenant in writing within three months."),
    }
