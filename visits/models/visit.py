"""A study visit, from the plan to what came of it, and its programme."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core.audit import user_field
from core.audit.terms import KeptTerm
from core.audit.words import OwnWords, OwnWordsQuerySet
from core.loading import Precision
from core.privacy import Tags
from core.states import pair
from municipalities.models import Municipality
from visits.choices import COMING, HELD, VisitState
from visits.models.host import Host


def foreign(row: models.Model, name: str) -> str:
    """Return the language in which a text is shown when it is not there in the reader's; else empty."""
    reader, other = ("en", "cs") if (get_language() or "cs").startswith("en") else ("cs", "en")
    is_foreign = not getattr(row, f"{name}_{reader}") and getattr(row, f"{name}_{other}")
    return other if is_foreign else ""


class Theme(KeptTerm):
    """What visits are about, so that whoever follows a theme gets the reports on it."""

    name = models.CharField(max_length=80)

    PRIVACY = Tags(public=KeptTerm.PUBLIC_FIELDS, internal=KeptTerm.INTERNAL_FIELDS)


class StudyVisitQuerySet(OwnWordsQuerySet):
    def visible_to(self, user: Any) -> "StudyVisitQuerySet":
        """Return what an account may work on: the desk all, officials those to which they were invited."""
        if not user.is_authenticated:
            return self.none()
        if user.has(Permission.VIEW_DESK):
            return self
        return self.filter(invitations__municipality__in=Municipality.objects.spoken_for_by(user)).distinct()

    def published(self) -> "StudyVisitQuerySet":
        """Return what the public sees: whatever was ever open for sign-up, or took place."""
        return self.filter(models.Q(opened_at__isnull=False) | models.Q(state__in=HELD))

    def for_list(self) -> "StudyVisitQuerySet":
        """Return what lists and pages show: newest first as far as is known, with host and municipalities."""
        return self.select_related("host").prefetch_related("municipalities").order_by("-position", "-pk")


