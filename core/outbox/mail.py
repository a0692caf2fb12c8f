"""Outgoing mail is a row first; a worker hands it over after the commit.

A verb calls `queue()` inside its transaction: the row and the task that will deliver it are committed with
the verb or not at all. How the worker delivers stands in core.outbox.tasks, the row in core.outbox.models.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.template import Context, Engine
from django.utils import timezone, translation
from django.utils.translation import gettext

from core import audit
from core.outbox import tokens
from core.outbox.dead_addresses import dead_among, is_dead
from core.outbox.models import Automatic, OutgoingMail, State, Stopped
from core.outbox.tasks import deliver_due
from core.outbox.tasks import when_failed as when_failed  # for the apps
from core.outbox.tasks import when_sending as when_sending
from core.outbox.tasks import when_sent as when_sent
from core.outbox.tasks import when_writing as when_writing
from core.states import Conflict, move, verb

# How many earlier messages a message names; more would only make its header long.
LONGEST_THREAD = 10


def queue(template: str, **written: Any) -> OutgoingMail:
    """Write one message into the outbox, inside the caller's transaction; see `compose`."""
    [mail] = queue_all([compose(template, **written)])
    return mail


def compose(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    language: str,
    link: Callable[[], str] | None = None,
    about: models.Model | None = None,
    thread: Iterable[str] | None = None,
    subject: str = "",
    automatic: str = Automatic.GENERATED,
    hold: int = 0,
    unsubscribe: Callable[[], str] | None = None,
) -> OutgoingMail:
    """Return one message, not in the outbox yet.

    `template` names the pair `email/<template>.subject.txt` and `email/<template>.txt`,
    rendered in `language` as plain text; the portal's footer follows. `link()`, called in that
    language, gives the path of the page that the text leads to. `about` is the thing the message concerns.

    With `thread`, the Message-IDs it goes on from (oldest first, there may be none), the message can be
    replied to: it bears signs by which a reply finds back to `about`. `subject` stands in for the template's.
    `automatic` is "" for what a person wrote. For `hold` seconds the message waits and can be taken back.
    `unsubscribe()` gives the path by which a mail program ends, in one click, what its reader has asked for.
    """
    with translation.override(language):
        if link:
            context = {**context, "link": absolute(link())}
        one_click = absolute(unsubscribe()) if unsubscribe else None
        written = subject or _plain(f"email/{template}.subject.txt", context)
        body, footer = _plain(f"email/{template}.txt", context), _plain("email/footer.txt", {})
    now = timezone.now()
    return OutgoingMail(
        kind=template,
        to=to,
        language=language,
        subject=" ".join(written.split())[:200],
        text=f"{body.strip()}\n\n{footer.strip()}\n",
        about_kind=str(about._meta.model_name) if about else "",
        about_id=about.pk if about else None,
        automatic=automatic,
        created_at=now,
        next_try_at=now + timedelta(seconds=hold),
        unsubscribe=one_click,
        **_signs(about, to, thread),
    )


def written_later(
    template: str, *, to: str, subject: str, language: str, about: models.Model
) -> OutgoingMail:
    """Return one message of those that go out by thousands, not in the outbox yet: it costs only its row.

    Its text is written as it is sent, by whoever said so with `when_writing`; until then the outbox shows
    `subject`.
    """
    now = timezone.now()
    return OutgoingMail(
        kind=template,
        to=to,
        language=language,
        subject=subject[:200],
        about_kind=str(about._meta.model_name),
        about_id=about.pk,
        created_at=now,
        next_try_at=now,
        message_id=tokens.plain_message_id(),
    )


def queue_all(mails: list[OutgoingMail]) -> list[OutgoingMail]:
    """Write messages into the outbox in few queries, inside the caller's transaction.

    To an address that does not take mail nothing is sent: the row says so.
    """
    dead = dead_among(mail.to for mail in mails)
    for mail in mails:
        if mail.to in dead:
            mail.state, mail.last_error = State.STOPPED, Stopped.DEAD
    OutgoingMail.objects.bulk_create(mails)
    if waiting := [mail.next_try_at for mail in mails if mail.state == State.QUEUED]:
        first = min(waiting)
        # A run plans the next one, for what waits longer.
        (deliver_due.using(run_after=first) if first > timezone.now() else deliver_due).enqueue()
    return mails


def _signs(about: models.Model | None, to: str, thread: Iterable[str] | None) -> dict[str, str]:
    if about is None or thread is None:
        return {"message_id": tokens.plain_message_id()}
    return {
        "message_id": tokens.message_id(about.pk, to),
        "reply_to": tokens.reply_address(about.pk, to),
        "references": " ".join(list(thread)[-LONGEST_THREAD:]),
    }


def _plain(template: str, context: dict[str, Any]) -> str:
    # Plain text: nothing is escaped, or O'Neill would read O&#x27;Neill.
    return Engine.get_default().get_template(template).render(Context(context, autoescape=False))


def absolute(path: str) -> str:
    """Return the full address of a path of the portal, from settings only, never from a request."""
    return settings.BASE_URL + path


def take_back(mail: OutgoingMail) -> bool:
    """Stop a message that still waits; tell whether this was in time. Of the worker and us one wins."""
    if mail.state == State.QUEUED:
        with suppress(Conflict):
            move(mail, State.STOPPED, also={"last_error": Stopped.TAKEN_BACK})
            return True
    return False


def reasons_against_sending_again(mail: OutgoingMail, *, by: Any) -> list[str]:
    """Say why `mail` cannot be sent again; empty when it can. Whether `by` may is the page's mark to say."""
    if mail.state == State.STOPPED and mail.last_error != Stopped.DEAD:
        return [mail.why_not]
    if mail.state not in (State.FAILED, State.STOPPED):
        return [gettext("Only a message that failed can be sent again.")]
    if is_dead(mail.to):
        return [gettext("The address is marked as not taking mail. First say that it works.")]
    return []


@verb(against=reasons_against_sending_again)
def send_again(mail: OutgoingMail, *, by: Any) -> None:
    """Put a message that failed, or was stopped for its address, back into the queue with all its tries.

    Raises Conflict when somebody else was quicker.
    """
    now = timezone.now()
    move(mail, State.QUEUED, also={"next_try_at": now, "created_at": now, "tries": 0, "last_error": ""})
    audit.record("mail.send_again", mail, by=by)
    deliver_due.enqueue()
