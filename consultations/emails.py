"""What the portal writes to those who ask. Nothing goes out where no address was given.

No message holds what the requester wrote: the address has never been
verified, so it may be a stranger's. The answer itself is ours, and goes to
the address that was given for it.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation

from consultations.choices import Channel
from consultations.models import Contact, Summary, SupportRequest
from core import mail
from core.mail import OutgoingMail

RECEIPT = "consultations/receipt"


def receipt(request: SupportRequest) -> OutgoingMail | None:
    """Say that a request has come: its reference, what happens next and by when, and the way to it.

    A visitor may have typed a stranger's address, so one address gets only
    settings.RECEIPTS_PER_HOUR of these; the page shows the link in any case.
    Who writes by e-mail gets one a day.
    """
    if _had_enough_receipts(request):
        return None
    return _queue(RECEIPT, request, {"due_on": request.due_on})


def question_back(request: SupportRequest, contact: Contact) -> OutgoingMail | None:
    """Say that a consultant asks something, and where to reply.

    The question may repeat the case, so it stays behind the link.
    """
    return _queue("consultations/question_back", request, {})


def answer(request: SupportRequest, contact: Contact) -> OutgoingMail | None:
    """Send the answer, and the way to the conversation."""
    return _queue(
        "consultations/answer", request, {"text": contact.text, "has_files": contact.files.exists()}
    )


def published(request: SupportRequest, summary: Summary) -> OutgoingMail | None:
    """Say that a general answer, without names, has been published, and where."""
    with translation.override(request.language):
        address = mail.absolute(summary.get_absolute_url())
    return _queue("consultations/published", request, {"summary_address": address})


def was_receipt_written(request: SupportRequest) -> bool:
    """Tell whether the receipt of a request went to the outbox."""
    written = OutgoingMail.objects.filter(
        about_kind=request._meta.model_name, about_id=request.pk, kind=RECEIPT
    )
    return written.exists()


def _queue(template: str, request: SupportRequest, context: dict[str, object]) -> OutgoingMail | None:
    to = request.requester.email
    if not to:
        return None
    with translation.override(request.language):
        link = mail.absolute(request.get_my_url() if request.is_official else request.get_link())
    context = {**context, "reference": request.reference, "link": link, "is_official": request.is_official}
    return mail.queue(template, to=to, context=context, language=request.language, about=request)


def _had_enough_receipts(request: SupportRequest) -> bool:
    if request.channel == Channel.EMAIL:
        # Two machines that answer each other must not go on for ever.
        return _others_of_address(request, timedelta(days=1)).exists()
    if request.channel != Channel.WEB or request.created_by_id:
        return False
    typed = _others_of_address(request, timedelta(hours=1)).filter(channel=Channel.WEB, created_by=None)
    return typed.count() >= settings.RECEIPTS_PER_HOUR


def _others_of_address(request: SupportRequest, time: timedelta) -> QuerySet[SupportRequest]:
    """Return the other requests that came from the same address in the time before now."""
    lately = SupportRequest.objects.filter(
        received_at__gt=timezone.now() - time, requester__email=request.requester.email
    )
    return lately.exclude(pk=request.pk)
