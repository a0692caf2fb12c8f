"""Behind the links of deliveries and subscriptions, and the form by which anybody follows reports."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import public
from core.views import limits
from core.views.verbs import back_to, run_verb, template_page
from visits.deliveries.actions import subscriptions
from visits.deliveries.forms import SubscribeForm
from visits.deliveries.views import one
from visits.models import Delivery, Subscription

# How often one network may ask for reports in an hour.
MOST_AN_HOUR = 20


def delivery(request: HttpRequest, row: Delivery, page: str = "") -> HttpResponse:
    """What a delivery's link opens: the page of it, and the form to ask."""
    ask_address = reverse("link-page", args=[row.link_token, "ask"])
    reader = one.Reader(by=None, address=row.get_link(), ask_address=ask_address, base="base.html")
    if page == "ask":
        return one.ask(request, row, reader)
    if page:
        raise Http404
    return one.page(request, row, reader)


def subscription(request: HttpRequest, row: Subscription, page: str = "") -> HttpResponse:
    """What a subscription's link opens: the button that confirms it, and the one that ends it."""
    if page:
        raise Http404
    if request.method != "POST":
        context = {"subscription": row}
        return render(request, "visits/deliveries/subscription.html", context)
    if request.POST.get("do") == "end":
        subscriptions.end(row)
        return render(request, "visits/deliveries/subscription_over.html", {"link": row})
    return run_verb(
        request,
        lambda: subscriptions.confirm(row),
        to=row.get_link(),
        show=back_to(request, row.get_link()),
        done=_("Thank you. We will send you the reports."),
    )


@public
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for reports by mail; what is answered is the same whatever the address."""
    form = SubscribeForm(
        request.POST or None, initial={"theme": request.GET.get("theme", "").replace("\x00", "")}
    )
    show = template_page(request, "visits/deliveries/subscribe.html", {"form": form})
    if request.POST.get("website"):
        return redirect("visit-subscribe-asked")
    if form.is_valid() and not limits.take("subscribe", request, MOST_AN_HOUR):
        return render(request, "429.html", status=429)

    def verb() -> None:
        said = {name: form.cleaned_data[name] for name in ("email", "theme", "municipality")}
        subscriptions.subscribe(**said, language=get_language() or "cs")

    return run_verb(request, verb, to="visit-subscribe-asked", show=show, form=form)


@public
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What comes next: a mail with a button."""
    return render(request, "visits/deliveries/asked.html")
