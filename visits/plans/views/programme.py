"""The programme of a visit at the desk: an item more, an item changed, moved, or taken off."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.verbs import back_to, run_verb, template_page, version_of
from visits.models import ProgrammeItem, StudyVisit
from visits.plans.actions import programme
from visits.plans.forms import ItemForm
from visits.plans.views.desk import visit_of


@requires(Permission.MANAGE_VISITS)
def new(request: UserRequest, pk: int) -> HttpResponse:
    """Put something more on the programme."""
    visit = visit_of(request, pk)
    return _edit(request, visit, None)


@requires(Permission.MANAGE_VISITS)
def edit(request: UserRequest, pk: int, item: int) -> HttpResponse:
    """Change an item of the programme."""
    visit = visit_of(request, pk)
    return _edit(request, visit, _item(visit, item))


def _edit(request: UserRequest, visit: StudyVisit, item: ProgrammeItem | None) -> HttpResponse:
    columns = [name for name in ItemForm.base_fields if name != "version"]
    known: dict[str, Any] = {name: getattr(item, name) for name in columns} if item else {"on": _day(visit)}
    form = ItemForm(request.POST or None, visit=visit, initial={**known, "version": visit.version})

    def verb() -> None:
        given: dict[str, Any] = {
            "words": form.words(),
            "version": form.cleaned_data["version"] or 0,
            "by": request.user,
        }
        if item:
            programme.change(visit, item=item, **given)
        else:
            programme.add(visit, **given)

    return run_verb(
        request,
        verb,
        to=_there(visit),
        show=template_page(request, "visits/plans/item.html", {"form": form, "visit": visit, "item": item}),
        done=_("The programme is saved."),
        form=form,
    )


@requires(Permission.MANAGE_VISITS)
@require_POST
def remove(request: UserRequest, pk: int, item: int) -> HttpResponse:
    """Take an item off the programme."""
    visit = visit_of(request, pk)
    row = _item(visit, item)
    return run_verb(
        request,
        lambda: programme.remove(visit, item=row, version=version_of(request), by=request.user),
        to=_there(visit),
        show=back_to(request, _there(visit)),
        done=_("It is off the programme. Questions that belong to it stay."),
    )


@requires(Permission.MANAGE_VISITS)
@require_POST
def move(request: UserRequest, pk: int, item: int) -> HttpResponse:
    """Let an item change places with its neighbour."""
    visit = visit_of(request, pk)
    row, up = _item(visit, item), "up" in request.POST
    return run_verb(
        request,
        lambda: programme.shift(visit, item=row, up=up, version=version_of(request), by=request.user),
        to=_there(visit),
        show=back_to(request, _there(visit)),
    )


def _item(visit: StudyVisit, pk: int) -> ProgrammeItem:
    return get_object_or_404(visit.programme.select_related("visit"), pk=pk)


def _day(visit: StudyVisit) -> Any:
    """Return the day that a new item is likely on: that of the last one, or the first day of the visit."""
    last = visit.programme.exclude(on=None).last()
    return last.on if last else visit.starts_on if visit.starts_precision == "day" else None


def _there(visit: StudyVisit) -> str:
    return f"{visit.get_desk_url()}#programme"
