"""What is to be checked: texts on whose law a change was marked, and those whose review date has come."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.documents import reviews
from core.documents.law import actions
from core.documents.law.filters import ToCheckFilter, of_whom
from core.documents.law.forms import SettleForm
from core.documents.law.kind import kind_named, may_keep
from core.documents.law.models import ProvisionChange, Recheck
from core.views.paging import page_of, whole_number
from core.views.verbs import back_to, run_verb, version_of

# So many texts whose review date has come are shown, the longest due first.
MOST_DUE = 50
# Where one came from, and goes back to.
TEXT = "text"


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All that is to be checked, by the filters of the address."""
    filters = ToCheckFilter(request.GET, Recheck.objects.for_list(), reader=request.user)
    page = page_of(filters.qs, request)
    asked = filters.form.cleaned_data if filters.form.is_valid() else {}
    context = {
        "due": _due(request.user, asked),
        "months": reviews.MONTHS,
        "filters": filters,
        "page": page,
        "rows": [{"row": row, "kind": _name_of(row.kind)} for row in page.items],
        "changes": ProvisionChange.objects.going_on(),
        "may_keep": may_keep(request.user),
    }
    return render(request, "documents/law/to_check.html", context)


def _due(reader: Any, asked: dict[str, Any]) -> list[tuple[reviews.Due, bool]]:
    """Return the texts whose review date has come, by the same filters; with whether one may put each off."""
    if asked.get("state") or asked.get("change"):
        return []
    rows = reviews.due(
        of_whom(reader, asked.get("who") or "", "document__"), kind=asked.get("kind") or "", most=MOST_DUE
    )
    return [(row, reader.has(row.kind.may.write)) for row in rows]


@require_POST
def put_off(request: HttpRequest) -> HttpResponse:
    """Let the chosen texts be looked at some months later."""
    to = _list(request)
    months = whole_number(request.POST.get("months"))
    if months not in reviews.MONTHS:
        raise Http404
    found = [reviews.named(key, by=request.user) for key in request.POST.getlist("text")[:MOST_DUE]]
    rows = [row for row in found if row]
    verb = partial(reviews.put_off, rows, months=months, by=request.user)
    said = ngettext("%(count)s text is put off.", "%(count)s texts are put off.", len(rows))
    return run_verb(request, verb, to=to, show=back_to(request, to), done=said % {"count": len(rows)})


def _name_of(kind: str) -> Any:
    found = kind_named(kind)
    return found.wording.plural if found else kind


def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a text is still right; who was later is shown who has done it."""
    row = _recheck(pk)
    form = SettleForm(request.POST or None, initial={"version": row.version})

    def show(*, reasons: Any = (), conflict: Recheck | None = None, status: int = 200) -> HttpResponse:
        context = {"row": _recheck(pk), "form": form, "reasons": reasons, "conflict": conflict}
        return render(request, "documents/law/settle.html", context, status=status)

    def verb() -> None:
        actions.settle(row, **form.cleaned_data, by=request.user)

    done = _("It is written down that the text is still right.")
    return run_verb(request, verb, to=_back(request, row), show=show, done=done, form=form)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a text be checked again."""
    row = _recheck(pk)
    verb, to = partial(actions.reopen, row, version=version_of(request), by=request.user), _back(request, row)
    return run_verb(
        request, verb, to=to, show=back_to(request, to), done=_("The text is to be checked again.")
    )


def _back(request: HttpRequest, row: Recheck) -> str:
    """Return where a button was: the page of the text, or the list with its filters."""
    if request.GET.get("from") == TEXT:
        return row.get_desk_url()
    return _list(request)


def _list(request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return reverse("desk-to-check") + (f"?{query}" if query else "")


def _recheck(pk: int) -> Recheck:
    return get_object_or_404(Recheck.objects.for_list(), pk=pk)
