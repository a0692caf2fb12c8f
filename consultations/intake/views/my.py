"""The officials' own pages: what they have asked for their municipality."""

from datetime import timedelta
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.choices import State
from consultations.intake.actions import requester
from consultations.intake.conversation import as_told
from consultations.intake.forms.public import OfficialAskForm, RequestFilterForm
from consultations.intake.queries import unread_answers
from consultations.intake.similar import offers_to
from consultations.intake.views.request import after_asking, correct
from consultations.models import SupportRequest
from consultations.requests import form_keys
from core.views.paging import page_of
from core.views.verbs import UNPROCESSABLE, run_verb
from municipalities import hooks
from municipalities.exchange.queries import news
from municipalities.figures.queries import at_a_glance
from municipalities.people.queries import people_now
from municipalities.places.queries import own_municipalities
from municipalities.places.successions import reasons_against_choosing, told_of_gone

LATEST = 5
# For so long what is written in the exchange is news.
NEWS = timedelta(days=60)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def overview(request: UserRequest) -> HttpResponse:
    """What waits for us, how the municipality is doing, and what is new."""
    rows = SupportRequest.objects.visible_to(request.user).for_list().order_by("-pk")
    municipalities, chosen = own_municipalities(request)
    waiting, latest = list(rows.filter(state=State.WAITING_REQUESTER)[:LATEST]), list(rows[:LATEST])
    as_told(*waiting, *latest)
    now = timezone.now()
    context = {
        "municipalities": municipalities,
        "municipality": chosen,
        "gone": [reason for row in municipalities for reason in reasons_against_choosing(row)],
        "tasks": hooks.tasks_of(request.user, municipalities),
        "next": hooks.next_of(request.user, municipalities),
        "waiting": [row for row in waiting if row.state == State.WAITING_REQUESTER],
        "latest": latest,
        "answers": unread_answers(request.user),
        "figures": at_a_glance(chosen) if chosen else [],
        "news": list(news(request.user, since=now - NEWS, until=now)[:LATEST]),
        "people": people_now(chosen) if chosen else [],
    }
    return render(request, "consultations/intake/my/overview.html", context)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def requests(request: UserRequest) -> HttpResponse:
    """The requests of one's municipalities, newest first."""
    form = RequestFilterForm(request.GET)
    rows = form.chosen(SupportRequest.objects.visible_to(request.user).for_list().order_by("-pk"))
    page = page_of(rows, request)
    as_told(*page.items)
    return render(request, "consultations/intake/my/requests.html", {"form": form, "page": page})


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def ask(request: UserRequest) -> HttpResponse:
    """The form for one's own municipality."""
    if request.method == "POST":
        return _receive(request)
    return _ask_page(request, OfficialAskForm(user=request.user))


def _receive(request: UserRequest) -> HttpResponse:
    first = requester.find_received(form_keys.sent_key(request.POST))
    form = OfficialAskForm(request.POST, request.FILES, user=request.user)
    if first:
        return correct(request, form, first, request.user)
    if not form.is_valid():
        return _ask_page(request, form, UNPROCESSABLE)
    clean = form.cleaned_data
    # Who loses a home is not held up by what may help already.
    if not (clean["offers_seen"] or clean["home_loss"]) and form.offer(offers_to(request, clean["subject"])):
        return _ask_page(request, form)
    return run_verb(
        request,
        lambda: requester.receive(form.to_intake(), by=request.user),
        to=lambda case: after_asking(case, "received", request.user),
        show=partial(_ask_page, request, form),
        form=form,
    )


def _ask_page(request: UserRequest, form: OfficialAskForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "speaks_for_nobody": not form.fields["municipality"].queryset.exists(),
        "gone": told_of_gone(request.user),
    }
    return render(request, "consultations/intake/my/ask.html", context, status=status)
