"""What somebody who was named sees behind a personal link: how they stand, the programme, the calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.views.verbs import run_verb, template_page
from visits.attendance.actions import places
from visits.attendance.calendar import calendar_of
from visits.attendance.forms import GiveUpForm
from visits.choices import PlaceState
from visits.models import Attendee, Report

CALENDAR = "calendar"
GIVE_UP = "give-up"


def place(request: HttpRequest, attendee: Attendee, page: str = "") -> HttpResponse:
    """The page behind the link, its calendar file, and the button by which a place is given up."""
    if page == CALENDAR:
        return _calendar(attendee)
    if page == GIVE_UP:
        return _give_up(request, attendee)
    if page:
        raise Http404
    visit, has_place = attendee.visit, attendee.state == PlaceState.CONFIRMED
    context = {
        "attendee": attendee,
        "visit": visit,
        "programme": list(visit.programme.all()),
        "has_place": has_place,
        "report": Report.objects.published().filter(visit=visit).first(),
        "calendar": f"{attendee.get_link()}{CALENDAR}/",
        "give_up": f"{attendee.get_link()}{GIVE_UP}/",
        "against": places.reasons_against_giving_up(attendee, by=None),
    }
    return render(request, "visits/attendance/place.html", context)


def _calendar(attendee: Attendee) -> HttpResponse:
    if attendee.state != PlaceState.CONFIRMED:
        return redirect(attendee.get_link())
    text = calendar_of(attendee.visit, link=attendee.get_link())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = f'attachment; filename="{attendee.visit.slug}.ics"'
    return response


def _give_up(request: HttpRequest, attendee: Attendee) -> HttpResponse:
    form = GiveUpForm(request.POST or None)
    context = {
        "attendee": attendee,
        "visit": attendee.visit,
        "form": form,
        "back": attendee.get_link(),
        "against": places.reasons_against_giving_up(attendee, by=None),
    }
    return run_verb(
        request,
        lambda: places.give_up(attendee, reason=form.cleaned_data["reason"], by=None),
        to=attendee.get_link(),
        show=template_page(request, "visits/attendance/place_give_up.html", context),
        done=_("Thank you for telling us. Your place goes to the next on the list."),
        form=form,
        changed=_("Something has changed meanwhile. Look at it, and press the button once more."),
    )
