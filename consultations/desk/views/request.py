"""The page of one request at the desk, and the small addresses of what can be done there."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.models import User
from accounts.permissions import Permission
from consultations.choices import Channel
from consultations.desk.drafts import Unsent
from consultations.desk.forms.request import SEEN, DetailsForm, SeenForm, WordsForm, verb_url
from consultations.desk.request_page import RequestPage, news_since, undo_offer, with_details
from consultations.desk.views.panel import UNDOABLE, VERBS, WORDS, Panel, Verb, form_of
from consultations.models import Contact, ContactFile, SupportRequest
from consultations.requests.actions import details, drafts, undo
from core.files.attachments import serve
from core.outbox.mail import State as MailState
from core.states import Refused, check_seen
from core.views.paging import whole_number
from core.views.verbs import CONFLICT, back_to, run_verb


@requires(Permission.VIEW_REQUESTS)
@require_safe
def page(request: UserRequest, reference: str) -> HttpResponse:
    """Everything about one request."""
    return show_page(request, case_of(request, reference))


@requires(Permission.VIEW_REQUESTS)
@require_safe
def file(request: UserRequest, pk: int) -> HttpResponseBase:
    """A file of a contact."""
    visible = SupportRequest.objects.visible_to(request.user)
    found = get_object_or_404(ContactFile.objects.select_related("attachment", "contact__request"), pk=pk)
    get_object_or_404(visible, pk=found.contact.request_id)
    return serve(found.attachment, request)


def case_of(request: UserRequest, reference: str) -> SupportRequest:
    """Return the request with this reference and the rows that its page names; raises Http404."""
    visible = with_details(SupportRequest.objects.visible_to(request.user))
    return get_object_or_404(visible.with_reference(reference))


def show_page(
    request: UserRequest,
    case: SupportRequest,
    status: int = 200,
    *,
    unsent: Unsent | None = None,
    bound: Mapping[str, forms.Form] | None = None,
) -> HttpResponse:
    """Show the page; `bound` are forms that came back with errors, by the name of their verb.

    `unsent` is what came from the answer box without being sent.
    """
    shown = RequestPage(case, reader=request.user, before=whole_number(request.GET.get("before")))
    context = {
        "case": case,
        "page": shown,
        "panel": Panel(shown, bound or {}, unsent, request.GET.get("done", "")),
        "undo_offer": undo_offer(case, reader=request.user, contact_pk=request.GET.get("sent", "")),
    }
    return render(request, "consultations/desk/request.html", context, status=status)


def view_of(verb: Verb) -> View:
    """Return the view that does a verb: its form, the verb, and back to the page."""

    @requires(verb.permission)
    @require_POST
    def view(request: UserRequest, reference: str) -> HttpResponse:
        case = case_of(request, reference)
        form = form_of(verb, case, request.user, request.POST, request.FILES)

        def do() -> object:
            if verb.is_guarded:
                check_seen(case, form.cleaned_data["version"])
            with transaction.atomic():
                done = verb.do(case, **form.said, by=request.user)
                _drop_draft(case, form, request.user)
            return done

        def show(*, conflict: Any = None, status: int) -> HttpResponse:
            current = case_of(request, reference)
            if conflict is not None:
                return _somebody_was_quicker(request, current, form, verb)
            return show_page(request, current, status, bound={verb.name: form})

        return run_verb(
            request, do, to=lambda done: _back(request, case, verb, form, done), show=show, form=form
        )

    return view


def _drop_draft(case: SupportRequest, form: SeenForm, by: User) -> None:
    """What is sent is no draft any more."""
    if isinstance(form, WordsForm):
        drafts.drop_sent(case, **_draft_of(form), by=by)


def _keep_draft(case: SupportRequest, form: SeenForm, by: User) -> int:
    """Keep the text of who was late as their draft, and return its version; 0 where there is none."""
    kept = None
    if isinstance(form, WordsForm) and form.kind:
        kept = drafts.keep_text(case, **_draft_of(form), by=by)
    return kept.version if kept else 0


def _draft_of(form: WordsForm) -> dict[str, Any]:
    version = form.cleaned_data["draft_version"] or 0
    return {"kind": form.kind, "text": form.cleaned_data["text"], "version": version}


def _back(
    request: UserRequest, case: SupportRequest, verb: Verb, form: SeenForm, done: object = None
) -> HttpResponse:
    if verb.name in UNDOABLE:
        return redirect(f"{case.get_desk_url()}?done={verb.name}")
    if isinstance(done, Contact) and done.sent_as:
        return _back_after_sending(request, case, done)
    is_sent = Channel(form.cleaned_data.get("channel", Channel.EMAIL)).is_carried or verb.name == "contact"
    messages.success(request, str(verb.done) if is_sent else _("It is written down; nothing was sent."))
    return redirect(case.get_desk_url())


def _back_after_sending(request: UserRequest, case: SupportRequest, contact: Contact) -> HttpResponse:
    """Go back to where the mail can be taken back, or say that none goes out."""
    if contact.sent_as and contact.sent_as.state == MailState.STOPPED:
        words = _("No mail was sent: the address does not take any. They can read it on their page.")
        messages.warning(request, words)
        return redirect(case.get_desk_url())
    return redirect(f"{case.get_desk_url()}?sent={contact.pk}")


def _somebody_was_quicker(
    request: UserRequest, case: SupportRequest, form: SeenForm, verb: Verb
) -> HttpResponse:
    """Show what the other one did, with all that was typed and what can still be done with it."""
    seen = form.cleaned_data["seen"] or 0
    if isinstance(form, WordsForm) and _is_sent_twice(case, form, request.user, seen):
        return _back(request, case, verb, form)
    page = RequestPage(case, reader=request.user)
    typed = {name: form.data[name] for name in form.fields if name in form.data and name not in SEEN}
    typed |= {"seen": page.newest, "draft_version": _keep_draft(case, form, request.user)}
    context = {
        "case": case,
        "news": news_since(page, seen=seen),
        "form": form_of(verb, case, request.user, initial=typed),
        "ways": _ways_out(case, verb, request.user),
        "lost_files": bool(request.FILES),
        "verb": verb,
    }
    return render(request, "consultations/desk/conflict.html", context, status=CONFLICT)


def _is_sent_twice(case: SupportRequest, form: WordsForm, reader: Any, seen: int) -> bool:
    """Tell whether the other one was oneself, by pressing the button twice."""
    same = case.contacts.filter(pk__gt=seen, logged_by=reader, text=form.cleaned_data["text"])
    return same.exists()


def _ways_out(case: SupportRequest, verb: Verb, reader: Any) -> list[dict[str, str]]:
    """Return where the typed text may still go: the same verb, an addition to the answer, a note."""
    labels = {
        "answer": _("Send my answer all the same"),
        "add-to-answer": _("Send mine as an addition"),
        "ask-back": _("Ask all the same"),
        "note": _("Keep mine as a note"),
    }
    others = ["add-to-answer"] if verb.name == "answer" else []
    others += ["note"] if verb.name in WORDS else []
    return [
        {"url": verb_url(name, case), "label": str(labels.get(name, VERBS[name].label))}
        for name in dict.fromkeys([verb.name, *others])
        if not VERBS[name].reasons(case, by=reader)
    ]


@requires(Permission.ANSWER_REQUEST)
def edit(request: UserRequest, reference: str) -> HttpResponse:
    """The details of a request and of its requester, to be put right."""
    case = case_of(request, reference)
    form = DetailsForm(request.POST or None, case=case, reader=request.user)

    def verb() -> None:
        check_seen(case, form.cleaned_data["version"])
        details.edit_details(case, details=form.said, by=request.user)

    def show(*, conflict: Any = None, status: int = 200) -> HttpResponse:
        current = case_of(request, reference) if form.is_bound else case
        news = None
        if conflict is not None:
            news = news_since(RequestPage(current, reader=request.user), seen=form.cleaned_data["seen"] or 0)
        context = {"case": current, "form": form, "news": news}
        return render(request, "consultations/desk/details.html", context, status=status)

    done = _("The details are saved.")
    return run_verb(request, verb, to=case.get_desk_url(), show=show, done=done, form=form)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def undo_answer(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Take back an answer or a question whose mail still waits, and go back to the page."""
    case = get_object_or_404(SupportRequest.objects.visible_to(request.user).with_reference(reference))
    contact = case.contacts.select_related("sent_as", "request").filter(pk=pk).first()

    def verb() -> None:
        if contact is None:
            raise Refused([_("It has been taken back already.")])
        undo.undo_answer(contact, by=request.user)

    page = f"{case.get_desk_url()}#words"
    return run_verb(
        request,
        verb,
        to=page,
        show=back_to(request, page, level=messages.WARNING),
        done=_("It is taken back. The text is your draft again; add the files anew."),
        changed=_("Somebody else has changed the request meanwhile. Look at it again."),
    )
