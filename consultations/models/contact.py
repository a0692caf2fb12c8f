"""Everything said or written on a request, whatever the channel."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import SafeString

from accounts.permissions import Permission
from consultations.choices import Certainty, Channel, Direction
from consultations.models.officials import official_requests
from consultations.models.person import Person
from consultations.models.placed import NOBODY, Placed, place_of
from consultations.models.request import SupportRequest
from core.audit import user_field
from core.documents import messages
from core.files.attachments import Attachment
from core.outbox.mail import OutgoingMail
from core.outbox.mail import State as MailState
from core.privacy import About, Erase, Retention, Tags

# For so long what we write to a requester waits, and its author can take it back.
UNDO_SECONDS = 20


class ContactQuerySet(models.QuerySet["Contact"]):
    # Where a contact stands (see consultations.models.placed): written here, nowhere else.

    def create(self, **fields: Any) -> "Contact":
        """Write a contact where its request stands."""
        return super().create(**{**_place(fields["request"], fields.get("direction", "")), **fields})

    def bulk_create(self, contacts: Iterable["Contact"], *args: Any, **options: Any) -> list["Contact"]:
        """Write many, each where its request stands."""
        contacts = list(contacts)
        for contact in contacts:
            for name, value in _place(contact.request, contact.direction).items():
                setattr(contact, name, value)
        return super().bulk_create(contacts, *args, **options)

    def move_to(self, request: SupportRequest, **also: Any) -> int:
        """Let contacts belong to a request, and stand where it does; `also` are further columns."""
        place = place_of(request)
        place["readers"] = models.Case(
            models.When(direction=Direction.NOTE, then=models.Value(NOBODY)),
            default=models.Value(place["readers"]),
        )
        return self.update(request=request, **place, **also)

    # Who reads them -------------------------------------------------------------

    def for_requester(self) -> "ContactQuerySet":
        """Return what the requester and their municipality may read: no internal notes.

        What its author may still take back is not said yet.
        """
        return self.exclude(direction=Direction.NOTE).exclude(self._can_be_taken_back())

    def held(self) -> "ContactQuerySet":
        """Return what its author may still take back, on requests that nobody was told of it yet."""
        return self.filter(self._can_be_taken_back(), before__isnull=False)

    def _can_be_taken_back(self) -> models.Q:
        now = timezone.now()
        by_mail = models.Q(sent_as__state=MailState.QUEUED, sent_as__tries=0, sent_as__next_try_at__gt=now)
        # Said on the private page alone: no mail carries it, and its own time tells.
        on_page = models.Q(
            sent_as=None, before__isnull=False, logged_at__gt=now - timedelta(seconds=UNDO_SECONDS)
        )
        return by_mail | on_page

    def visible_to(self, user: Any) -> "ContactQuerySet":
        """Return the contacts an account may read, on requests that it may see."""
        if user.has(Permission.VIEW_REQUESTS):
            return self
        # Said of each contact's own request, so that no database gathers all requests of a city first.
        return self.filter(official_requests(user, "request__")).for_requester()

    def timed(self, user: Any, *, start: datetime, end: datetime) -> "ContactQuerySet":
        """Return contacts between two moments whose time was written down; the desk sees all, others none."""
        rows = self.filter(minutes__isnull=False, took_place_at__gte=start, took_place_at__lt=end)
        return rows if user.has(Permission.VIEW_REQUESTS) else rows.none()

    def for_timeline(self) -> "ContactQuerySet":
        """Return contacts in the order in which they took place, each with its people and files."""
        return (
            self.select_related("person", "spoken_by", "logged_by", "sent_as")
            .defer("sent_as__text", "sent_as__references")
            .prefetch_related(models.Prefetch("files", ContactFile.objects.for_list()))
            .order_by("took_place_at", "pk")
        )


def _place(request: SupportRequest, direction: str) -> dict[str, Any]:
    place = place_of(request)
    return {**place, "readers": NOBODY} if direction == Direction.NOTE else place


class Contact(Placed):
    """One message, call, visit or note."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="contacts")
    # The request that it first belonged to, by whose link or address it came; empty when it is the same.
    came_to = models.ForeignKey(SupportRequest, on_delete=models.SET_NULL, null=True, related_name="+")
    direction = models.CharField("direction", max_length=10, choices=Direction)
    channel = models.CharField("channel", max_length=12, choices=Channel)
    text = models.TextField("text")
    # What we wrote in core.documents.messages, rendered when it was saved; words of others have none.
    text_html = models.TextField(blank=True)
    is_answer = models.BooleanField(default=False)
    is_question_back = models.BooleanField(default=False)
    # Both times are kept: when it took place, and when somebody wrote it down.
    took_place_at = models.DateTimeField("took place", default=timezone.now)
    logged_at = models.DateTimeField("written down", default=timezone.now)
    minutes = models.PositiveSmallIntegerField("minutes", null=True)
    place = models.CharField("place", max_length=160, blank=True)
    # Who spoke for the requester, and who for the Contact Centre.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    spoken_by = user_field(null=True)
    logged_by = user_field(null=True)
    # A reply that is sent twice is one reply.
    idempotency_key = models.CharField(max_length=64, unique=True, null=True)
    # An answer says how certain it is; a reading of the law had a second reader.
    certainty = models.CharField("how certain", max_length=20, choices=Certainty, blank=True)
    # Of mail: what was folded away (quoted history, signature), its Message-ID, who got a copy.
    quoted = models.TextField(blank=True)
    message_id = models.CharField(max_length=250, blank=True)
    copied_to = models.JSONField(default=list)
    sent_as = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, related_name="+")
    # What came of a step of in-depth support, which the timeline tells as that.
    is_step = models.BooleanField(default=False)
    # How the request stood before this was sent: what taking it back puts back.
    before = models.JSONField(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "request", "came_to", "direction", "channel", "is_answer", "is_question_back",
            "took_place_at", "logged_at", "minutes", "person", "spoken_by", "logged_by", "idempotency_key",
            "certainty", "message_id", "sent_as", "before", "municipality", "readers", "is_step",
        ),
        personal={
            "place": About("request__requester", Erase.BLANK, Retention.CASE_TEXT),
            "copied_to": About("request__requester", Erase.BLANK, Retention.CASE_TEXT),
        },
        sensitive={
            "text": About("request__requester", Erase.REPLACE, Retention.CASE_TEXT),
            # The same words once more.
            "text_html": About("request__requester", Erase.BLANK, Retention.CASE_TEXT, export=False),
            "quoted": About("request__requester", Erase.BLANK, Retention.CASE_TEXT),
        },
    )  # fmt: skip

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["request", "took_place_at", "id"], name="contact_timeline"),
            # A municipality's timeline, as the desk reads it and as its officials do.
            models.Index(
                fields=["municipality", "is_step", "-took_place_at", "-id"], name="contact_municipality"
            ),
            models.Index(
                fields=["municipality", "readers", "is_step", "-took_place_at", "-id"],
                name="contact_officials",
            ),
            # All that the sums of time read, so that they never touch the texts.
            models.Index(
                fields=["took_place_at", "request", "spoken_by", "channel", "minutes"],
                name="contact_time",
                condition=models.Q(minutes__isnull=False),
            ),
            models.Index(
                fields=["message_id"], name="contact_message_id", condition=~models.Q(message_id="")
            ),
        ]

    @property
    def held_until(self) -> datetime | None:
        """Until when its author may take it back; None once it has been sent, or where nothing was."""
        if self.sent_as:
            return self.sent_as.next_try_at if self.sent_as.is_held else None
        until = self.logged_at + timedelta(seconds=UNDO_SECONDS)
        return until if self.before is not None and until > timezone.now() else None

    @property
    def channel_icon(self) -> str:
        """The icon of its channel."""
        return Channel(self.channel).icon

    @property
    def html(self) -> SafeString:
        """Its text as a page shows it."""
        return SafeString(self.text_html or linebreaks(self.text, autoescape=True))

    @property
    def letter(self) -> str:
        """Its text as a plain message or an excerpt shows it: without the marks of Markdown."""
        return messages.as_letter(self.text) if self.text_html else self.text


class ContactFileQuerySet(models.QuerySet["ContactFile"]):
    def for_list(self) -> "ContactFileQuerySet":
        """Return files as a list of them shows them, in the order in which they came."""
        return self.select_related("attachment__preview").order_by("pk")


class ContactFile(models.Model):
    """A file that came or left with a contact."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="files")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")

    PRIVACY = Tags(internal=("id", "contact", "attachment"))

    objects = ContactFileQuerySet.as_manager()
