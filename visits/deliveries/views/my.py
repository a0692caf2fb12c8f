"""The officials' own pages: a report that waits for them, and which reports their municipality gets."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.verbs import back_to, run_verb, template_page
from municipalities.places.queries import own_municipalities
from visits.deliveries.actions import subscriptions
from visits.deliveries.forms import FollowForm
from visits.deliveries.views import one
from visits.models import Delivery, Subscription

BASE = "base_my.html"


def _row(request: UserRequest, pk: int) -> tuple[Delivery, one.Reader]:
    rows = Delivery.objects.visible_to(request.user).for_list()
    row = get_object_or_404(rows, pk=pk)
    ask_address = reverse("my-delivery-ask", args=[pk])
    return row, one.Reader(by=request.user, address=row.get_my_url(), ask_address=ask_address, base=BASE)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def delivery(request: UserRequest, pk: int) -> HttpResponse:
    """One report for one's municipality."""
    return one.page(request, *_row(request, pk))


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def ask(request: UserRequest, pk: int) -> HttpResponse:
    """Ask about a report for one's municipality."""
    return one.ask(request, *_row(request, pk))


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def follows(request: UserRequest) -> HttpResponse:
    """Which reports one's municipalities get, and one more."""
    own, _chosen = own_municipalities(request)
    form = FollowForm(request.POST or None, municipalities=own)
    rows = Subscription.objects.confirmed().filter(municipality__in=own, asked_by__isnull=False)
    rows = rows.for_list().order_by("municipality__search_name", "pk")
    context = {"form": form, "municipalities": own, "rows": rows}
    return run_verb(
        request,
        lambda: subscriptions.follow(**form.cleaned_data, by=request.user),
        to="my-visit-reports",
        show=template_page(request, "visits/deliveries/follows.html", context),
        done=_("Your municipality gets these reports from now on."),
        form=form,
        field="theme",
    )


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def unfollow(request: UserRequest, pk: int) -> HttpResponse:
    """Send a municipality no more reports on a theme."""
    own, _chosen = own_municipalities(request)
    rows = Subscription.objects.filter(municipality__in=own, asked_by__isnull=False)
    row = get_object_or_404(rows, pk=pk)
    return run_verb(
        request,
        lambda: subscriptions.end(row, by=request.user),
        to="my-visit-reports",
        show=back_to(request, "my-visit-reports"),
        done=_("Your municipality gets these reports no more."),
    )
