"""The tables of core; each is written beside the code that uses it."""

from core.attachments import Attachment
from core.audit import AuditEntry
from core.mail import OutgoingMail
from core.search import DeskEntry, PublicEntry

__all__ = ["Attachment", "AuditEntry", "DeskEntry", "OutgoingMail", "PublicEntry"]
