"""The tab "Related" of a request: merging, splitting, linking, and one answer to several."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.desk.views.panel import Choice
from consultations.desk.views.request import case_of
from consultations.models import Rearrangement, RequestLink, SupportRequest
from consultations.related.actions import links, several
from consultations.related.actions import merge as actions_merge
from consultations.related.actions import split as actions_split
from consultations.related.forms import OtherForm, SeveralForm, SplitForm
from consultations.related.queries import Related
from consultations.requests.roles import reasons_of_role
from core.states import check_seen
from core.templatetags.ui import mask_email
from core.views.verbs import UNPROCESSABLE, back_to, run_verb

# What was sent could not be done as it stands.
CHANGED = gettext_lazy("Somebody else has changed the request meanwhile. Look at it, and do it again.")


@requires(Permission.VIEW_REQUESTS)
@require_safe
def page(request: UserRequest, reference: str) -> HttpResponse:
    """What the request has to do with others, and what can be done about it."""
    return _page(request, case_of(request, reference))


def _page(request: UserRequest, case: SupportRequest, status: int = 200, **bound: forms.Form) -> HttpResponse:
    related = Related(case, reader=request.user)
    context = {
        "case": case,
        "related": related,
        "merging": _other(request, case, "merge", _("Merge"), bound),
        "linking": _other(request, case, "link", _("Link"), bound),
        "splitting": _splitting(request, case, related, bound),
        "may_work": not reasons_of_role(request.user),
    }
    return render(request, "consultations/related/related.html", context, status=status)


def _other(
    request: UserRequest, case: SupportRequest, name: str, label: str, bound: dict[str, forms.Form]
) -> Choice:
    first = {"version": case.version}
    form = bound.get(name) or OtherForm(reader=request.user, auto_id=f"{name}_%s", initial=first)
    reasons = [] if name in bound else reasons_of_role(request.user)
    return Choice(name, label, _url(name, case), reasons, form, is_open=name in bound)


def _splitting(
    request: UserRequest, case: SupportRequest, related: Related, bound: dict[str, forms.Form]
) -> Choice:
    first = {"version": case.version}
    form = bound.get("split") or SplitForm(contacts=related.messages, auto_id="split_%s", initial=first)
    reasons = [] if "split" in bound else actions_split.reasons_against_splitting(case, by=request.user)
    label = _("Split off the chosen messages")
    return Choice("split", label, _url("split", case), reasons, form, is_open="split" in bound)


def _url(name: str, case: SupportRequest) -> str:
    return reverse(f"desk-related-{name}", args=[case.reference])


def _do(
    request: UserRequest,
    case: SupportRequest,
    name: str,
    form: forms.Form,
    done: str | Promise,
    verb: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    def do() -> object:
        check_seen(case, form.cleaned_data["version"])
        return verb(form.cleaned_data)

    def show(*, status: int) -> HttpResponse:
        return _page(request, case_of(request, case.reference), status, **{name: form})

    return run_verb(
        request,
        do,
        to=reverse("desk-related", args=[case.reference]),
        show=show,
        done=done,
        form=form,
        changed=CHANGED,
    )


@requires(Permission.ANSWER_REQUEST)
@require_POST
def merge(request: UserRequest, reference: str) -> HttpResponse:
    """Merge the request into another one."""
    case = case_of(request, reference)
    form = OtherForm(request.POST, reader=request.user, auto_id="merge_%s")
    done = _("The requests are merged.")
    return _do(
        request,
        case,
        "merge",
        form,
        done,
        lambda said: actions_merge.merge(case, into=said["of"], by=request.user),
    )


@requires(Permission.ANSWER_REQUEST)
@require_POST
def link(request: UserRequest, reference: str) -> HttpResponse:
    """Link the request to another one."""
    case = case_of(request, reference)
    form = OtherForm(request.POST, reader=request.user, auto_id="link_%s")
    done = _("The requests are linked.")
    return _do(
        request, case, "link", form, done, lambda said: links.link(case, to=said["of"], by=request.user)
    )


@requires(Permission.ANSWER_REQUEST)
@require_POST
def split(request: UserRequest, reference: str) -> HttpResponse:
    """Split messages off the request."""
    case = case_of(request, reference)
    form = SplitForm(request.POST, contacts=Related(case, reader=request.user).messages, auto_id="split_%s")
    done = _("The messages are a request of their own now. No mail was sent.")

    def do(said: dict[str, Any]) -> object:
        chosen = {"contacts": said["contacts"], "subject": said["subject"]}
        return actions_split.split(case, **chosen, by=request.user)

    return _do(request, case, "split", form, done, do)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def undo(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Undo a merge or a split."""
    case = case_of(request, reference)
    done = get_object_or_404(Rearrangement.objects.of(case.pk), pk=pk)
    is_merge = done.kind == Rearrangement.Kind.MERGE
    page_url = reverse("desk-related", args=[case.reference])
    return run_verb(
        request,
        partial(actions_merge.undo_merge if is_merge else actions_split.undo_split, done, by=request.user),
        to=page_url,
        show=back_to(request, page_url),
        done=_("It is undone."),
        changed=CHANGED,
    )


@requires(Permission.ANSWER_REQUEST)
@require_POST
def unlink(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Take a link away."""
    case = case_of(request, reference)
    made = get_object_or_404(RequestLink, pk=pk)
    if case.pk in (made.first_id, made.second_id):
        links.unlink(made, by=request.user)
        messages.success(request, _("The link is taken away."))
    return redirect(reverse("desk-related", args=[case.reference]))


# One answer to several ----------------------------------------------------------


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
        return _several_page(request, case, form, status=UNPROCESSABLE)
    chosen = form.cleaned_data["references"]
    names = " ".join(row.reference for row in chosen)
    if "send" not in request.POST or form.cleaned_data["previewed"] != names:
        form.data = form.data.copy()
        form.data["previewed"] = names
        return _several_page(request, case, form, chosen)
    said = {name: form.cleaned_data[name] for name in ("text", "certainty")}
    outcomes = several.answer_several(
        chosen, by=request.user, once=form.cleaned_data["idempotency_key"], **said
    )
    sent = [outcome for outcome in outcomes if outcome.contact]
    failed = [outcome for outcome in outcomes if not outcome.contact]
    context = {"case": case, "sent": sent, "failed": failed}
    return render(request, "consultations/related/several_done.html", context)


def _several_page(
    request: UserRequest,
    case: SupportRequest,
    form: SeveralForm,
    chosen: list[SupportRequest] | None = None,
    status: int = 200,
) -> HttpResponse:
    recipients = [_recipient(row, request.user) for row in chosen or []]
    reached = [row for row in recipients if not row["reasons"]]
    context = {"case": case, "form": form, "recipients": recipients, "reached": len(reached)}
    return render(request, "consultations/related/several.html", context, status=status)


def _recipient(row: SupportRequest, reader: Any) -> dict[str, Any]:
    email = row.requester.email
    return {
        "reference": row.reference,
        "url": row.get_desk_url(),
        "subject": row.subject,
        "to": mask_email(email) if email else _("on their private page"),
        "reasons": several.reasons_against_answering_with_others(row, by=reader),
    }
