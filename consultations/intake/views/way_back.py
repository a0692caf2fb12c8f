"""Finding a request again: how its requester can be reached, the short code, and the page that takes it."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.access import public
from consultations.choices import Receipt
from consultations.intake.actions import short_code
from consultations.intake.actions.reach import give_reach, reasons_against_giving_reach
from consultations.intake.forms.reach import ReachForm
from consultations.intake.forms.short_code import CodeForm, FindForm
from consultations.intake.views.request import by_link
from consultations.models import SupportRequest
from core.outbox import mail
from core.views import limits
from core.views.verbs import Show, back_to, run_verb, template_page


def _too_many(request: HttpRequest, form: Any, show: Show) -> HttpResponse:
    form.add_error(None, _("There were too many tries in the last hour. Please try it later."))
    return show(status=429)


@public
@never_cache
@sensitive_post_parameters()
def find(request: HttpRequest) -> HttpResponse:
    """Take a short code and what it asks for, and go to the page of the request.

    Both are sent, not put into an address: they belong in no log. Tries are counted before
    anything is looked up, right ones, too.
    """
    form = FindForm(request.POST or None)
    show = template_page(request, "consultations/intake/find.html", {"form": form})
    if form.is_valid() and not limits.take("code", request, settings.CODE_TRIES_PER_HOUR):
        return _too_many(request, form, show)
    return run_verb(
        request,
        lambda: short_code.open_by_code(**form.cleaned_data),
        to=SupportRequest.get_link,
        show=show,
        form=form,
    )


def _page(case: SupportRequest, name: str) -> str:
    return reverse(name, args=[case.link_token])


def _may_change(request: HttpRequest, case: SupportRequest) -> bool:
    return limits.take(f"way-back:{case.pk}", request, settings.REPLIES_PER_HOUR)


@by_link
@sensitive_post_parameters()
def code(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """The short code of a request, and the form that makes a new one."""
    form = CodeForm(request.POST or None, case=case)
    context = {
        "case": case,
        "code": getattr(case, "short_code", None),
        "form": form,
        "reasons": short_code.reasons_against_making_code(case, by=None),
        "find_address": mail.absolute(reverse("find")),
    }
    show = template_page(request, "consultations/intake/code.html", context)
    if form.is_valid() and not _may_change(request, case):
        return _too_many(request, form, show)
    return run_verb(
        request,
        lambda: short_code.make_code(case, by=None, **form.cleaned_data),
        to=_page(case, "request-code"),
        show=show,
        form=form,
    )


@by_link
@require_POST
def drop_code(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """Take the short code away."""
    page = _page(case, "request-code")
    return run_verb(
        request,
        partial(short_code.drop_code, case, by=None),
        to=page,
        show=back_to(request, page),
        done=_("The short code is taken away. It opens nothing any more."),
    )


@by_link
def reach(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """How the requester can be reached, to be added or corrected by themselves."""
    form = ReachForm(request.POST or None, person=case.requester)
    context = {"case": case, "form": form, "reasons": reasons_against_giving_reach(case)}
    show = template_page(request, "consultations/intake/reach.html", context)
    if form.is_valid() and not _may_change(request, case):
        return _too_many(request, form, show)
    return run_verb(
        request,
        lambda: give_reach(case, **form.cleaned_data),
        to=case.get_link(),
        show=show,
        done=_said,
        form=form,
    )


def _said(told: Receipt | None) -> str:
    if told == Receipt.OWED:
        return _("It is saved. The private link is on its way to your e-mail.")
    if told == Receipt.ENOUGH:
        return _("It is saved. We wrote to this e-mail lately, so no message goes there now. Keep the link.")
    return _("It is saved.")
