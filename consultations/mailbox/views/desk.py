"""Mail that came in: what waits for a person, and what can be done with it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from consultations.mailbox.actions import desk
from consultations.mailbox.actions.incoming import FAILURES
from consultations.mailbox.forms import ALL, DiscardForm, MailForm, PlaceForm, ShelfForm
from consultations.mailbox.queries import MailPage, opened
from consultations.models import IncomingMail, SupportRequest
from core.files import attachments
from core.outbox.dead_addresses import DeadAddress
from core.states import Conflict, Refused
from core.views.paging import page_of
from core.views.verbs import CONFLICT, UNPROCESSABLE


@requires(Permission.VIEW_REQUESTS)
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """What came in, newest first, by what is to be done with it."""
    shelf = ShelfForm(request.GET).chosen
    rows = IncomingMail.objects.visible_to(request.user).for_list()
    if shelf != ALL:
        rows = rows.filter(shelf=shelf)
    context = {"shelves": ShelfForm.SHELVES, "shelf": shelf, "page": page_of(rows, request)}
    return render(request, "consultations/mailbox/list.html", context)


@requires(Permission.VIEW_REQUESTS)
@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: its words, why it waits, and where it may belong."""
    return _page(request, _mail(request, pk))


@requires(Permission.VIEW_REQUESTS)
@require_safe
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The message as it came, to save."""
    mail = _mail(request, pk)
    try:
        content = attachments.read_raw(mail.key)
    except OSError:
        raise Http404 from None
    return attachments.download(content, f"{mail.pk}.eml")


@requires(Permission.VIEW_REQUESTS)
@require_safe
def file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One file of a message, to save."""
    letter = opened(_mail(request, pk))
    if letter is None or number >= len(letter.files):
        raise Http404
    part = letter.files[number]
    return attachments.download(part.content, part.name)


def _mail(request: HttpRequest, pk: int) -> IncomingMail:
    visible = IncomingMail.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("request", "contact__request", "settled_by"), pk=pk)


def _page(
    request: HttpRequest,
    mail: IncomingMail,
    status: int = 200,
    refused: Iterable[str] = (),
    **bound: Any,
) -> HttpResponse:
    """Show a message; `bound` are forms that came back with errors."""
    forms = {
        "place_form": PlaceForm(mail=mail, reader=request.user, auto_id="place_%s"),
        "discard_form": DiscardForm(mail=mail, reader=request.user, auto_id="discard_%s"),
        **bound,
    }
    context = {"mail": mail, "shown": MailPage(mail, reader=request.user), "refused": refused, **forms}
    return render(request, "consultations/mailbox/message.html", context, status=status)


# Verbs ------------------------------------------------------------------------

Done = Callable[[HttpRequest, IncomingMail, dict[str, Any]], HttpResponse]


def _do(
    request: HttpRequest, pk: int, form_class: type[MailForm], done: Done, name: str = "form"
) -> HttpResponse:
    """Check a form, do its verb, and show what came of it or why it could not be done."""
    mail = _mail(request, pk)
    form = form_class(request.POST, mail=mail, reader=request.user, auto_id=f"{name}_%s")
    bound = {} if form_class is MailForm else {f"{name}_form": form}
    if not form.is_valid():
        return _page(request, mail, UNPROCESSABLE, **bound)
    if form.cleaned_data["version"] != mail.version:
        return _somebody_was_quicker(request, mail)
    try:
        return done(request, mail, form.cleaned_data)
    except Conflict:
        return _somebody_was_quicker(request, _mail(request, pk))
    except Refused as refusal:
        return _page(request, _mail(request, pk), UNPROCESSABLE, refusal.reasons, **bound)
    except FAILURES as error:
        reasons = [_("The message cannot be read: %(kind)s.") % {"kind": type(error).__name__}]
        return _page(request, _mail(request, pk), UNPROCESSABLE, reasons, **bound)


def _somebody_was_quicker(request: HttpRequest, mail: IncomingMail) -> HttpResponse:
    return _page(request, mail, CONFLICT, [_("Somebody else has dealt with the message meanwhile.")])


@requires(Permission.ANSWER_REQUEST)
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a message on a request."""
    return _do(request, pk, PlaceForm, _place, "place")


def _place(request: HttpRequest, mail: IncomingMail, said: dict[str, Any]) -> HttpResponse:
    contact = desk.place_by_hand(mail, request=said["request"], by=request.user)
    messages.success(request, _("The message is on the request."))
    return redirect(contact.request.get_desk_url())


@requires(Permission.ANSWER_REQUEST)
@require_POST
def make_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new request of a message."""
    return _do(request, pk, MailForm, _make_request)


def _make_request(request: HttpRequest, mail: IncomingMail, said: dict[str, Any]) -> HttpResponse:
    made = desk.make_request(mail, by=request.user)
    messages.success(request, _("The message is a new request."))
    return redirect(made.get_desk_url())


@requires(Permission.ANSWER_REQUEST)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that a message belongs nowhere."""
    return _do(request, pk, DiscardForm, _discard, "discard")


def _discard(request: HttpRequest, mail: IncomingMail, said: dict[str, Any]) -> HttpResponse:
    desk.discard(mail, by=request.user, reason=said["reason"])
    return redirect("desk-mail-message", pk=mail.pk)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a discarded message back."""
    return _do(request, pk, MailForm, _undo)


def _undo(request: HttpRequest, mail: IncomingMail, said: dict[str, Any]) -> HttpResponse:
    desk.undo_discard(mail, by=request.user)
    messages.success(request, _("The message waits again."))
    return redirect("desk-mail-message", pk=mail.pk)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read and place a message anew."""
    return _do(request, pk, MailForm, _read_again)


def _read_again(request: HttpRequest, mail: IncomingMail, said: dict[str, Any]) -> HttpResponse:
    desk.read_again(mail, by=request.user)
    messages.success(
        request, _("The message was read again: %(state)s.") % {"state": mail.get_state_display()}
    )
    return redirect("desk-mail-message", pk=mail.pk)


# Addresses that mail comes back from -------------------------------------------


@requires(Permission.VIEW_REQUESTS)
@require_safe
def dead_addresses(request: HttpRequest) -> HttpResponse:
    """All addresses that nothing is sent to any more, newest first."""
    page = page_of(DeadAddress.objects.order_by("-pk"), request)
    context = {"page": page, "reasons": desk.reasons_of_role(request.user)}
    return render(request, "consultations/mailbox/dead.html", context)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def revive(request: HttpRequest, pk: int) -> HttpResponse:
    """Send mail to an address again; from the page of a request, go back there."""
    row = DeadAddress.objects.filter(pk=pk).first()
    if row:
        desk.revive(row.email, by=request.user)
    messages.success(request, _("Mail goes to the address again."))
    visible = SupportRequest.objects.visible_to(request.user)
    case = visible.with_reference(request.POST.get("reference", "")).first()
    return redirect(case.get_desk_url() if case else "desk-mail-dead")
