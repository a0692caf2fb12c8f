"""The tables of requests, contacts, topics and summaries, one noun a file."""

from consultations.models.contact import Contact, ContactFile
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
    "Contact",
    "ContactFile",
    "EthosGroup",
    "Feedback",
    "JustifiedHit",
    "LegalProvision",
    "Participant",
    "Person",
    "PersonAddress",
    "Summary",
    "SummaryAudience",
    "SummaryEdition",
    "SummaryOrigin",
    "SupportRequest",
    "TargetGroup",
    "Topic",
]
