"""The page of one request at the desk, and the small addresses of what can be done there."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from consultations.choices import Channel, Doing
from consultations.desk.actions.presence import beat, leave
from consultations.desk.forms.request import SEEN, DetailsForm, SeenForm, verb_url
from consultations.desk.forms.words import WordsForm
from consultations.desk.neighbours import PARAMETER, origin_of
from consultations.desk.request_page import RequestPage, news_since, undo_offer, with_details
from consultations.desk.views.panel import UNDOABLE, VERBS, WORDS, Panel, Verb, form_of
from consultations.intake.similar import Alike
from consultations.models import Contact, ContactFile, Presence, SupportRequest
from consultations.prepared.insertions import summary_for
from consultations.requests.actions import details, drafts, undo
from consultations.summaries.actions import reasons_against_source
from consultations.summaries.queries import summaries_from
from core.files.attachments import serve
from core.states import Refused, check_seen
from core.views.paging import whole_number
from core.views.verbs import CONFLICT, back_to, run_verb

# How many others who have the page open are named.
MOST_PRESENT = 5


@requires(Permission.VIEW_REQUESTS)
@require_safe
def page(request: UserRequest, reference: str) -> HttpResponse:
    """Everything about one request; the address then names the list that led here, for all that follows."""
    origin = origin_of(request)
    if origin.query and PARAMETER not in request.GET:
        return redirect(f"{request.path}?{urlencode({**request.GET.dict(), PARAMETER: origin.query})}")
    return show_page(request, case_of(request, reference))


@requires(Permission.VIEW_REQUESTS)
@require_safe
def previous(request: UserRequest, reference: str) -> HttpResponse:
    """On to the request before this one in the list that the address names."""
    return _to_neighbour(request, reference, backwards=True, none=_("That was the first one of the list."))


@requires(Permission.VIEW_REQUESTS)
@require_safe
def following(request: UserRequest, reference: str) -> HttpResponse:
    """On to the request after this one in the list that the address names."""
    return _to_neighbour(request, reference, backwards=False, none=_("That was the last one of the list."))


def _to_neighbour(request: UserRequest, reference: str, *, backwards: bool, none: str) -> HttpResponse:
    visible = SupportRequest.objects.visible_to(request.user).only("pk", "year")
    case, origin = get_object_or_404(visible.with_reference(reference)), origin_of(request)
    found = origin.neighbour(case, reader=request.user, backwards=backwards)
    # What was just sent here can still be taken back there.
    sent = {"sent": request.GET["sent"]} if "sent" in request.GET else {}
    if found is None:
        messages.info(request, none)
        return redirect(origin.address_of(case, **sent) if sent else origin.url)
    return redirect(origin.address_of(found, **sent))


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


def show_page(request: UserRequest, case: SupportRequest, status: int = 200, **options: Any) -> HttpResponse:
    """Show the page; `options` are those of its Panel: what came back, was not sent, or is to be written."""
    shown = RequestPage(case, reader=request.user, before=whole_number(request.GET.get("before")))
    context = {
        "case": case,
        "page": shown,
        "panel": Panel(shown, after=request.GET.get("done", ""), **options),
        "origin": origin_of(request),
        "writing": VERBS[options["write"]].label if "write" in options else "",
        "undo_offer": undo_offer(case, reader=request.user, contact_pk=request.GET.get("sent", "")),
    }
    return render(request, "consultations/desk/request.html", context, status=status)


def view_of(verb: Verb) -> View:
    """Return the view that does a verb: its form, the verb, and back to the page."""

    @requires(verb.permission)
    @require_http_methods(["GET", "HEAD", "POST"] if verb.form is not SeenForm else ["POST"])
    def view(request: UserRequest, reference: str) -> HttpResponse:
        case = case_of(request, reference)
        form = form_of(verb, case, request.user, request.POST, request.FILES)

        def do() -> object:
            if verb.is_guarded:
                check_seen(case, form.cleaned_data["version"])
            with transaction.atomic():
                done = verb.do(case, **form.said, by=request.user)
                if isinstance(form, WordsForm):
                    # What is sent is no draft any more.
                    drafts.drop_sent(case, **form.draft, by=request.user)
            return done

        def show(*, conflict: Any = None, status: int = 200) -> HttpResponse:
            current = case_of(request, reference) if request.method == "POST" else case
            if conflict is not None:
                return _somebody_was_quicker(request, current, form, verb)
            came_back = form if request.method == "POST" else None
            return _show_form(request, current, verb, came_back, status)

        return run_verb(
            request, do, to=lambda done: _back(request, case, verb, form, done), show=show, form=form
        )

    return view


def _show_form(
    request: UserRequest, case: SupportRequest, verb: Verb, came_back: SeenForm | None, status: int
) -> HttpResponse:
    """Show the form of a verb: words on the page of the request, a step on its own, or either as a part."""
    bound = {verb.name: came_back} if came_back else {}
    if verb.name in WORDS and not request.htmx:
        return show_page(request, case, status, bound=bound, write=verb.name)
    page = RequestPage(case, reader=request.user)
    panel = Panel(page, bound=bound)
    choice = panel.choice(verb.name)
    if request.htmx and choice.form and (shown := choice.form.visible_fields()):
        shown[0].field.widget.attrs["autofocus"] = ""
    context = {"case": case, "page": page, "panel": panel, "choice": choice, "step": choice}
    if verb.name in WORDS:
        return render(request, "consultations/desk/write_form.html", context, status=status)
    template = "consultations/desk/step_form.html" if request.htmx else "consultations/desk/step_page.html"
    return render(request, template, context, status=status)


def _back(
    request: UserRequest, case: SupportRequest, verb: Verb, form: SeenForm, done: object = None
) -> HttpResponse:
    """Go back to the page, where what was done can be undone or taken back, and say so where it cannot."""
    origin, mail = origin_of(request), done.sent_as if isinstance(done, Contact) else None
    if verb.name == "mark-unread":
        # The page itself would be read at once.
        messages.success(request, str(verb.done))
        return redirect(origin.url)
    if isinstance(done, Contact) and request.POST.get("then") == "next":
        sent = {"sent": done.pk} if done.held_until else {}
        onward = urlencode({PARAMETER: origin.query, **sent})
        return redirect(f"{verb_url('next', case)}?{onward}")
    if verb.name in UNDOABLE:
        return redirect(origin.address_of(case, done=verb.name))
    if isinstance(done, Contact) and done.held_until:
        return redirect(origin.address_of(case, sent=done.pk))
    if mail:
        words = _("No mail was sent: the address does not take any. They can read it on their page.")
        messages.warning(request, words)
    elif verb.name == "contact" or Channel(form.cleaned_data.get("channel", Channel.EMAIL)).is_carried:
        messages.success(request, str(verb.done))
    else:
        messages.success(request, _("It is written down; nothing was sent."))
    return redirect(origin.address_of(case))


def _somebody_was_quicker(
    request: UserRequest, case: SupportRequest, form: SeenForm, verb: Verb
) -> HttpResponse:
    """Show what the other one did, with all that was typed and what can still be done with it."""
    seen = form.cleaned_data["seen"] or 0
    if isinstance(form, WordsForm):
        mine = case.contacts.filter(logged_by=request.user, text=form.cleaned_data["text"])
        if mine.filter(pk__gt=seen).exists():
            # The other one was oneself, by pressing the button twice.
            return _back(request, case, verb, form)
    page = RequestPage(case, reader=request.user)
    typed = {name: form.data[name] for name in form.fields if name in form.data and name not in SEEN}
    kept = None
    if isinstance(form, WordsForm) and form.kind:
        kept = drafts.keep_text(case, **form.draft, by=request.user)
    typed |= {"seen": page.newest, "draft_version": kept.version if kept else 0}
    context = {
        "case": case,
        "news": news_since(page, seen=seen),
        "form": form_of(verb, case, request.user, initial=typed),
        "ways": _ways_out(case, verb, request.user),
        # Those that were sent with it wait for whichever way it goes.
        "files": form["files"] if "files" in form.fields else None,
        "verb": verb,
    }
    return render(request, "consultations/desk/conflict.html", context, status=CONFLICT)


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

    page = f"{origin_of(request).address_of(case)}#words"
    return run_verb(
        request,
        verb,
        to=page,
        show=back_to(request, page, level=messages.WARNING),
        done=_("It is taken back. The text is your draft again; add the files anew."),
        changed=_("Somebody else has changed the request meanwhile. Look at it again."),
    )


@requires(Permission.VIEW_REQUESTS)
@require_safe
def similar(request: UserRequest, reference: str) -> HttpResponse:
    """Past requests, published answers, and the municipality's last contacts."""
    case = case_of(request, reference)
    alike = Alike(case, reader=request.user)
    may_answer = request.user.has(Permission.ANSWER_REQUEST)
    answers = [(edition, summary_for(case, edition) if may_answer else None) for edition in alike.answers]
    context = {"case": case, "alike": alike, "answers": answers}
    return render(request, "consultations/desk/similar.html", context)


