"""Pages that belong to no subject: home, what machines ask for, errors."""

import errno
import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from accounts.access import View, public
from accounts.unsent_forms import keep, typed
from consultations.models import AnsweredCount, SummaryEdition
from core.templatetags import ui
from municipalities.models import Municipality, PracticeEdition
from municipalities.places import maps
from municipalities.places.loading import DATA
from municipalities.places.profile import money
from shsp import gallery
from shsp.centre import words
from shsp.context_processors import Portal
from studies.plan.queries import plan

SUMMARIES_SHOWN = 4
PRACTICES_SHOWN = 3
RETRY_AFTER_SECONDS = "30"
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: four doors, the newest answers and practices, the sixteen municipalities, the materials."""
    pilots = list(Municipality.objects.pilots().for_list())
    context = {
        "answered": AnsweredCount.objects.first(),
        "summaries": list(SummaryEdition.objects.published().for_list()[:SUMMARIES_SHOWN]),
        "practices": list(PracticeEdition.objects.published().for_list()[:PRACTICES_SHOWN]),
        "pilots": pilots,
        "map": maps.of_pilots(pilots),
        "plan": plan(),
    }
    return render(request, "pages/home.html", context)


def centre_rows(portal: Portal) -> list[dict[str, Any]]:
    """Return the facts about the Centre that are known, each with its source where nobody changed it here."""
    facts = portal.centre
    opened = date.fromisoformat(f"{facts['opened_month']}-01")
    rows = [
        _fact(_("Open to the whole country since"), ui.partial_date(opened, "month"), facts["opened_source"]),
        _fact(_("E-mail"), portal.email, words.source_of("email")),
        _fact(_("Telephone"), ui.phone(portal.phone), words.source_of("phone")),
        _fact(_("Address"), words.fact("address"), words.source_of("address")),
        _fact(_("Opening hours"), words.fact("hours")),
        _fact(capfirst(_("data box")), words.fact("data_box")),
        _fact(_("E-mail of the data-protection officer"), words.fact("officer_email")),
        _fact(_("Telephone of the data-protection officer"), ui.phone(words.fact("officer_phone"))),
    ]
    return [row for row in rows if row["value"]]


def project_rows(portal: Portal) -> list[dict[str, Any]]:
    """Return the facts about the project that pays for the Centre."""
    project = portal.project
    name = project["title_cs"] if portal.is_czech else project["title_en"]
    shares = _("%(esf)s%% European Social Fund, %(state)s%% state budget") % {
        "esf": ui.number(project["budget_share_esf_percent"]),
        "state": ui.number(project["budget_share_state_percent"]),
    }
    return [
        _fact(_("Project"), name, project["source"]),
        _fact(_("Registration number"), project["registration_number"], project["source"]),
        _fact(capfirst(_("programme")), _("Operational Programme Employment 2014–2020"), project["source"]),
        _fact(_("Who runs it"), _("Ministry of Labour and Social Affairs"), project["source"]),
        _fact(_("Began"), ui.day(date.fromisoformat(project["start"])), project["source"]),
        _fact(_("Ended"), ui.day(date.fromisoformat(project["end_extended"])), project["source"]),
        _fact(_("Cost"), money(Decimal(project["total_budget_czk"])), project["total_budget_source"]),
        _fact(_("Who paid"), shares, project["budget_share_source"]),
    ]


def _fact(term: str, value: Any, url: str = "") -> dict[str, Any]:
    return {"term": term, "value": value, "source": url}


def _plain(template: str, content_type: str | None = None, **context: Any) -> View:
    """Return the view of a page that needs nothing but its template."""
    page = TemplateView.as_view(template_name=template, content_type=content_type, extra_context=context)
    return public(require_safe(page))


# How data came to the portal, with the licences that ask to be shown.
credits_page = _plain(
    "pages/credits.html",
    regions_licence=(DATA / "regions.LICENSE.txt").read_text(encoding="utf-8"),
    first_page="http://www.socialnibydleni.mpsv.cz/en/190-social-housing-support-project",
)
# What search engines leave alone: everything behind a login or a secret link.
robots = _plain("robots.txt", content_type="text/plain", languages=settings.LANGUAGES)


@public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component, live. On local runs only; elsewhere the page does not exist."""
    if not settings.LOCAL:
        raise Http404
    return render(request, "pages/components.html", gallery.samples())


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The way to our icon, for whoever asks for it where icons once were."""
    return redirect(static("img/favicon.svg"))


@public
@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in the portal (RFC 9116); the Centre's own address, for half a year from now."""
    context = {"expires": timezone.now() + timedelta(days=180), "base_url": settings.BASE_URL}
    return render(request, "security.txt", context, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that makes no sense, or for a form that holds more than any of ours."""
    if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "400.html", status=400)
    context = {"megabytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000, "limits": settings}
    return render(request, "413.html", context, status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours: the database is busy or away, no disk takes more, or anything else."""
    fault, status = sys.exc_info()[1], 500
    if isinstance(fault, OperationalError | InterfaceError):
        status = 503
    elif isinstance(fault, OSError) and fault.errno in NO_SPACE:
        status = 507
    response = render(request, f"{status}.html", {"typed": _typed(request)}, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    if status != 500:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _typed(request: HttpRequest) -> list[str]:
    """Return the texts that were sent with a form, for the page to hand them back."""
    try:
        return typed(dict(request.POST.lists()))
    except (OSError, SuspiciousOperation):
        return []


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose safety token is missing or old; our own, after a new login, is kept."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    page = keep(request) if is_ours and request.user.is_authenticated else ""
    return render(request, "403_csrf.html", {"page": page}, status=403)
