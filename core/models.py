"""The tables of core; each is written beside the code that uses it."""

from core.audit import AuditEntry
from core.documents.law.models import Provision, ProvisionChange, Recheck
from core.documents.models import UnsavedText
from core.files.attachments import Attachment
from core.files.previews import Preview
from core.notices.models import Notice, NoticeChoice, NoticeHours
from core.outbox.dead_addresses import DeadAddress
from core.outbox.mail import OutgoingMail
from core.search import DeskEntry, ExchangeEntry, PublicEntry

__all__ = [
    "Attachment", "AuditEntry", "DeadAddress", "DeskEntry", "ExchangeEntry", "Notice", "NoticeChoice",
    "NoticeHours", "OutgoingMail", "Preview", "Provision", "ProvisionChange", "PublicEntry",
    "Recheck", "UnsavedText",
]  # fmt: skip
