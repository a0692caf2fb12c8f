"""Returns at the desk: periods, who has sent and who is late, and one municipality's figures to decide on."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from core.views.tables import csv_response
from core.views.verbs import run_verb, template_page, version_of
from municipalities.models import Return, ReturnPeriod
from municipalities.places.filters import ReturnFilter
from municipalities.returns import queries
from municipalities.returns.actions import returns as actions
from municipalities.returns.forms import AddMunicipalityForm, PeriodForm, RemarkForm


@requires(Permission.VIEW_DESK)
@require_safe
def periods(request: UserRequest) -> HttpResponse:
    """The years for which figures were asked, with how far each is."""
    rows = queries.periods().filter(pk__in=ReturnPeriod.objects.visible_to(request.user))
    context = {
        "page": page_of(rows.order_by("-year"), request),
        "against_opening": actions.reasons_of_role(request.user),
    }
    return render(request, "municipalities/returns/periods.html", context)


@requires(Permission.MANAGE_RETURNS)
def open_period(request: UserRequest) -> HttpResponse:
    """Ask for the figures of a year, once it is confirmed who gets mail for it."""
    form = PeriodForm(request.POST or None)
    show = template_page(request, "municipalities/returns/open.html", {"form": form})
    if "change" in request.POST:
        return show()
    if form.is_valid() and "confirm" not in request.POST:
        context = {"form": form, "readers": queries.readers_of(form.cleaned_data["municipalities"])}
        return render(request, "municipalities/returns/open_confirm.html", context)
    return run_verb(
        request,
        lambda: actions.open_period(actions.Asked(**form.cleaned_data), by=request.user),
        to=lambda period: period.get_desk_url(),
        show=show,
        done=lambda _period: _opened(queries.readers_of(form.cleaned_data["municipalities"])),
        form=form,
    )


def _opened(readers: queries.Readers) -> str:
    if not readers.count:
        return _("The period is open. Nobody was written to: nobody speaks for these municipalities yet.")
    words = ngettext(
        "The period is open. We wrote to %(count)s person.",
        "The period is open. We wrote to %(count)s people.",
        readers.count,
    )
    return words % {"count": readers.count}


@requires(Permission.VIEW_DESK)
@require_safe
def period(request: UserRequest, year: int) -> HttpResponse:
    """One period: each municipality, how far it is, who is late."""
    return _period_page(request, year)


@requires(Permission.VIEW_DESK)
@require_safe
def period_csv(request: UserRequest, year: int) -> StreamingHttpResponse:
    """Give all returns of a period as one table."""
    row = _period(request, year)
    return csv_response(f"returns-{row.year}", queries.table_header(row), queries.table_rows(row))


def _period(request: UserRequest, year: int) -> ReturnPeriod:
    rows = ReturnPeriod.objects.visible_to(request.user).select_related("opened_by", "closed_by")
    return get_object_or_404(rows, year=year)


def _period_page(
    request: UserRequest, year: int, *, form: BaseForm | None = None, status: int = 200, **said: Any
) -> HttpResponse:
    row, user = _period(request, year), request.user
    found = ReturnFilter(request.GET, queryset=row.returns.for_list())
    page = page_of(found.qs.order_by("municipality__search_name", "pk"), request, per_page=100)
    spoken = queries.spoken_for(row)
    context = {
        "filter": found,
        "period": row,
        "indicators": queries.indicators_of(row),
        "page": page,
        "rows": [
            {
                "statement": one,
                "is_spoken_for": one.municipality_id in spoken,
                "against_reminding": actions.reasons_against_reminding(one, by=user),
            }
            for one in page.items
        ],
        "form": form or AddMunicipalityForm(),
        "against_reminding_all": actions.reasons_against_reminding_all(row, by=user),
        "against_closing": actions.reasons_against_changing(row, by=user),
        "against_reopening": actions.reasons_against_reopening(row, by=user),
        "conflict": None,
        **said,
    }
    return render(request, "municipalities/returns/period.html", context, status=status)


def _do(
    request: UserRequest,
    row: ReturnPeriod | Return,
    verb: Callable[..., Any],
    *,
    form: BaseForm | None = None,
    **answer: Any,
) -> HttpResponse:
    """Do something to a period or a return, by what its form says, and show it as it stands then."""
    page = _return_page if isinstance(row, Return) else _period_page
    key = row.pk if isinstance(row, Return) else row.year
    return run_verb(
        request,
        lambda: verb(row, **(form.cleaned_data if form else {}), by=request.user),
        to=row.get_desk_url(),
        show=partial(page, request, key, form=form),
        form=form,
        **answer,
    )


@requires(Permission.MANAGE_RETURNS)
@require_POST
def close_period(request: UserRequest, year: int) -> HttpResponse:
    """Take no more returns of a year."""
    verb = partial(actions.close_period, version=version_of(request))
    return _do(request, _period(request, year), verb, done=_("The period is closed. It can be opened again."))


@requires(Permission.MANAGE_RETURNS)
@require_POST
def reopen_period(request: UserRequest, year: int) -> HttpResponse:
    """Take returns of a year again."""
    verb = partial(actions.reopen_period, version=version_of(request))
    return _do(request, _period(request, year), verb, done=_("The period is open again."))


@requires(Permission.MANAGE_RETURNS)
def remind_all(request: UserRequest, year: int) -> HttpResponse:
    """Show who would be reminded, and remind them once that is confirmed."""
    row = _period(request, year)
    if request.method == "POST":
        return _do(request, row, actions.remind_all, done=_reminded)
    reasons = actions.reasons_against_reminding_all(row, by=request.user)
    context = {"period": row, "owed": queries.to_remind(row), "reasons": reasons}
    return render(request, "municipalities/returns/remind_all.html", context)


def _reminded(count: int) -> str:
    words = ngettext("%(count)s municipality was reminded.", "%(count)s municipalities were reminded.", count)
    return words % {"count": count}


@requires(Permission.MANAGE_RETURNS)
@require_POST
def add_municipality(request: UserRequest, year: int) -> HttpResponse:
    """Ask one more municipality."""

    def done(added: Return) -> str:
        is_told = queries.readers_of([added.municipality]).count
        words = _("%(name)s is asked as well.")
        if not is_told:
            words = _("%(name)s is asked as well. Nobody speaks for it yet, so nobody was written to.")
        return words % {"name": added.municipality.full_name}

    row, form = _period(request, year), AddMunicipalityForm(request.POST)
    return _do(request, row, actions.add_municipality, form=form, field="municipality", done=done)


@requires(Permission.MANAGE_RETURNS)
@require_POST
def remind(request: UserRequest, pk: int) -> HttpResponse:
    """Remind one municipality now."""
    row = queries.return_of(request.user, pk)
    verb = partial(actions.remind, row, by=request.user)
    show = partial(_period_page, request, row.period.year)
    done = _("The reminder is on its way.")
    return run_verb(request, verb, to=row.period.get_desk_url(), show=show, done=done)


@requires(Permission.VIEW_DESK)
@require_safe
def one(request: UserRequest, pk: int) -> HttpResponse:
    """The figures of one municipality beside those of before, with the questions they raised."""
    return _return_page(request, pk)


def _return_page(
    request: UserRequest, pk: int, *, form: BaseForm | None = None, status: int = 200, **said: Any
) -> HttpResponse:
    row, user = queries.return_of(request.user, pk), request.user
    context = {
        "statement": row,
        "lines": queries.lines_of(row),
        "form": form or RemarkForm(initial={"version": row.version}),
        "against_accepting": actions.reasons_against_accepting(row, by=user),
        "against_sending_back": actions.reasons_against_sending_back(row, by=user),
        "next_one": queries.next_to_decide(row) if user.has(Permission.MANAGE_RETURNS) else None,
        "conflict": None,
        **said,
    }
    return render(request, "municipalities/returns/one.html", context, status=status)


@requires(Permission.MANAGE_RETURNS)
@require_POST
def accept(request: UserRequest, pk: int) -> HttpResponse:
    """Make the figures of a return public."""
    verb = partial(actions.accept, version=version_of(request))
    done = _("Accepted. The figures are public, with their date and source.")
    return _do(request, queries.return_of(request.user, pk), verb, done=done)


@requires(Permission.MANAGE_RETURNS)
@require_POST
def send_back(request: UserRequest, pk: int) -> HttpResponse:
    """Give a return back with a remark, also one that was accepted."""
    form, done = RemarkForm(request.POST), _("It is back with the municipality, with your remark.")
    return _do(request, queries.return_of(request.user, pk), actions.send_back, form=form, done=done)
