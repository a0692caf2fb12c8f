"""The tables of core; each is written beside the code that uses it."""

from core.attachments import Attachment
from core.audit import AuditEntry
from core.mail import OutgoingMail
from core.mail_dead import DeadAddress
from core.search import DeskEntry, ExchangeEntry, PublicEntry

__all__ = [
    "Attachment",
    "AuditEntry",
    "DeadAddress",
    "DeskEntry",
    "ExchangeEntry",
    "OutgoingMail",
    "PublicEntry",
]
