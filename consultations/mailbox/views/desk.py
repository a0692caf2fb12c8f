"""Mail that came in: what waits for a person, and what can be done with it."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from consultations.mailbox.actions import desk
from consultations.mailbox.actions.incoming import FAULTS
from consultations.mailbox.forms import DiscardForm, MailForm, PlaceForm
from consultations.mailbox.queries import mail_page, opened
from consultations.models import IncomingMail, Shelf, SupportRequest
from consultations.requests.actions import details
from core.files import attachments
from core.outbox.dead_addresses import DeadAddress
from core.states import Refused, check_seen
from core.views.paging import page_of
from core.views.verbs import UNPROCESSABLE, back_to, run_verb

ALL = "all"
SHELVES = [
    (Shelf.WAITING.value, Shelf.WAITING.label),
    (ALL, capfirst(gettext_lazy("all"))),
    (Shelf.MACHINES.value, Shelf.MACHINES.label),
    (Shelf.DISCARDED.value, Shelf.DISCARDED.label),
]
CHANGED = gettext_lazy("Somebody else has dealt with the message meanwhile.")


@requires(Permission.VIEW_REQUESTS)
@require_safe
def mail_list(request: UserRequest) -> HttpResponse:
    """What came in, newest first, by what is to be done with it."""
    shelf = request.GET.get("shelf")
    shelf = shelf if shelf in dict(SHELVES) else Shelf.WAITING.value
    rows = IncomingMail.objects.visible_to(request.user).for_list()
    if shelf != ALL:
        rows = rows.filter(shelf=shelf)
    context = {"shelves": SHELVES, "shelf": shelf, "page": page_of(rows, request)}
    return render(request, "consultations/mailbox/list.html", context)


@requires(Permission.VIEW_REQUESTS)
@require_safe
def message(request: UserRequest, pk: int) -> HttpResponse:
    """One message: its words, why it waits, and where it may belong."""
    return _page(request, _mail(request, pk))


@requires(Permission.VIEW_REQUESTS)
@require_safe
def raw(request: UserRequest, pk: int) -> HttpResponse:
    """The message as it came, to save."""
    mail = _mail(request, pk)
    try:
        content = attachments.read_raw(mail.key)
    except OSError:
        raise Http404 from None
    return attachments.download(content, f"{mail.pk}.eml")


@requires(Permission.VIEW_REQUESTS)
@require_safe
def file(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """One file of a message, to save."""
    letter = opened(_mail(request, pk))
    if letter is None or number >= len(letter.files):
        raise Http404
    part = letter.files[number]
    return attachments.download(part.content, part.name)


def _mail(request: UserRequest, pk: int) -> IncomingMail:
    visible = IncomingMail.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("request", "contact__request", "settled_by"), pk=pk)


def _page(
    request: UserRequest, mail: IncomingMail, *, status: int = 200, reasons: Iterable[str] = (), **bound: Any
) -> HttpResponse:
    """Show a message; `bound` are forms that came back with errors."""
    forms = {
        "place_form": PlaceForm(mail=mail, reader=request.user, auto_id="place_%s"),
        "discard_form": DiscardForm(mail=mail, reader=request.user, auto_id="discard_%s"),
        **bound,
    }
    context = {"mail": mail, "shown": mail_page(mail, reader=request.user), "refused": reasons, **forms}
    return render(request, "consultations/mailbox/message.html", context, status=status)


# Verbs ------------------------------------------------------------------------


def _view_of(
    verb: Callable[..., Any],
    done: Any = "",
    *,
    to: Callable[[Any], Any] | None = None,
    form_class: type[MailForm] = MailForm,
    name: str = "",
) -> View:
    """Return the view that does a verb with a message; it goes on to the message, or where `to` says."""

    @requires(Permission.ANSWER_REQUEST)
    @require_POST
    def view(request: UserRequest, pk: int) -> HttpResponse:
        mail = _mail(request, pk)
        form = form_class(request.POST, mail=mail, reader=request.user, auto_id=f"{name}_%s")
        bound = {f"{name}_form": form} if name else {}

        def do() -> Any:
            said = dict(form.cleaned_data)
            check_seen(mail, said.pop("version"))
            try:
                return verb(mail, **said, by=request.user)
            except FAULTS as error:
                kind = type(error).__name__
                raise Refused([_("The message cannot be read: %(kind)s.") % {"kind": kind}]) from error

        def show(*, status: int, reasons: Iterable[str] = ()) -> HttpResponse:
            again = bound if status == UNPROCESSABLE else {}
            return _page(request, _mail(request, pk), status=status, reasons=reasons, **again)

        if not form.is_valid():
            return show(status=UNPROCESSABLE)
        goal = to or reverse("desk-mail-message", args=[pk])
        return run_verb(request, do, to=goal, show=show, done=done, changed=CHANGED)

    return view


place = _view_of(
    desk.place_by_hand,
    gettext_lazy("The message is on the request."),
    to=lambda contact: contact.request.get_desk_url(),
    form_class=PlaceForm,
    name="place",
)
make_request = _view_of(
    desk.make_request, gettext_lazy("The message is a new request."), to=lambda made: made.get_desk_url()
)
discard = _view_of(desk.discard, form_class=DiscardForm, name="discard")
undo = _view_of(desk.undo_discard, gettext_lazy("The message waits again."))
read_again = _view_of(
    desk.read_again,
    lambda mail: _("The message was read again: %(state)s.") % {"state": mail.get_state_display()},
)


def _guess_view(verb: Callable[..., None], done: Promise) -> View:
    """Return the view that decides by one button about the municipality that a sender's address suggests."""

    @requires(Permission.ANSWER_REQUEST)
    @require_POST
    def view(request: UserRequest, reference: str) -> HttpResponse:
        visible = SupportRequest.objects.visible_to(request.user).select_related("guessed_municipality")
        case = get_object_or_404(visible.with_reference(reference))
        return run_verb(
            request,
            partial(verb, case, by=request.user),
            to=case.get_desk_url(),
            show=back_to(request, case.get_desk_url()),
            done=done,
            changed=_("Somebody else has changed the request meanwhile."),
        )

    return view


confirm_guess = _guess_view(details.confirm_guess, gettext_lazy("The municipality is confirmed."))
drop_guess = _guess_view(details.drop_guess, gettext_lazy("The guess is forgotten."))


# Addresses that mail comes back from -------------------------------------------


@requires(Permission.VIEW_REQUESTS)
@require_safe
def dead_addresses(request: UserRequest) -> HttpResponse:
    """All addresses that nothing is sent to any more, newest first."""
    page = page_of(DeadAddress.objects.order_by("-pk"), request)
    context = {"page": page, "reasons": desk.reasons_of_role(request.user)}
    return render(request, "consultations/mailbox/dead.html", context)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def revive(request: UserRequest, pk: int) -> HttpResponse:
    """Send mail to an address again; from the page of a request, go back there."""
    row = DeadAddress.objects.filter(pk=pk).first()
    if row:
        desk.revive(row.email, by=request.user)
    messages.success(request, _("Mail goes to the address again."))
    visible = SupportRequest.objects.visible_to(request.user)
    case = visible.with_reference(request.POST.get("reference", "")).first()
    return redirect(case.get_desk_url() if case else "desk-mail-dead")
