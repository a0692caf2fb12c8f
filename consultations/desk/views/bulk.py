"""One thing done to the requests that were ticked in the list, and undone again."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.desk.actions import bulk
from consultations.desk.filters import OTHER_PARAMETERS, RequestFilter
from consultations.desk.forms.desk import BulkForm
from consultations.models import BulkAction, BulkVerb, SupportRequest
from core.views.paging import whole_number
from core.views.verbs import UNPROCESSABLE, back_to, run_verb

# How many of one's changes the page shows; each can be undone for a day.
MOST_SHOWN = 50

DONE = {
    BulkVerb.ASSIGN: ngettext_lazy("%(n)s request is assigned.", "%(n)s requests are assigned.", "n"),
    BulkVerb.TOPIC: ngettext_lazy(
        "%(n)s request has another topic.", "%(n)s requests have another topic.", "n"
    ),
    BulkVerb.CLOSE: ngettext_lazy("%(n)s request is closed.", "%(n)s requests are closed.", "n"),
}
ASK = {
    BulkVerb.ASSIGN: ngettext_lazy("Assign %(n)s request", "Assign %(n)s requests", "n"),
    BulkVerb.TOPIC: ngettext_lazy("Set the topic of %(n)s request", "Set the topic of %(n)s requests", "n"),
    BulkVerb.CLOSE: ngettext_lazy("Close %(n)s request", "Close %(n)s requests", "n"),
}
# A request that was ticked, the version in which it was seen, and why it cannot be done to it.
Ticked = tuple[SupportRequest, int, list[str]]


@requires(Permission.ANSWER_REQUEST)
def several(request: UserRequest) -> HttpResponse:
    """What one has done to several requests lately; sent by the list, the question whether to do it."""
    if request.method != "POST":
        done = BulkAction.objects.visible_to(request.user).recent()[:MOST_SHOWN]
        context = {"actions": [{"action": row, "sentence": sentence_of(row)} for row in done]}
        return render(request, "consultations/desk/bulk_done.html", context)
    back, rows = _address_of_list(request), _rows(request)
    form = BulkForm(request.POST)
    if not rows or len(rows) > bulk.MOST or form.data.get("verb") not in BulkVerb.values:
        too_many = _("At most %(count)s requests can be changed at once.") % {"count": bulk.MOST}
        none = _("Tick the requests first, then choose what to do.")
        messages.error(request, too_many if len(rows) > bulk.MOST else none)
        return redirect(back)
    if not form.is_valid() or form.is_open:
        status = UNPROCESSABLE if form.errors else 200
        return _confirm(request, form, [(row, seen, []) for row, seen in rows], status)
    verb = form.cleaned_data["verb"]
    if "confirmed" not in request.POST:
        _do, reasons = bulk.VERBS[verb]
        ticked = [(row, seen, reasons(row, by=request.user, **form.values)) for row, seen in rows]
        return _confirm(request, form, ticked)
    outcome = bulk.do(verb, rows, by=request.user, **form.values)
    _tell_of_left(request, outcome)
    return redirect(_address_of_list(request, bulk=outcome.action.pk) if outcome.action else back)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def undo(request: UserRequest, pk: int) -> HttpResponse:
    """Put back what was done to several requests."""
    action = get_object_or_404(BulkAction.objects.visible_to(request.user), pk=pk)
    back = _address_of_list(request)

    def go_on(outcome: bulk.Outcome) -> str:
        _tell_of_left(request, outcome)
        return back

    def done(outcome: bulk.Outcome) -> str:
        words = ngettext(
            "%(n)s request is as it was before.", "%(n)s requests are as they were before.", outcome.done
        )
        return words % {"n": outcome.done}

    verb = partial(bulk.undo, action, by=request.user)
    return run_verb(request, verb, to=go_on, show=back_to(request, back), done=done)


def sentence_of(action: BulkAction) -> str:
    """Return what was done to how many."""
    return DONE[BulkVerb(action.verb)] % {"n": len(action.rows)}


def _rows(request: UserRequest) -> list[tuple[SupportRequest, int]]:
    """Return what was ticked and may be seen, each with the version that the asker has seen."""
    seen: dict[int, int | None] = {}
    for text in request.POST.getlist("row"):
        pk, _colon, version = text.partition(":")
        if number := whole_number(pk):
            seen[number] = whole_number(version)
    visible = SupportRequest.objects.visible_to(request.user).with_names()
    found = visible.in_bulk(list(seen)[: bulk.MOST + 1])
    return [(found[pk], version or found[pk].version) for pk, version in seen.items() if pk in found]


def _confirm(request: UserRequest, form: BulkForm, ticked: list[Ticked], status: int = 200) -> HttpResponse:
    possible = [row for row in ticked if not row[2]]
    verb = BulkVerb(form.data["verb"])
    context = {
        "form": form,
        "verb": verb,
        "possible": possible,
        "impossible": [row for row in ticked if row[2]],
        "ask": ASK[verb] % {"n": len(possible)},
        "back": request.POST.get("back", ""),
        "address": _address_of_list(request),
    }
    return render(request, "consultations/desk/bulk.html", context, status=status)


def _tell_of_left(request: UserRequest, outcome: bulk.Outcome) -> None:
    """Say to which requests it was not done, each reason once."""
    whose: dict[str, list[str]] = {}
    for row, reasons in outcome.left:
        whose.setdefault(" ".join(map(str, reasons)), []).append(row.reference)
    if whose:
        words = ngettext(
            "%(n)s request stays as it is.", "%(n)s requests stay as they are.", len(outcome.left)
        )
        why = " ".join(f"{reason} ({', '.join(references)})" for reason, references in whose.items())
        messages.warning(request, f"{words % {'n': len(outcome.left)}} {why}")


def _address_of_list(request: UserRequest, **also: Any) -> str:
    """Return the list with the filter from which the form was sent."""
    said = QueryDict(request.POST.get("back", "")[:4000], mutable=True)
    known = {*RequestFilter.get_filters(), *OTHER_PARAMETERS} - {"bulk"}
    for name in set(said) - known:
        del said[name]
    said.update(also)
    return f"{reverse('desk-requests')}?{said.urlencode()}".removesuffix("?")
