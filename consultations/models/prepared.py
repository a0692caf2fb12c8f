"""Answers prepared beforehand, for questions that come again and again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from consultations.models.topic import Topic
from core.audit import user_field
from core.privacy import Tags


class PreparedAnswerQuerySet(models.QuerySet["PreparedAnswer"]):
    def visible_to(self, user: Any) -> "PreparedAnswerQuerySet":
        """Return the prepared answers an account may read: the desk all, others none."""
        return self if user.has(Permission.VIEW_DESK) else self.none()

    def in_use(self) -> "PreparedAnswerQuerySet":
        """Return those that can be put into an answer."""
        return self.filter(is_active=True)

    def for_list(self) -> "PreparedAnswerQuerySet":
        """Return what the list shows: those in use first, by title."""
        return self.select_related("topic", "written_by").order_by("-is_active", "title", "pk")

    def nearest_first(self, topic: Topic | None) -> "PreparedAnswerQuerySet":
        """Return those of a topic first, then those of no topic, then the others, by title."""
        distance = models.Case(
            models.When(topic=topic, topic__isnull=False, then=0),
            models.When(topic=None, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        return self.select_related("topic").order_by(distance, "title", "pk")


class PreparedAnswer(models.Model):
    """A text with places such as {salutation} that are filled in when it is put into an answer."""

    title = models.CharField("title", max_length=120)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="topic"
    )
    text_cs = models.TextField("text in Czech")
    text_en = models.TextField("text in English", blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    written_by = user_field()
    updated_at = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(
        internal=(
            "id", "title", "topic", "text_cs", "text_en", "is_active", "version", "written_by", "updated_at",
        )
    )  # fmt: skip

    objects = PreparedAnswerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-is_active", "title", "id"], name="prepared_by_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is changed."""
        return reverse("desk-prepared-edit", args=[self.pk])

    @property
    def languages(self) -> list[str]:
        """The languages that the text exists in."""
        return [code for code, _name in settings.LANGUAGES if self.text_in(code)]

    def text_in(self, language: str) -> str:
        """Return the text in a language, empty where there is none."""
        return self.text_en if language == "en" else self.text_cs
