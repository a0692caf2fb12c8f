"""What an account may do, and which role may do it. Code asks for permissions, never for roles."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that an account may be allowed to do."""

    VIEW_DESK = "view_desk"
    VIEW_REQUESTS = "view_requests"
    LOG_REQUEST = "log_request"
    ANSWER_REQUEST = "answer_request"
    ASSIGN_REQUEST = "assign_request"
    VIEW_SENSITIVE = "view_sensitive"
    WRITE_SUMMARY = "write_summary"
    APPROVE_SUMMARY = "approve_summary"
    WITHDRAW_SUMMARY = "withdraw_summary"
    VIEW_OUTBOX = "view_outbox"
    RESEND_MAIL = "resend_mail"
    INVITE_USER = "invite_user"
    MANAGE_USERS = "manage_users"
    MANAGE_MEMBERSHIPS = "manage_memberships"
    SPEAK_FOR_MUNICIPALITY = "speak_for_municipality"
    EDIT_MUNICIPALITY = "edit_municipality"
    MANAGE_RETURNS = "manage_returns"
    MANAGE_INDICATORS = "manage_indicators"
    WRITE_PRACTICE = "write_practice"
    APPROVE_PRACTICE = "approve_practice"
    USE_EXCHANGE = "use_exchange"
    MODERATE_EXCHANGE = "moderate_exchange"
    MANAGE_SITE = "manage_site"
    WRITE_PREPARED = "write_prepared"
    MANAGE_VISITS = "manage_visits"
    WRITE_REPORT = "write_report"
    APPROVE_REPORT = "approve_report"
    MANAGE_MATERIALS = "manage_materials"
    WRITE_MATERIAL = "write_material"
    APPROVE_MATERIAL = "approve_material"
    KEEP_LAW = "keep_law"


class Role(models.TextChoices):
    """The part a person plays in the portal; each is a list of permissions."""

    CONSULTANT = "consultant", _("consultant")
    EDITOR = "editor", _("editor")
    COORDINATOR = "coordinator", _("coordinator")
    ADMINISTRATOR = "administrator", _("administrator")
    OFFICIAL = "official", _("municipal official")


_DESK = {Permission.VIEW_DESK, Permission.VIEW_REQUESTS, Permission.VIEW_OUTBOX, Permission.USE_EXCHANGE}
_WRITING = {
    Permission.WRITE_SUMMARY, Permission.WRITE_PRACTICE, Permission.WRITE_PREPARED,
    Permission.WRITE_REPORT, Permission.EDIT_MUNICIPALITY, Permission.MANAGE_VISITS,
    Permission.WRITE_MATERIAL, Permission.MANAGE_MATERIALS, Permission.KEEP_LAW,
}  # fmt: skip
_PEOPLE = {Permission.INVITE_USER, Permission.MANAGE_MEMBERSHIPS, Permission.RESEND_MAIL}
_CONSULTANT = {
    *_DESK, *_WRITING, Permission.LOG_REQUEST, Permission.ANSWER_REQUEST, Permission.ASSIGN_REQUEST,
    Permission.VIEW_SENSITIVE,
}  # fmt: skip
_EDITOR = {
    *_DESK, *_WRITING, Permission.APPROVE_SUMMARY, Permission.WITHDRAW_SUMMARY, Permission.APPROVE_PRACTICE,
    Permission.APPROVE_REPORT, Permission.APPROVE_MATERIAL, Permission.MODERATE_EXCHANGE,
    Permission.MANAGE_SITE, Permission.MANAGE_INDICATORS,
}  # fmt: skip
_PORTAL = {
    Permission.MANAGE_USERS, Permission.MANAGE_INDICATORS, Permission.MANAGE_SITE, Permission.WRITE_PREPARED,
}  # fmt: skip

PERMISSIONS_OF: dict[Role, set[Permission]] = {
    Role.CONSULTANT: _CONSULTANT,
    Role.EDITOR: _EDITOR,
    Role.COORDINATOR: _CONSULTANT | _EDITOR | _PEOPLE | {Permission.MANAGE_RETURNS},
    Role.ADMINISTRATOR: _DESK | _PEOPLE | _PORTAL,
    Role.OFFICIAL: {Permission.SPEAK_FOR_MUNICIPALITY, Permission.USE_EXCHANGE},
}

# Shown on screen beside the role.
DESCRIPTIONS = {
    Role.CONSULTANT: _(
        "Logs and answers requests, sees sensitive notes, writes summaries, practices and reports, "
        "runs study visits, keeps the expert materials and the figures."
    ),
    Role.EDITOR: _(
        "Writes, checks and publishes summaries, practices, expert materials and reports of visits, "
        "runs study visits, keeps the plan of materials and the library, "
        "keeps order in the exchange, "
        "keeps the Centre's contacts, topics, indicators and banners; "
        "reads requests without their sensitive notes."
    ),
    Role.COORDINATOR: _(
        "Does all that a consultant and an editor do, asks municipalities for their figures, "
        "and looks after their people."
    ),
    Role.ADMINISTRATOR: _(
        "Looks after accounts, indicators, topics, the Centre's contacts and the portal; "
        "reads requests but does not answer them."
    ),
    Role.OFFICIAL: _(
        "Speaks for a municipality: asks for it, follows its requests, gives its figures and its practice."
    ),
}

STAFF_ROLES = [role for role in Role if Permission.VIEW_DESK in PERMISSIONS_OF[role]]
