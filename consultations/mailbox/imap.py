"""Reading the mailbox that people write to (IMAP).

A message is stored first and marked as seen afterwards, so none is lost; one that
is met twice is the same by its bytes, so none is taken twice.
"""

import imaplib
import logging
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from consultations.mailbox.actions.incoming import place_waiting, store
from consultations.models import CameBy, Mailbox

logger = logging.getLogger("portal.mail")

TIMEOUT = 60
# So many messages are stored before they are marked and placed.
BATCH = 50
# So long at most until the mailbox is looked at anew: what comes just before IDLE begins is not told.
IDLE_SECONDS = 60
SHORTEST_PAUSE, LONGEST_PAUSE = 2, 300
# The mail server or the database is out of reach; that passes.
AWAY = (OSError, imaplib.IMAP4.error, ImapToolsError, DatabaseError, InterfaceError)


def fetch() -> int:
    """Store and place what has come into the mailbox, and return how many messages were read.

    What an earlier run stored and did not place is placed, too. Raises one of
    AWAY when the mail server or the database cannot be reached.
    """
    place_waiting()
    with connection() as box:
        return take(box)


def watch(stop: threading.Event) -> None:
    """Read the mailbox whenever something comes, until `stop` is set; after a failure try again later."""
    pause = SHORTEST_PAUSE
    while not stop.is_set():
        close_old_connections()
        try:
            place_waiting()
            with connection() as box:
                pause = SHORTEST_PAUSE
                _listen(box, stop)
        except AWAY as error:
            logger.warning("the mailbox was not read: %s; next try in %s s", type(error).__name__, pause)
            stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _listen(box: BaseMailBox, stop: threading.Event) -> None:
    while not stop.is_set():
        close_old_connections()
        take(box)
        place_waiting()
        _wait(box, stop)


def _wait(box: BaseMailBox, stop: threading.Event) -> None:
    """Wait until the server says that something came, for a while at most."""
    # Asked after the login: some servers tell only then what they can do.
    _status, told = box.client.capability()
    if b"IDLE" not in told[-1].upper().split():
        stop.wait(IDLE_SECONDS)
        return
    with box.idle as idle:
        for _second in range(IDLE_SECONDS):
            # In short turns, so that the process ends soon after it is told to.
            if stop.is_set() or idle.poll(timeout=1):
                return


@contextmanager
def connection() -> Iterator[BaseMailBox]:
    """Open the mailbox that settings.MAIL_IN_URL names, and leave it afterwards."""
    url = urlsplit(settings.MAIL_IN_URL)
    box: BaseMailBox
    if url.scheme == "imaps":
        box = MailBox(url.hostname, url.port or 993, TIMEOUT, ssl_context=ssl.create_default_context())
    else:
        box = MailBoxUnencrypted(url.hostname, url.port or 143, TIMEOUT)
    try:
        box.login(unquote(url.username or ""), unquote(url.password or ""), _folder())
        yield box
    finally:
        # A broken connection takes no goodbye, but it is closed in any case.
        with suppress(*AWAY):
            box.logout()
        box.client.file.close()
        box.client.sock.close()


def _folder() -> str:
    return unquote(urlsplit(settings.MAIL_IN_URL).path.strip("/")) or "INBOX"


def take(box: BaseMailBox) -> int:
    """Store and place all that is new in an open mailbox, and return how many messages that were."""
    mark = _mark(box)
    uids = _new_uids(box, mark)
    stored = 0
    for start in range(0, len(uids), BATCH):
        done = [uid for uid in uids[start : start + BATCH] if _store(box, uid)]
        if done:
            box.flag([str(uid) for uid in done], MailMessageFlags.SEEN, True)
        place_waiting()
        stored += len(done)
    if uids and max(uids) > mark.last_uid:
        mark.last_uid = max(uids)
        mark.save(update_fields=["last_uid"])
    return stored


def _mark(box: BaseMailBox) -> Mailbox:
    """Return how far the mailbox was read; of one met for the first time all that was seen is old."""
    url = urlsplit(settings.MAIL_IN_URL)
    validity = box.folder.status(_folder(), ["UIDVALIDITY"])["UIDVALIDITY"]
    mark, _is_new = Mailbox.objects.get_or_create(
        address=f"{url.username}@{url.hostname}/{_folder()}",
        defaults={"uid_validity": validity, "last_uid": 0},
    )
    if mark.uid_validity != validity:
        mark.uid_validity, mark.last_uid = validity, 0
        mark.save()
    return mark


def _new_uids(box: BaseMailBox, mark: Mailbox) -> list[int]:
    """Return what to fetch, known beforehand: the unseen, and the new that somebody else has seen."""
    found = {int(uid) for uid in box.uids("UNSEEN", charset=None)}
    if mark.last_uid:
        # "n:*" always names the last message, however low its number is.
        later = (int(uid) for uid in box.uids(f"UID {mark.last_uid + 1}:*", charset=None))
        found |= {uid for uid in later if uid > mark.last_uid}
    return sorted(found)


def _store(box: BaseMailBox, uid: int) -> bool:
    """Store one message; tell whether the server gave it out. What it did not give stays unseen."""
    status, answer = box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
    raw = next((part[1] for part in answer if isinstance(part, tuple)), None)
    if status != "OK" or raw is None:
        logger.warning("message %s of the mailbox was not fetched: %s", uid, status)
        return False
    store(raw, came_by=CameBy.IMAP)
    return True
