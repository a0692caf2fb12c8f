"""What requests are about and whom they concern: shipped at first, then as the Centre keeps it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.audit.terms import KeptTerm
from core.privacy import Tags


class Topic(KeptTerm):
    """A subject of requests and summaries."""

    name = models.CharField("topic", max_length=80)
    description = models.CharField(max_length=300)
    # Audience codes of the shipped taxonomy: whom the topic concerns.
    audience = models.JSONField(default=list)
    # In how many working days an answer is due; empty is the portal's own number.
    answer_days = models.PositiveSmallIntegerField("working days to answer", null=True)

    WORDS = {**KeptTerm.WORDS, "description": _("Description")}
    PRIVACY = Tags(
        public=(*KeptTerm.PUBLIC_FIELDS, "description", "audience"),
        internal=(*KeptTerm.INTERNAL_FIELDS, "answer_days"),
    )


class EthosGroup(models.Model):
    """One of the four groups of housing need (ETHOS)."""

    slug = models.SlugField(unique=True)
    name = models.CharField("ETHOS group", max_length=80)
    position = models.PositiveSmallIntegerField()

    PRIVACY = Tags(public=("id", "slug", "name", "position"))

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class TargetGroup(KeptTerm):
    """A group of people whom a request concerns."""

    name = models.CharField("target group", max_length=120)
    ethos = models.ForeignKey(EthosGroup, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY = Tags(public=(*KeptTerm.PUBLIC_FIELDS, "ethos"), internal=KeptTerm.INTERNAL_FIELDS)
