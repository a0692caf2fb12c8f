"""Two terms become one: which into which, with what moves, and the button."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.access import UserRequest
from consultations.desk.taxonomy import actions
from consultations.desk.taxonomy.forms import MergeForm
from consultations.desk.taxonomy.queries import uses
from core.views.own_words import Kind
from core.views.verbs import run_verb, template_page

# What has a term, as people call it.
NAMES = {
    "supportrequest": _("Requests"),
    "summaryedition": _("editions of answers"),
    "preparedanswer": _("Prepared answers"),
    "topicwatch": _("colleagues who watch it"),
}


def merge(request: UserRequest, pk: int, kind: Kind) -> HttpResponse:
    """What would move, and where to: the confirmation, then the deed."""
    row: Any = get_object_or_404(kind.model.objects.all(), pk=pk, merged_into=None)
    form = MergeForm(request.POST or None, row=row)

    def verb() -> None:
        seen = form.cleaned_data["version"]
        actions.merge(row, into=form.cleaned_data["into"], version=seen, by=request.user)
        kind.after(row)

    counts = [(NAMES.get(name, name), count) for name, count in uses(row)]
    context = {"kind": kind, "row": row, "form": form, "counts": counts}
    show = template_page(request, "consultations/desk/taxonomy/merge.html", context)
    done = _("They are one now. The old address leads to the other one.")
    return run_verb(request, verb, to=kind.list_url_name, show=show, done=done, form=form)
