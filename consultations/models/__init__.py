"""The tables of requests, contacts, topics and summaries, one noun a file."""

from consultations.models.contact import Contact, ContactFile
from consultations.models.incoming import CameBy, IncomingMail, MailState, Shelf
from consultations.models.request import Participant, Person, PersonAddress, SupportRequest
from consultations.models.summary import (
    Feedback,
    JustifiedHit,
    LegalProvision,
    Summary,
    SummaryAudience,
    SummaryEdition,
    SummaryOrigin,
)
from consultations.models.topic import EthosGroup, TargetGroup, Topic

__all__ = [
    "CameBy",
    "Contact",
    "ContactFile",
    "EthosGroup",
    "Feedback",
    "IncomingMail",
    "JustifiedHit",
    "LegalProvision",
    "MailState",
    "Participant",
    "Person",
    "PersonAddress",
    "Shelf",
    "Summary",
    "SummaryAudience",
    "SummaryEdition",
    "SummaryOrigin",
    "SupportRequest",
    "TargetGroup",
    "Topic",
]
