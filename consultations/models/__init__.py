"""The tables of requests, contacts, topics and summaries, one noun a file."""

from consultations.models.answered import AnsweredCount
from consultations.models.audience import Audience
from consultations.models.bulk import BulkAction, BulkVerb
from consultations.models.contact import Contact, ContactFile
from consultations.models.draft import Draft
from consultations.models.expert import ExpertFile, ExpertQuestion
from consultations.models.incoming import CameBy, IncomingMail, Mailbox, MailState, Shelf
from consultations.models.participant import Participant
from consultations.models.peer import PeerQuestion
from consultations.models.person import Person, PersonAddress
from consultations.models.placed import NOBODY, OFFICIALS, only, place_of
from consultations.models.plan import PlanStep, SupportPlan
from consultations.models.prepared import PreparedAnswer
from consultations.models.presence import Presence
from consultations.models.rating import Rating
from consultations.models.reading import SecondReading
from consultations.models.rearrangement import PersonMerge, Rearrangement, RequestLink
from consultations.models.request import SupportRequest
from consultations.models.saved_filter import SavedFilter
from consultations.models.short_code import ShortCode
from consultations.models.summary import (
    Feedback,
    JustifiedHit,
    LegalProvision,
    Summary,
    SummaryEdition,
    SummaryOrigin,
)
from consultations.models.topic import EthosGroup, TargetGroup, Topic
from consultations.models.watch import TopicWatch, Watch
from consultations.models.week import Week
