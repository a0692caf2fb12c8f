"""Visitors report a wrong contact: one click, and if they like a sentence on what is wrong."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import public
from core.views import limits
from core.views.paging import whole_number
from core.views.verbs import run_verb, template_page
from municipalities.models import Municipality, Office, OfficeReport
from municipalities.places.offices.actions import reports as actions
from municipalities.places.offices.forms import MoreForm
from municipalities.places.queries import municipality_of

SALT = "municipalities.places.offices.report"
# How long a sentence can be added, and how often one network may report, or add one, in an hour.
SECONDS, MOST_AN_HOUR = 3600, 20


@public
@require_POST
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that a contact is wrong, and thank for it; what a program filled in counts for nothing."""
    place = municipality_of(slug)
    office = _office_of(request, place)
    back = _back(request.POST.get("next", ""), place)
    if request.POST.get("website"):
        return redirect(back)
    thanks = template_page(request, "municipalities/places/offices/too_many.html", {"back": back})
    if not limits.take("office-report", request, MOST_AN_HOUR):
        return thanks(status=429)
    return run_verb(
        request,
        lambda: actions.report(place, office=office),
        to=lambda row: _address_of(row, back),
        show=thanks,
    )


def _office_of(request: HttpRequest, place: Municipality) -> Office | None:
    """Return the office that is meant, None for the municipality's own; raises Http404."""
    if not (named := request.POST.get("office")):
        return None
    return get_object_or_404(Office.objects.open(), municipality=place, pk=whole_number(named))


def _back(asked: str, place: Municipality) -> str:
    """Return where the visitor came from, when that is a page of ours, else the municipality's page."""
    is_ours = asked.startswith("/") and "\x00" not in asked
    is_ours = is_ours and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else place.get_absolute_url()


def _address_of(row: OfficeReport, back: str) -> str:
    token = signing.dumps(row.pk, salt=SALT)
    return f"{reverse('office-reported', args=[token])}?{urlencode({'next': back})}"


@public
def reported(request: HttpRequest, token: str) -> HttpResponse:
    """Thank for a report, and take a sentence on what is wrong."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    row = get_object_or_404(OfficeReport.objects.for_list(), pk=pk)
    back = _back(request.GET.get("next", ""), row.municipality)
    form = MoreForm(request.POST or None)
    if request.POST.get("website"):
        return redirect(back)
    # Each sentence after the first is a report of its own, of which all who keep offices are told.
    if form.is_valid() and not limits.take("office-report-more", request, MOST_AN_HOUR):
        return render(request, "municipalities/places/offices/too_many.html", {"back": back}, status=429)
    return run_verb(
        request,
        lambda: actions.say_more(row, note=form.cleaned_data["note"]),
        to=back,
        show=template_page(
            request, "municipalities/places/offices/reported.html", {"row": row, "form": form, "back": back}
        ),
        done=_("Thank you. We have written it down."),
        form=form,
    )
