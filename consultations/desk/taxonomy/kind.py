"""Topics, target groups and audiences as kinds of words that the Centre keeps."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from consultations.desk.taxonomy.forms import TopicForm
from consultations.models import Audience, TargetGroup, Topic
from core.audit.words import last_place
from core.forms.own_words import MergeForm, TermForm
from core.views.own_words import Kind, all_but_last, with_slug

# What has a term, as people call it.
NAMES = {
    "supportrequest": _("Requests"),
    "summaryedition": _("editions of answers"),
    "preparedanswer": _("Prepared answers"),
    "topicwatch": _("colleagues who watch it"),
}
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
    against_retiring=all_but_last,
    merge_form=MergeForm,
    names=NAMES,
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
    against_retiring=all_but_last,
    merge_form=MergeForm,
    names=NAMES,
)
AUDIENCES = Kind(
    name="audience",
    plural="audiences",
    model=Audience,
    form=TermForm,
    permission=Permission.MANAGE_SITE,
    heading=_("Whom answers are for"),
    lead=_("Groups of readers of published answers. One that is retired stays with what has it."),
    new=_("Add readers of answers"),
    edit=_("Readers of answers"),
    begin=with_slug(Audience, "name_en", position=lambda: last_place(Audience)),
    against_retiring=all_but_last,
    merge_form=MergeForm,
    names=NAMES,
)
KINDS = (TOPICS, TARGET_GROUPS, AUDIENCES)
