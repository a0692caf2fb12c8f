"""What the portal writes to those who ask. Nothing goes out where no address was given.

No message holds what the requester wrote: the address has never been
verified, so it may be a stranger's. The answer itself is ours, and goes to
the address that was given for it, or stays behind the link where that is asked for.
"""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from consultations.choices import Channel, Direction, Receipt
from consultations.models import Contact, IncomingMail, MailState, Summary, SupportRequest
from consultations.models import contact as contact_models
from consultations.requests import notices, salutation
from consultations.requests.clock import promise, rule
from core.outbox import mail
from core.outbox.mail import Automatic, OutgoingMail, State, Stopped

RECEIPT = "consultations/receipt"
ABOUT = SupportRequest._meta.model_name
REPLY = re.compile(r"^\s*((re|fw|fwd|odp|aw)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def receipt_owed(request: SupportRequest, *, is_later: bool = False) -> Receipt:
    """Tell whether the requester is to be told that the request has come, and if not, why.

    A visitor may have typed a stranger's address, so one address gets only
    settings.RECEIPTS_PER_HOUR of these, and one a day for what came by mail; the page
    shows the link in any case. With `is_later` the address was given after the request came.
    """
    if not request.requester.email:
        return Receipt.NO_ADDRESS
    has_enough = _told_enough(request) if is_later else _had_enough_receipts(request)
    return Receipt.ENOUGH if has_enough else Receipt.OWED


def receipt(request: SupportRequest) -> OutgoingMail | None:
    """Say that a request has come: its reference, what happens next and by when, and the way to it."""
    with translation.override(request.language):
        # The rule is told to everybody: the address may be a stranger's, and is not told who loses a home.
        context: dict[str, object] = {"promise": promise(request), "rule": rule()}
        context["find_address"] = mail.absolute(reverse("find"))
    return _queue(RECEIPT, request, context, automatic=Automatic.REPLIED)


def question_back(request: SupportRequest, contact: Contact) -> OutgoingMail | None:
    """Say that a consultant asks something, and where to reply.

    The question may repeat the case, so it stays behind the link.
    """
    return _send("consultations/question_back", request, contact, {})


def answer(request: SupportRequest, contact: Contact) -> OutgoingMail | None:
    """Send the answer, and the way to the conversation; where a link only is wished for, that alone."""
    text = "" if request.link_only else contact.letter
    with translation.override(request.language):
        certainty = contact.get_certainty_display()
    context = {"text": text, "has_files": contact.files.exists(), "certainty": certainty}
    if author := contact.logged_by:
        context["is_greeted"] = salutation.is_greeted(text, request, by=author)
        context["is_signed"] = salutation.is_signed(text, request, by=author)
    return _send("consultations/answer", request, contact, context)


def published(request: SupportRequest, summary: Summary) -> OutgoingMail | None:
    """Say that a general answer, without names, has been published, and where."""
    with translation.override(request.language):
        address = mail.absolute(summary.get_absolute_url())
    return _queue(
        "consultations/published", request, {"summary_address": address}, automatic=Automatic.GENERATED
    )


def was_receipt_written(request: SupportRequest) -> bool:
    """Tell whether the receipt of a request went to the outbox."""
    return OutgoingMail.objects.filter(about_kind=ABOUT, about_id=request.pk, kind=RECEIPT).exists()


def reason_to_stop(message: OutgoingMail) -> str:
    """Return why a message must not be sent any more, or "": an official may have left meanwhile.

    Called at the moment of sending. Somebody who asked for themselves keeps their own request.
    What was written to one official does not reach them after the request went over to another.
    """
    # Mail of notices is looked after by core.notices.
    if message.about_kind != ABOUT or message.notices.exists():
        return ""
    rows = SupportRequest.objects.select_related("requester__user")
    request = rows.filter(pk=message.about_id).first() if message.about_id else None
    if request is None:
        return Stopped.NOT_THEIRS
    user = request.requester.user
    if not request.is_official or user is None:
        return ""
    is_theirs = message.to.lower() in (request.requester.email.lower(), user.email.lower())
    may_see = is_theirs and SupportRequest.objects.visible_to(user).filter(pk=request.pk).exists()
    return "" if may_see else Stopped.NOT_THEIRS


def tell_of_failure(message: OutgoingMail) -> None:
    """Tell whoever has the request that a message to its requester could not be sent."""
    if message.about_kind == ABOUT and message.about_id and not message.notices.exists():
        request = SupportRequest.objects.filter(pk=message.about_id).first()
        if request:
            notices.told_of_failed_mail(request)


def _send(
    template: str, request: SupportRequest, contact: Contact, context: dict[str, object]
) -> OutgoingMail | None:
    """Queue what a person wrote, so that it can be taken back for a while."""
    sent = _queue(
        template,
        request,
        context,
        # A person's words: no machine is to take them for a machine's and drop them.
        automatic="",
        subject=_subject_of_theirs(request),
        hold=contact_models.UNDO_SECONDS,
    )
    contact.sent_as = sent
    contact.save(update_fields=["sent_as"])
    return sent


def _queue(
    template: str, request: SupportRequest, context: dict[str, object], **options: Any
) -> OutgoingMail | None:
    to = request.requester.email
    if not to:
        return None
    context = {
        **context,
        "reference": request.reference,
        "is_official": request.is_official,
        "can_reply": bool(settings.MAIL_INBOX),
    }
    return mail.queue(
        template,
        to=to,
        context=context,
        language=request.language,
        link=request.get_my_url if request.is_official else request.get_link,
        about=request,
        thread=_thread(request, to),
        **options,
    )


def _thread(request: SupportRequest, to: str) -> list[str]:
    """Return the Message-IDs of what this person and we have written to each other, oldest first.

    Other people's messages are left out: their numbers are nothing to this one.
    """
    theirs = request.contacts.filter(direction=Direction.INBOUND, person=request.requester_id)
    theirs = theirs.exclude(message_id="").order_by("-logged_at")
    ours = OutgoingMail.objects.filter(about_kind=ABOUT, about_id=request.pk, to=to)
    ours = ours.exclude(state=State.STOPPED).order_by("-id")
    their_ids = theirs.values_list("logged_at", "message_id")[: mail.LONGEST_THREAD]
    our_ids = ours.values_list("created_at", "message_id")[: mail.LONGEST_THREAD]
    both = sorted([*their_ids, *our_ids])
    return [message_id for _at, message_id in both]


def _subject_of_theirs(request: SupportRequest) -> str:
    """Return "Re: " and the subject under which this very address last wrote to us, or "".

    Their mail program puts an answer beside their message only under its subject. It is
    the one text of theirs that we send back: a person at the desk has read their message
    before answering, and it goes where it came from. A receipt, which nobody looks over,
    keeps our own subject: whoever forges a sender could write to strangers through it.
    """
    theirs = IncomingMail.objects.filter(
        request=request, state=MailState.PLACED, sender__iexact=request.requester.email
    )
    subject = theirs.order_by("-pk").values_list("subject", flat=True).first()
    return f"Re: {bare}" if subject and (bare := REPLY.sub("", subject).strip()) else ""


def _had_enough_receipts(request: SupportRequest) -> bool:
    if not Channel(request.channel).is_carried or request.created_by_id:
        return False
    # Two machines that answer each other would go on for ever; a visitor may ask three things in an hour.
    is_mail = request.channel == Channel.EMAIL
    since = timezone.now() - (timedelta(days=1) if is_mail else timedelta(hours=1))
    lately = SupportRequest.objects.filter(
        received_at__gt=since, requester__email__iexact=request.requester.email, created_by=None
    ).exclude(pk=request.pk)
    if is_mail:
        return lately.filter(receipt=Receipt.OWED).exists()
    return lately.filter(channel=Channel.WEB).count() >= settings.RECEIPTS_PER_HOUR


def _told_enough(request: SupportRequest) -> bool:
    """Tell whether an address that was given later is told no more of this request.

    Whoever has a link can change the address as often as they like: each is told once of one request, one
    request tells few in a day, and one address hears of few in an hour, whatever requests it is given for.
    """
    now, to = timezone.now(), request.requester.email
    receipts = OutgoingMail.objects.filter(kind=RECEIPT)
    of_this = receipts.filter(about_kind=ABOUT, about_id=request.pk)
    return (
        of_this.filter(to__iexact=to).exists()
        or of_this.filter(created_at__gt=now - timedelta(days=1)).count() >= settings.RECEIPTS_PER_HOUR
        or receipts.filter(to__iexact=to, created_at__gt=now - timedelta(hours=1)).count()
        >= settings.RECEIPTS_PER_HOUR
    )
