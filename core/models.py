"""The tables of core; each is written beside the code that uses it."""

from core.attachments import Attachment
from core.audit import AuditEntry
from core.mail import OutgoingMail

__all__ = ["Attachment", "AuditEntry", "OutgoingMail"]
