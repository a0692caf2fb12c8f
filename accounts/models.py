"""Accounts: staff of the Contact Centre and municipal officials. Requesters have none."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.permissions import PERMISSIONS_OF, STAFF_ROLES, Permission, Role
from core.audit import user_field
from core.links.models import LinkQuerySet, PersonalLink
from core.privacy import About, Erase, Retention, Tags
from core.states import pair


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        return self if user.has(Permission.INVITE_USER) else self.none()

    def for_list(self) -> "UserQuerySet":
        return self.order_by("-id")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an account with a hashed password; without one it cannot log in yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def active(self) -> models.QuerySet["User"]:
        return self.filter(is_active=True)

    def who_may(self, permission: Permission) -> models.QuerySet["User"]:
        """Return active accounts that have a permission, by name."""
        roles = [role for role in Role if permission in PERMISSIONS_OF[role]]
        return self.active().filter(role__in=roles).order_by("name", "pk")

    def staff(self) -> models.QuerySet["User"]:
        """Return active accounts of the Contact Centre, by name."""
        return self.who_may(Permission.VIEW_DESK)


class User(AbstractBaseUser):
    """A person who logs in, by e-mail address."""

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField("name", max_length=120)
    role = models.CharField("role", max_length=20, choices=Role)
    language = models.CharField("language", max_length=2, choices=settings.LANGUAGES, default="cs")
    is_active = models.BooleanField("may log in", default=True)
    is_demo = models.BooleanField("demonstration account", default=False)
    has_shortcuts = models.BooleanField("single keys at the desk", default=True)
    # How their answers begin and end.
    greeting_cs = models.CharField(max_length=120, blank=True)
    greeting_en = models.CharField(max_length=120, blank=True)
    signature_cs = models.TextField(max_length=500, blank=True)
    signature_en = models.TextField(max_length=500, blank=True)
    joined_at = models.DateTimeField("joined", default=timezone.now)
    invited_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]
    PRIVACY = Tags(
        internal=(
            "id", "role", "is_active", "is_demo", "has_shortcuts", "joined_at", "last_login", "invited_by",
            "language",
        ),
        personal={
            **dict.fromkeys(("email", "name"), About("self", Erase.REPLACE, Retention.ACCOUNT)),
            **dict.fromkeys(("greeting", "signature"), About("self", Erase.BLANK, Retention.ACCOUNT)),
        },
        sensitive={"password": About("self", Erase.REPLACE, Retention.ACCOUNT, export=False)},
    )  # fmt: skip

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def has(self, permission: Permission) -> bool:
        return self.is_active and permission in PERMISSIONS_OF[Role(self.role)]

    def letter_frame(self, language: str) -> tuple[str, str]:
        """Return the greeting and signature that this account puts around its answers in a language."""
        if language == "en":
            return self.greeting_en, self.signature_en
        return self.greeting_cs, self.signature_cs

    def reasons_without(self, permission: Permission, sentence: str) -> list[str]:
        """Return the sentence that says what this account may not do; nothing when it may."""
        return [] if self.has(permission) else [sentence]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # A login lasts no longer than the password and the role that it was made with.
        return salted_hmac("accounts.User.session", f"{self.password}|{self.role}", secret=secret).hexdigest()

    @property
    def is_contact_centre(self) -> bool:
        return self.role in STAFF_ROLES


def invitation_end() -> datetime:
    """Return when an invitation written now stops working."""
    return timezone.now() + timedelta(hours=settings.INVITATION_HOURS)


class InvitationState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")


class InvitationQuerySet(LinkQuerySet["Invitation"]):
    def usable(self) -> "InvitationQuerySet":
        """Return invitations that can still be accepted."""
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def unanswered(self) -> "InvitationQuerySet":
        """Return invitations that were neither accepted nor revoked; some may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def visible_to(self, user: User) -> "InvitationQuerySet":
        return self if user.has(Permission.INVITE_USER) else self.none()

    def for_list(self) -> "InvitationQuerySet":
        return self.select_related("invited_by").order_by("-id")


class Invitation(PersonalLink):
    """An address that makes one account; it expires and can be revoked. Here is only its digest."""

    email = models.EmailField("e-mail")
    name = models.CharField("name", max_length=120)
    role = models.CharField("role", max_length=20, choices=Role)
    language = models.CharField("language", max_length=2, choices=settings.LANGUAGES, default="cs")
    # For an official: the municipality to speak for, as a plain id, since accounts know no municipalities.
    municipality_id = models.BigIntegerField(null=True)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = user_field()
    expires_at = models.DateTimeField(default=invitation_end)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = user_field(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = user_field(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "role", "language", "municipality_id", "invited_at", "invited_by", "expires_at",
            "accepted_at", "accepted_by", "revoked_at", "revoked_by",
        ),
        personal=dict.fromkeys(("email", "name"), About("self", Erase.BLANK, Retention.ACCOUNT)),
        sensitive={"link_digest": About("self", Erase.REPLACE, Retention.ACCOUNT, export=False)},
    )  # fmt: skip

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            pair("accepted_at", "accepted_by", name="invitation_accepted_pair"),
            pair("revoked_at", "revoked_by", name="invitation_revoked_pair"),
        ]

    @property
    def state(self) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if self.expires_at > timezone.now() else InvitationState.EXPIRED

    def give_link(self) -> str:
        """Give the invitation a new end and a new link; return the link's token, saved nowhere."""
        self.expires_at = invitation_end()
        return super().give_link()


class Duty(models.Model):
    """One colleague is on duty in the week that begins on a Monday: told of what comes in."""

    monday = models.DateField("week from")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duties")

    PRIVACY = Tags(internal=("id", "monday", "user"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["monday", "user"], name="duty_once_a_week")]


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Return who is away on a day."""
        return self.meeting(day, day)

    def meeting(self, since: date, until: date) -> "AbsenceQuerySet":
        """Return who is away on some of the days between two, both included."""
        return self.filter(since__lte=until, until__gte=since)


class Absence(models.Model):
    """A colleague is away from one day to another, both included, and somebody stands in."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    since = models.DateField("away from")
    until = models.DateField("away until")
    # Empty: whoever is on duty stands in.
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="stands_in_for")
    written_by = user_field()
    written_at = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(internal=("id", "user", "since", "until", "deputy", "written_by", "written_at"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["until", "since"], name="absence_days")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(deputy__isnull=True) | ~models.Q(deputy=models.F("user")),
                name="absence_deputy_is_another",
            ),
        ]

    def meets(self, since: date, until: date) -> bool:
        """Tell whether some of its days lie between two, both included."""
        return self.since <= until and self.until >= since

    @property
    def is_now(self) -> bool:
        """Whether somebody is away today."""
        return self.meets(timezone.localdate(), timezone.localdate())
