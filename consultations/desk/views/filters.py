"""The filters of the desk's list that are kept under a name."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from consultations.desk.actions import filters
from consultations.desk.filters import RequestFilter
from consultations.desk.forms.desk import NameForm, SaveFilterForm
from consultations.models import SavedFilter, SupportRequest
from core.states import Refused
from core.views.paging import whole_number
from core.views.verbs import back_to, run_verb


@requires(Permission.VIEW_REQUESTS)
@require_safe
def saved_filters(request: UserRequest) -> HttpResponse:
    """One's own filters to look after, and those of colleagues."""
    return _page(request)


@requires(Permission.VIEW_REQUESTS)
@require_POST
def save(request: UserRequest) -> HttpResponse:
    """Keep the filter that the list shows."""
    form = SaveFilterForm(request.POST, auto_id="filter_%s")

    def verb() -> SavedFilter:
        filters_of = RequestFilter(
            QueryDict(form.cleaned_data["query"]), SupportRequest.objects.none(), reader=request.user
        )
        return filters.save(**{**form.cleaned_data, "query": filters_of.query}, by=request.user)

    return run_verb(
        request,
        verb,
        to=lambda saved: saved.get_absolute_url(),
        show=partial(_page, request, form),
        done=lambda saved: _("The filter “%(name)s” is saved.") % {"name": saved.name},
        form=form,
    )


def _change(
    do: Callable[..., None],
    done: Callable[[SavedFilter], str],
    values: Callable[[UserRequest, SavedFilter], dict[str, Any]] = lambda request, saved: {},
) -> View:
    """Return the view that does something to one filter and says what; refused, it says why."""

    @requires(Permission.VIEW_REQUESTS)
    @require_POST
    def view(request: UserRequest, pk: int) -> HttpResponse:
        saved = get_object_or_404(SavedFilter.objects.visible_to(request.user).select_related("owner"), pk=pk)

        def verb() -> str:
            do(saved, **values(request, saved), by=request.user)
            return done(saved) % {"name": saved.name}

        def back(*_done: object) -> str:
            return reverse("desk-filters") + (f"?removed={pk}" if saved.removed_at else "")

        return run_verb(request, verb, to=back, show=back_to(request, back()), done=str)

    return view


def _name(request: UserRequest, _saved: SavedFilter) -> dict[str, Any]:
    form = NameForm(request.POST)
    if not form.is_valid():
        raise Refused([str(error) for errors in form.errors.values() for error in errors])
    return form.cleaned_data


def _said_of_sharing(saved: SavedFilter) -> str:
    if saved.is_shared:
        return _("Colleagues see the filter “%(name)s” now.")
    return _("The filter “%(name)s” is only yours now.")


rename = _change(filters.rename, lambda saved: _("The filter is now called “%(name)s”."), _name)
share = _change(filters.share, _said_of_sharing, lambda request, saved: {"is_shared": not saved.is_shared})
move_up = _change(filters.move_up, lambda saved: _("The filter “%(name)s” is further to the front."))
remove = _change(filters.remove, lambda saved: _("The filter “%(name)s” is removed."))
restore = _change(filters.restore, lambda saved: _("The filter “%(name)s” is back."))


def _page(request: UserRequest, form: SaveFilterForm | None = None, status: int = 200) -> HttpResponse:
    rows = list(SavedFilter.objects.for_list(request.user))
    context = {
        "form": form,
        "own": [row for row in rows if row.owner_id == request.user.pk],
        "theirs": [
            (row, not filters.reasons_against_changing(row, by=request.user))
            for row in rows
            if row.owner_id != request.user.pk
        ],
        "removed": _removed(request),
    }
    return render(request, "consultations/desk/filters.html", context, status=status)


def _removed(request: UserRequest) -> SavedFilter | None:
    """Return the filter that the address says was just removed, if it was."""
    pk = whole_number(request.GET.get("removed"))
    visible = SavedFilter.objects.visible_to(request.user).filter(removed_at__isnull=False)
    return visible.filter(pk=pk).first() if pk else None
