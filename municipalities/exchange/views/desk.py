"""Order in the exchange: what readers report, hiding and showing again."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from core.views.verbs import back_to, run_verb, template_page
from municipalities.exchange.actions import moderation as actions
from municipalities.exchange.forms import HideForm, ReportFilterForm
from municipalities.exchange.views.posts import post_of, question_of
from municipalities.models import ExchangeReport

# How many reports stand beside what is to be hidden.
MOST_REPORTS = 20


@requires(Permission.MODERATE_EXCHANGE)
@require_safe
def reports(request: UserRequest) -> HttpResponse:
    """Show what readers report, newest first: the open ones, or those that are settled."""
    form = ReportFilterForm(request.GET)
    rows = ExchangeReport.objects.visible_to(request.user).for_list()
    page = page_of(rows.filter(settled_at__isnull=not form.wants_settled), request)
    return render(request, "municipalities/exchange/reports.html", {"form": form, "page": page})


@requires(Permission.MODERATE_EXCHANGE)
@require_POST
def dismiss(request: UserRequest, pk: int) -> HttpResponse:
    """Let what was reported stand."""
    row = get_object_or_404(ExchangeReport.objects.visible_to(request.user), pk=pk)
    return run_verb(
        request,
        partial(actions.dismiss, row, by=request.user),
        to="desk-exchange-reports",
        show=back_to(request, "desk-exchange-reports", level=messages.INFO),
        done=_("The report is settled. The text stays as it is."),
        changed=_("A colleague has decided on it already."),
    )


@requires(Permission.MODERATE_EXCHANGE)
def hide(request: UserRequest, pk: int) -> HttpResponse:
    """Ask why, then hide a question or an answer."""
    post = post_of(request, question_of(request, pk))
    form = HideForm(request.POST or None)
    told = ExchangeReport.objects.visible_to(request.user).about(post).unsettled().for_list()[:MOST_REPORTS]
    context = {"post": post, "form": form, "reports": told}
    return run_verb(
        request,
        lambda: actions.hide(post, **form.cleaned_data, by=request.user),
        to=post,
        show=template_page(request, "municipalities/exchange/hide.html", context),
        done=_("It is hidden. Its author is told."),
        form=form,
        field="reason",
    )


@requires(Permission.MODERATE_EXCHANGE)
@require_POST
def restore(request: UserRequest, pk: int) -> HttpResponse:
    """Show again what was hidden."""
    post = post_of(request, question_of(request, pk))
    actions.restore(post, by=request.user)
    messages.success(request, _("Everybody can read it again. Its author is told."))
    return redirect(post)
