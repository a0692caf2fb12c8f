"""The page on which officials and the desk write how a municipal office is reached."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.access import UserRequest
from core.views.verbs import run_verb
from municipalities.models import Municipality
from municipalities.places import profile
from municipalities.programmes.actions.office import change_office
from municipalities.programmes.actions.programmes import reasons_against_editing
from municipalities.programmes.forms.office import OfficeForm
from municipalities.programmes.views.pages import Area


def page(
    request: UserRequest, area: Area, row: Municipality, to: str, own: list[Municipality] | None = None
) -> HttpResponse:
    """Show the form with what is known, and write what was sent; `to` is where one goes on."""
    form = OfficeForm(request.POST or None, initial=OfficeForm.initial_of(row))

    def verb() -> None:
        words = {name: form.cleaned_data[name] for name in ("email", "phone", "note", "website")}
        change_office(row, **words, seen=_moment(form.cleaned_data["seen"]), by=request.user)

    def show(*, conflict: Any = None, status: int = 200) -> HttpResponse:
        if conflict is not None:
            sent = request.POST.copy()
            sent["seen"] = OfficeForm.initial_of(conflict)["seen"]
            form.data = sent
        context = {"area": area, "municipality": row, "municipalities": own or [], "form": form, "back": to}
        context["reasons"] = reasons_against_editing(row, by=request.user)
        context["theirs"] = profile.office_facts(conflict) if conflict else []
        context["has_changed"] = conflict is not None
        return render(request, "municipalities/programmes/office.html", context, status=status)

    done = _("The contact of the office is saved.")
    return run_verb(request, verb, to=to, show=show, done=done, form=form)


def _moment(text: str) -> datetime | None:
    """Return the moment that the page gave along; one that is none was never a change."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None
