"""Provisions of law at the desk: act by act, and one of them with what rests on it and how it changes."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.audit import words
from core.documents.law import actions, queries
from core.documents.law.filters import ProvisionFilter
from core.documents.law.forms import ChangeForm
from core.documents.law.kind import may_keep
from core.documents.law.models import Provision, ProvisionChange
from core.views.own_words import Kind
from core.views.paging import page_of
from core.views.verbs import run_verb

# So many texts are named on the page of a provision.
MOST_TEXTS = 200


@require_safe
def listed(request: HttpRequest, kind: Kind) -> HttpResponse:
    """All provisions, act by act, with how many published texts rest on each, and its last change."""
    filters = ProvisionFilter(request.GET, Provision.objects.for_list())
    page = page_of(filters.qs, request)
    texts = queries.texts_on(page.items)
    rows = [(row, texts[row.pk], next(iter(row.changes.all()), None)) for row in page.items]
    context = {"kind": kind, "filters": filters, "page": page, "rows": rows}
    return render(request, "documents/law/list.html", {**context, "may_keep": may_keep(request.user)})


@require_safe
def page(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """One provision."""
    return _show(request, kind, _provision(pk), ChangeForm())


@require_POST
def mark(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Mark it as changed: every text that rests on it is to be checked."""
    provision, form = _provision(pk), ChangeForm(request.POST)

    def verb() -> ProvisionChange:
        return actions.mark_change(provision, **form.cleaned_data, by=request.user)

    show = partial(_show, request, kind, provision, form)
    to = provision.get_desk_url()
    return run_verb(request, verb, to=to, show=show, done=_marked, form=form)


def _marked(change: ProvisionChange) -> str:
    count = change.rechecks.count()
    if not count:
        return _("The change is written down. No published text rests on the former wording.")
    said = ngettext(
        "The change is marked. %(count)s text is to be checked.",
        "The change is marked. %(count)s texts are to be checked.",
        count,
    )
    return said % {"count": count}


def _provision(pk: int) -> Provision:
    return get_object_or_404(Provision.objects.select_related("merged_into"), pk=pk)


def _show(
    request: HttpRequest, kind: Kind, provision: Provision, form: ChangeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "kind": kind,
        "row": provision,
        "form": form,
        "texts": queries.texts_near(provision, most=MOST_TEXTS),
        "changes": ProvisionChange.objects.with_progress().filter(provision=provision),
        "history": words.history(provision),
        "may_keep": may_keep(request.user),
    }
    return render(request, "documents/law/provision.html", context, status=status)
