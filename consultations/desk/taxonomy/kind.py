"""Topics and target groups as kinds of words that the Centre keeps."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from consultations.desk.taxonomy.forms import TermForm, TopicForm
from consultations.models import TargetGroup, Topic
from core.audit.words import last_place
from core.views.own_words import Kind, with_slug


def _last(row: Any) -> list[str]:
    others = type(row).objects.in_use().exclude(pk=row.pk)
    return [] if others.exists() else [say("It is the last one. Add another one first.")]


TOPICS = Kind(
    name="topic",
    plural="topics",
    model=Topic,
    form=TopicForm,
    permission=Permission.MANAGE_SITE,
    heading=_("Topics"),
    lead=_("What requests and answers are about. One that is retired stays with what has it."),
    new=_("Add a topic"),
    edit=_("Topic"),
    begin=with_slug(Topic, "name_en", position=lambda: last_place(Topic)),
    against_retiring=_last,
    more_template="consultations/desk/taxonomy/merge_link.html",
)
TARGET_GROUPS = Kind(
    name="target-group",
    plural="target-groups",
    model=TargetGroup,
    form=TermForm,
    permission=Permission.MANAGE_SITE,
    heading=_("Target groups"),
    lead=_("Whom requests concern, for statistics. One that is retired stays with what has it."),
    new=_("Add a target group"),
    edit=_("Target group"),
    begin=with_slug(TargetGroup, "name_en", position=lambda: last_place(TargetGroup)),
    against_retiring=_last,
    more_template="consultations/desk/taxonomy/merge_link.html",
)
KINDS = (TOPICS, TARGET_GROUPS)