@requires(Permission.VIEW_REQUESTS)
@require_safe
def summaries(request: UserRequest, reference: str) -> HttpResponse:
    """The summaries that come from a request, and the way to begin one."""
    case = case_of(request, reference)
    reasons = [] if request.user.has(Permission.WRITE_SUMMARY) else [_("Your role does not write summaries.")]
    context = {
        "case": case,
        "summaries": summaries_from(case),
        "reasons": reasons or reasons_against_source(case),
    }
    return render(request, "consultations/desk/summaries.html", context)


@requires(Permission.VIEW_REQUESTS)
@require_safe
def history(request: UserRequest, reference: str) -> HttpResponse:
    """What was done to a request, the newest first."""
    case = case_of(request, reference)
    page = RequestPage(case, reader=request.user)
    events = [page.event_entry(event) for event in reversed(page.dossier.events)]
    return render(request, "consultations/desk/history.html", {"case": case, "events": events})


@requires(Permission.VIEW_REQUESTS)
@require_POST
def presence(request: UserRequest, reference: str) -> HttpResponse:
    """Take what an open page says of its reader, and answer with who else is there, writers first."""
    visible = SupportRequest.objects.visible_to(request.user).only("pk")
    case = get_object_or_404(visible.with_reference(reference))
    doing = request.POST.get("doing", "")
    if doing not in Doing.values:
        leave(case, by=request.user)
        return HttpResponse(status=204)
    version = whole_number(request.POST.get("version"))
    beat(case, doing=doing, by=request.user, version=version)
    there = Presence.objects.there(timezone.now()).filter(request=case).exclude(user=request.user)
    # In the alphabet as in importance, writing comes after reading.
    others = there.select_related("user").order_by("-doing", "user__name", "pk")[:MOST_PRESENT]
    context: dict[str, list[str]] = {"writing": [], "reading": []}
    for other in others:
        context[other.doing].append(other.user.name)
    return render(request, "consultations/desk/presence.html", context)
