"""The mail of notices: at once, and once a day. It holds sentences and links, nothing of a case."""

from math import ceil
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import translation

from core.notices.kinds import kind_of
from core.notices.models import Notice
from core.notices.queries import visible
from core.outbox import mail
from core.outbox.models import OutgoingMail, Stopped

# So many sentences one daily mail tells; the rest stands in the portal.
MOST = 50


def at_once(notice: Notice, about: models.Model, words: dict[str, Any], wait: float) -> OutgoingMail:
    """Return the mail, not queued yet, that tells of one thing and waits for so many seconds."""
    user = notice.receiver
    with translation.override(user.language):
        told = {"who": notice.who, "title": notice.title, "sentence": notice.sentence}
        context = {**words, **told, **_foot()}
    return mail.compose(
        kind_of(notice.kind).template,
        to=user.email,
        language=user.language,
        context=context,
        link=lambda: notice.link,
        about=about,
        hold=ceil(wait),
    )


def digest(receiver: Any, notices: list[Notice]) -> OutgoingMail:
    """Return the daily mail of one account, not queued yet."""
    with translation.override(receiver.language):
        lines = [{"sentence": row.sentence, "link": mail.absolute(row.link)} for row in notices[:MOST]]
        context = {"lines": lines, "count": len(notices), "more": len(notices) - len(lines), **_foot()}
    return mail.compose(
        "notices/digest",
        to=receiver.email,
        language=receiver.language,
        context=context,
        link=lambda: reverse("accounts:notices"),
    )


def _foot() -> dict[str, Any]:
    """Return what each mail of notices says at its end: nobody reads replies, and where one chooses."""
    return {"can_reply": False, "settings": mail.absolute(reverse("accounts:notice-settings"))}


def reason_to_stop(message: OutgoingMail) -> str:
    """Return why a message must not be sent any more, or "": what it tells of is no longer its receiver's.

    Called at the moment of sending.
    """
    told = list(message.notices.select_related("receiver"))
    return "" if len(visible(told)) == len(told) else Stopped.NOT_THEIRS