class StudyVisit(OwnWords):
    """A visit to a host abroad, as far as it is known. Null or empty is not known.

    `position` is the order in time, which is known even where dates are not.
    """

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    state = models.CharField("state", max_length=10, choices=VisitState, default=VisitState.PLANNED)
    # A title of its own; empty for the visits of the project, which are called after their country.
    title = models.CharField(max_length=200, blank=True)
    # Null where somebody else than a partner of the project was visited; then `host_names` tells whom.
    host = models.ForeignKey(Host, on_delete=models.PROTECT, null=True, related_name="visits")
    host_names = models.JSONField(default=list)
    # Who ran it when that was not the project.
    organiser = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=80, blank=True)
    places = models.JSONField(default=list)
    goals = models.TextField(max_length=2000, blank=True)
    # The first day that the date may mean, how much of it is known, and all that is known in words.
    starts_on = models.DateField(null=True)
    starts_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    ends_on = models.DateField(null=True)
    date_text = models.CharField(max_length=200, blank=True)
    participants = models.JSONField(default=list)
    participants_count = models.PositiveIntegerField(null=True)
    # Of which it is known that somebody took part.
    municipalities = models.ManyToManyField(Municipality, related_name="study_visits")
    # What it was about, in words; and the themes by which readers follow reports.
    topics = models.JSONField(default=list)
    themes = models.ManyToManyField(Theme, related_name="visits")
    # What was learned: each a text with its source.
    figures = models.JSONField(default=list)
    # Null where nobody has verified whether anything was published.
    is_published = models.BooleanField(null=True)
    published_what = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)

    # How many people of one municipality may go, unless its invitation says otherwise; and of all together.
    quota = models.PositiveSmallIntegerField(default=2)
    capacity = models.PositiveSmallIntegerField(null=True)
    sign_up_until = models.DateTimeField(null=True)
    # Where to meet, what to bring: for those who go.
    instructions = models.TextField(max_length=3000, blank=True)
    opened_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = user_field(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="copies")
    # The day of the next reminder of those invited; empty when none is left.
    next_step_on = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    MOVES = {
        VisitState.PLANNED: [VisitState.OPEN, VisitState.CANCELLED],
        VisitState.OPEN: [VisitState.CLOSED, VisitState.CANCELLED],
        VisitState.CLOSED: [VisitState.UNDER_WAY, VisitState.OPEN, VisitState.CANCELLED],
        VisitState.UNDER_WAY: [VisitState.REPORTING],
        VisitState.REPORTING: [VisitState.REPORTED, VisitState.UNDER_WAY, VisitState.ARCHIVED],
        VisitState.REPORTED: [VisitState.ARCHIVED, VisitState.REPORTING],
        VisitState.ARCHIVED: [VisitState.REPORTING],
        VisitState.CANCELLED: [VisitState.PLANNED],
    }
    WORDS = {
        "title": gettext_lazy("Title"),
        "host": gettext_lazy("Host"),
        "host_names": gettext_lazy("Hosts who are no partners"),
        "organiser": gettext_lazy("Organised by"),
        "country": gettext_lazy("Country"),
        "places": gettext_lazy("Places"),
        "goals": gettext_lazy("Goals"),
        "starts_on": gettext_lazy("First day"),
        "starts_precision": gettext_lazy("How much of the date is known"),
        "ends_on": gettext_lazy("Last day"),
        "date_text": gettext_lazy("The date in words"),
        "participants": gettext_lazy("Who took part"),
        "participants_count": gettext_lazy("Number of participants"),
        "municipalities": gettext_lazy("Municipalities known to have joined"),
        "topics": pgettext_lazy("of a visit", "What it is about"),
        "themes": gettext_lazy("Themes"),
        "figures": gettext_lazy("From the accounts of the visit"),
        "published_what": gettext_lazy("What was published"),
        "is_published": gettext_lazy("Something was published"),
        "note": pgettext_lazy("of a visit", "Note"),
        "source": gettext_lazy("Where we know it from"),
        "quota": gettext_lazy("Places for one municipality"),
        "capacity": gettext_lazy("Places in all"),
        "sign_up_until": gettext_lazy("Sign-up until"),
        "instructions": gettext_lazy("For those who go"),
    }
    PRIVACY = Tags(
        public=(
            "id", "slug", "position", "state", "title", "host", "host_names", "organiser", "country",
            "places", "goals", "starts_on", "starts_precision", "ends_on", "date_text", "participants",
            "participants_count", "topics", "figures", "is_published", "published_what", "note", "source",
            "quota", "capacity", "sign_up_until", "cancelled_at", "cancel_reason", "is_demo",
        ),
        internal=(
            "shipped", "version", "retired_at", "instructions", "opened_at", "cancelled_by", "copied_from",
            "next_step_on",
        ),
    )  # fmt: skip

    objects: ClassVar[StudyVisitQuerySet] = StudyVisitQuerySet.as_manager()

    class Meta:
        constraints = [pair("cancelled_at", "cancelled_by", name="visit_cancelled_pair")]
        indexes = [models.Index(fields=["-position", "-id"], name="visit_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def title_lang(self) -> str:
        """The language of the title that is shown when it is not the reader's, else empty."""
        return foreign(self, "title")

    @property
    def goals_lang(self) -> str:
        """The language of the goals that are shown when it is not the reader's, else empty."""
        return foreign(self, "goals")

    def get_absolute_url(self) -> str:
        return reverse("visit", args=[self.slug])

    def get_desk_url(self) -> str:
        return reverse("desk-visit", args=[self.pk])

    @property
    def name(self) -> str:
        return self.title or _("Study visit: %(country)s") % {"country": self.country}

    @property
    def is_public(self) -> bool:
        return self.opened_at is not None or self.state in HELD

    @property
    def is_coming(self) -> bool:
        return self.state in COMING

    @property
    def is_cancelled(self) -> bool:
        return self.state == VisitState.CANCELLED

    @property
    def look(self) -> str:
        """The name under which its state is drawn: “reported” elsewhere is a word of complaint."""
        return "published" if self.state == VisitState.REPORTED else self.state

    @property
    def takes_names(self) -> bool:
        """Whether people may be named now: sign-up is open and its moment has not passed."""
        is_in_time = self.sign_up_until is None or timezone.now() <= self.sign_up_until
        return self.state == VisitState.OPEN and is_in_time


class ProgrammeItem(models.Model):
    """One thing on the programme of a visit. Null or empty is not known, or not decided yet."""

    visit = models.ForeignKey(StudyVisit, on_delete=models.CASCADE, related_name="programme")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    on = models.DateField("day", null=True)
    starts_at = models.TimeField("from", null=True)
    ends_at = models.TimeField("to", null=True)
    place = models.CharField("place", max_length=160, blank=True)
    speaker = models.CharField("who speaks", max_length=160, blank=True)

    PRIVACY = Tags(
        public=("id", "visit", "position", "title", "on", "starts_at", "ends_at", "place", "speaker")
    )

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title_lang(self) -> str:
        """The language of the title that is shown when it is not the reader's, else empty."""
        return foreign(self, "title")
