"""The page on which officials and the desk write how a municipal office is reached."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import UserRequest
from core.views.verbs import run_verb
from municipalities.models import Municipality
from municipalities.places import profile
from municipalities.places.offices import queries
from municipalities.programmes.actions.office import change_office
from municipalities.programmes.actions.programmes import reasons_against_editing
from municipalities.programmes.forms.office import OfficeForm
from municipalities.programmes.views.pages import Area


def office_page(
    request: UserRequest, area: Area, row: Municipality, to: str, own: list[Municipality] | None = None
) -> HttpResponse:
    """Show the form with what is known, and write what was sent; `to` is where one goes on."""
    reports = queries.reports_about(row, None)
    newest = {"newest_report": reports[0].pk if reports else 0}
    form = OfficeForm(request.POST or None, initial=OfficeForm.initial_of(row) | newest)

    def show(*, conflict: Any = None, status: int = 200) -> HttpResponse:
        if conflict is not None:
            sent = request.POST.copy()
            sent["seen"] = OfficeForm.initial_of(conflict)["seen"]
            form.data = sent
        context = {"area": area, "municipality": row, "municipalities": own or [], "form": form, "back": to}
        context["reasons"] = reasons_against_editing(row, by=request.user)
        context["theirs"] = profile.office_facts(conflict) if conflict else []
        context["has_changed"] = conflict is not None
        context |= {"reports": reports, "offices": [] if area.is_desk else queries.offices_of(row)}
        return render(request, "municipalities/programmes/office.html", context, status=status)

    return run_verb(
        request,
        lambda: change_office(row, **form.cleaned_data, by=request.user),
        to=to,
        show=show,
        done=_("The contact of the office is saved."),
        form=form,
    )
