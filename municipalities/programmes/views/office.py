"""The page on which officials and the desk write how a municipal office is reached."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.states import Conflict, Refused
from core.views.verbs import CONFLICT, UNPROCESSABLE
from municipalities.models import Municipality
from municipalities.places import profile
from municipalities.programmes.actions.office import change_office
from municipalities.programmes.actions.programmes import reasons_against_editing
from municipalities.programmes.forms.office import OfficeForm
from municipalities.programmes.views.pages import Area


def page(
    request: HttpRequest, area: Area, row: Municipality, to: str, own: list[Municipality] | None = None
) -> HttpResponse:
    """Show the form with what is known, and write what was sent; `to` is where one goes on."""
    form = OfficeForm(request.POST or None, initial=OfficeForm.initial_of(row))
    reasons, theirs, status = reasons_against_editing(row, by=request.user), [], 200
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("email", "phone", "note", "website")}
        try:
            change_office(row, **words, seen=_moment(form.cleaned_data["seen"]), by=request.user)
        except Refused as refusal:
            reasons, status = refusal.reasons, UNPROCESSABLE
        except Conflict as conflict:
            theirs, status = profile.office_facts(conflict.current), CONFLICT
            form.data = form.data.copy()
            form.data["seen"] = OfficeForm.initial_of(conflict.current)["seen"]
        else:
            messages.success(request, _("The contact of the office is saved."))
            return redirect(to)
    context = {"area": area, "municipality": row, "municipalities": own or [], "form": form, "back": to}
    context |= {"reasons": reasons, "theirs": theirs, "has_changed": status == CONFLICT}
    return render(request, "municipalities/programmes/office.html", context, status=status)


def _moment(text: str) -> datetime | None:
    """Return the moment that the page gave along; one that is none was never a change."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None
