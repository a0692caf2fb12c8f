"""How much time the Contact Centre's work took, and how it helped."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.desk.forms.timesheet import TimeForm
from consultations.desk.timesheet import Timesheet
from core.views.tables import csv_response


@requires(Permission.VIEW_DESK)
@require_safe
def time(request: UserRequest) -> HttpResponse:
    """Sums of time for the period, municipality and consultant in the address."""
    form = TimeForm(request.GET)
    sheet = Timesheet(**form.choice(), reader=request.user)
    return render(request, "consultations/desk/time.html", {"form": form, "sheet": sheet})


@requires(Permission.VIEW_DESK)
@require_safe
def export(request: UserRequest) -> StreamingHttpResponse:
    """The same sums as a table to take away; nobody but colleagues is named in it."""
    sheet = Timesheet(**TimeForm(request.GET).choice(), reader=request.user)
    header = [
        _("Request"), _("Municipality"), _("Consultant"), _("Channel"), _("Contacts"), _("Minutes"),
        _("Hours"),
    ]  # fmt: skip
    return csv_response(f"time-{sheet.since:%Y-%m-%d}-{sheet.until:%Y-%m-%d}", header, sheet.rows())
