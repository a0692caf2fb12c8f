"""What the rota and absences are filled in with."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.duty.actions import reasons_against_filling
from accounts.duty.queries import Week, colleagues
from accounts.models import Absence, User
from core.forms.fields import DayField


class RotaForm(forms.Form):
    """Ticks for each week of the rota that is not over."""

    def __init__(self, *args: Any, weeks: list[Week], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(user.pk): user for user in colleagues()}
        self.weeks = {f"week-{week.monday}": week for week in weeks if not week.is_over}
        for name, week in self.weeks.items():
            self.fields[name] = forms.MultipleChoiceField(
                choices=[(pk, user.name) for pk, user in self.people.items()],
                initial=[str(user.pk) for user in week.users],
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
                # What the reader saw goes along, so that only what they changed is written.
                show_hidden_initial=True,
            )

    def rows(self) -> Iterator[tuple[Week, forms.BoundField]]:
        return ((week, self[name]) for name, week in self.weeks.items())

    def _seen_in(self, name: str) -> list[str]:
        assert isinstance(self.data, QueryDict)
        return self.data.getlist(self[name].html_initial_name)

    def changes(self) -> Iterator[tuple[date, list[User], set[int]]]:
        """Yield each week that was changed: its Monday, who is to be on duty, and who was as it was seen."""
        for name in self.changed_data:
            seen = {int(pk) for pk in self._seen_in(name) if pk.isdecimal()}
            users = [self.people[pk] for pk in self.cleaned_data[name]]
            yield self.weeks[name].monday, users, seen


class AbsenceForm(forms.Form):
    """Days on which somebody is away; only coordinators say whose they are."""

    user = forms.ModelChoiceField(
        label=_("Who is away"),
        queryset=User.objects.staff(),
        empty_label=_("choose"),
        error_messages={"required": _("Choose who is away.")},
    )
    since = DayField(label=_("First day away"), error_messages={"required": _("Choose the first day.")})
    until = DayField(label=_("Last day away"), error_messages={"required": _("Choose the last day.")})
    deputy = forms.ModelChoiceField(
        label=_("Who stands in"),
        queryset=colleagues(),
        required=False,
        empty_label=_("whoever is on duty"),
        help_text=_("They get what comes for you meanwhile, and see your requests in their day."),
    )

    def __init__(self, *args: Any, by: User, absence: Absence | None = None, **options: Any) -> None:
        names = ("since", "until", "deputy")
        initial = {name: getattr(absence, name) for name in names} if absence else {}
        options["initial"] = {"user": by.pk, **initial}
        super().__init__(*args, **options)
        if absence or reasons_against_filling(by=by):
            del self.fields["user"]

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        who = ["user"] if "user" in self.fields else []
        helper.layout = Layout(*who, Div("since", "until", css_class="grid-2"), "deputy")
        helper.add_input(Submit("send", _("Save")))
        return helper
