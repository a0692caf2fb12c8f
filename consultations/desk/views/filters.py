"""The filters of the desk's list that are kept under a name."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from consultations.desk.actions import filters
from consultations.desk.filters import RequestFilter
from consultations.desk.forms.lists import NameForm, SaveFilterForm
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


def _rename(saved: SavedFilter, request: UserRequest) -> None:
    form = NameForm(request.POST)
    if not form.is_valid():
        raise Refused([str(error) for errors in form.errors.values() for error in errors])
    filters.rename(saved, name=form.cleaned_data["name"], by=request.user)


def _change(do: Callable[[SavedFilter, UserRequest], None], done: Callable[[SavedFilter], str]) -> View:
    """Return the view that does something to one filter and says what; refused, it says why."""

    @requires(Permission.VIEW_REQUESTS)
    @require_POST
    def view(request: UserRequest, pk: int) -> HttpResponse:
        saved = get_object_or_404(SavedFilter.objects.visible_to(request.user).select_related("owner"), pk=pk)

        def back(*_done: object) -> str:
            return reverse("desk-filters") + (f"?removed={pk}" if saved.removed_at else "")

        def said(_done: object) -> str:
            return done(saved) % {"name": saved.name}

        return run_verb(
            request, partial(do, saved, request), to=back, show=back_to(request, back()), done=said
        )

    return view


rename = _change(_rename, lambda saved: _("The filter is now called “%(name)s”."))
share = _change(
    lambda saved, request: filters.share(saved, is_shared=not saved.is_shared, by=request.user),
    lambda saved: (
        _("Colleagues see the filter “%(name)s” now.")
        if saved.is_shared
        else _("The filter “%(name)s” is only yours now.")
    ),
)
move_up = _change(
    lambda saved, request: filters.move_up(saved, by=request.user),
    lambda saved: _("The filter “%(name)s” is further to the front."),
)
remove = _change(
    lambda saved, request: filters.remove(saved, by=request.user),
    lambda saved: _("The filter “%(name)s” is removed."),
)
restore = _change(
    lambda saved, request: filters.restore(saved, by=request.user),
    lambda saved: _("The filter “%(name)s” is back."),
)


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
    visible = SavedFilter.objects.visible_to(request.user).filter(removed_at__isnull=False)
    return visible.filter(pk=whole_number(request.GET.get("removed")) or 0).first()
