"""What requests are about and whom they concern: the taxonomy the portal ships."""

from django.db import models

from core.privacy import Tags


class Topic(models.Model):
    """A subject of requests and summaries."""

    slug = models.SlugField(unique=True)
    name = models.CharField("topic", max_length=80)
    description = models.CharField(max_length=300)
    # Audience codes of the shipped taxonomy: whom the topic concerns.
    audience = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField()
    # In how many working days an answer is due; empty is the portal's own number.
    answer_days = models.PositiveSmallIntegerField("working days to answer", null=True)

    PRIVACY = Tags(
        public=("id", "slug", "name", "description", "audience", "position"), internal=("answer_days",)
    )

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


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


class TargetGroup(models.Model):
    """A group of people whom a request concerns."""

    slug = models.SlugField(unique=True)
    name = models.CharField("target group", max_length=120)
    ethos = models.ForeignKey(EthosGroup, on_delete=models.PROTECT, null=True)
    position = models.PositiveSmallIntegerField()

    PRIVACY = Tags(public=("id", "slug", "name", "ethos", "position"))

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
