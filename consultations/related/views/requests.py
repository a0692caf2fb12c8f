"""The tab "Related" of a request: merging, splitting, linking, and one answer to several."""

from collections.abc import Iterable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.models import User
from accounts.permissions import Permission
from consultations.desk.views.panel import Choice, Verb, form_of
from consultations.desk.views.request import case_of
from consultations.models import Rearrangement, RequestLink, SupportRequest
from consultations.related.actions import links, several
from consultations.related.actions import merge as merging
from consultations.related.actions import split as splitting
from consultations.related.forms import MergeForm, OtherForm, SeveralForm, SplitForm
from consultations.related.queries import Related
from consultations.requests.roles import reasons_of_role
from core.states import check_seen
from core.templatetags.ui import mask_email
from core.views.verbs import UNPROCESSABLE, back_to, run_verb

CHANGED = gettext_lazy("Somebody else has changed the request meanwhile. Look at it, and do it again.")
# fmt: off
VERBS = [
    Verb("merge", gettext_lazy("Merge"), merging.merge,
         lambda case, by: reasons_of_role(by), gettext_lazy("The requests are merged."), MergeForm),
    Verb("link", gettext_lazy("Link"), lambda case, of, by: links.link(case, to=of, by=by),
         lambda case, by: reasons_of_role(by), gettext_lazy("The requests are linked."), OtherForm),
    Verb("split", gettext_lazy("Split off the chosen messages"), splitting.split,
         splitting.reasons_against_splitting,
         gettext_lazy("The messages are a request of their own now. No mail was sent."), SplitForm),
]
# fmt: on


@requires(Permission.VIEW_REQUESTS)
@require_safe
def page(request: UserRequest, reference: str) -> HttpResponse:
    """What the request has to do with others, and what can be done about it."""
    return _page(request, case_of(request, reference))


def _page(request: UserRequest, case: SupportRequest, status: int = 200, **bound: forms.Form) -> HttpResponse:
    context = {
        "case": case,
        "related": Related(case, reader=request.user),
        "may_work": not reasons_of_role(request.user),
        **{verb.name: _choice(verb, case, request.user, bound.get(verb.name)) for verb in VERBS},
    }
    return render(request, "consultations/related/related.html", context, status=status)


def _choice(verb: Verb, case: SupportRequest, reader: User, bound: forms.Form | None) -> Choice:
    form = bound or form_of(verb, case, reader)
    reasons = [] if bound else verb.reasons(case, by=reader)
    url = reverse(f"desk-related-{verb.name}", args=[case.reference])
    return Choice(verb.name, verb.label, url, reasons, form, is_open=bool(bound))


def view_of(verb: Verb) -> View:
    """Return the view that does a verb and goes back to the tab."""

    @requires(verb.permission)
    @require_POST
    def view(request: UserRequest, reference: str) -> HttpResponse:
        case = case_of(request, reference)
        form = form_of(verb, case, request.user, request.POST)

        def do() -> object:
            check_seen(case, form.cleaned_data["version"])
            return verb.do(case, **form.said, by=request.user)

        def show(*, status: int) -> HttpResponse:
            return _page(request, case_of(request, reference), status, **{verb.name: form})

        if isinstance(form, MergeForm) and form.is_valid() and form.next_step:
            return show(status=200)
        to = reverse("desk-related", args=[case.reference])
        return run_verb(request, do, to=to, show=show, done=verb.done, form=form, changed=CHANGED)

    return view


@requires(Permission.ANSWER_REQUEST)
@require_POST
def undo(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Undo a merge or a split."""
    case = case_of(request, reference)
    done = get_object_or_404(Rearrangement.objects.of(case.pk), pk=pk)
    is_merge = done.kind == Rearrangement.Kind.MERGE
    verb = partial(merging.undo_merge if is_merge else splitting.undo_split, done, by=request.user)
    to = reverse("desk-related", args=[case.reference])
    show = back_to(request, to)
    return run_verb(request, verb, to=to, show=show, done=_("It is undone."), changed=CHANGED)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def unlink(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Take a link away."""
    case = case_of(request, reference)
    made = get_object_or_404(RequestLink, pk=pk)
    if case.pk in (made.first_id, made.second_id):
        links.unlink(made, by=request.user)
        messages.success(request, _("The link is taken away."))
    return redirect("desk-related", case.reference)


@requires(Permission.ANSWER_REQUEST)
def answer_several(request: UserRequest, reference: str) -> HttpResponse:
    """Write one text, look who gets it, send it to each."""
    case = case_of(request, reference)
    if request.method != "POST":
        wanted = [case.reference, *request.GET.getlist("with")[: several.MOST_AT_ONCE - 1]]
        first = {"references": "\n".join(dict.fromkeys(wanted)).replace("\x00", "")}
        return _several_page(request, case, SeveralForm(reader=request.user, initial=first))
    form = SeveralForm(request.POST, reader=request.user)
    if not form.is_valid():
        return _several_page(request, case, form)
    chosen = form.cleaned_data["references"]
    names = " ".join(row.reference for row in chosen)
    if "send" not in request.POST or form.cleaned_data["previewed"] != names:
        form.data = form.data.copy()
        form.data["previewed"] = names
        return _several_page(request, case, form, chosen)
    text, certainty, key = (form.cleaned_data[name] for name in ("text", "certainty", "idempotency_key"))
    outcomes = several.answer_several(chosen, text=text, certainty=certainty, once=key, by=request.user)
    context = {
        "case": case,
        "sent": [outcome for outcome in outcomes if outcome.contact],
        "failed": [outcome for outcome in outcomes if not outcome.contact],
    }
    return render(request, "consultations/related/several_done.html", context)


def _several_page(
    request: UserRequest, case: SupportRequest, form: SeveralForm, chosen: Iterable[SupportRequest] = ()
) -> HttpResponse:
    recipients = [
        {
            "request": row,
            "to": mask_email(row.requester.email) if row.requester.email else _("on their private page"),
            "reasons": several.reasons_against_answering_with_others(row, by=request.user),
        }
        for row in chosen
    ]
    reached = [row for row in recipients if not row["reasons"]]
    context = {"case": case, "form": form, "recipients": recipients, "reached": len(reached)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "consultations/related/several.html", context, status=status)
