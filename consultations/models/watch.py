"""Who wants to be told of a request, or of every new request on a topic."""

from django.db import models

from consultations.models.request import SupportRequest
from consultations.models.topic import Topic
from core.audit import user_field
from core.privacy import Tags


class Watch(models.Model):
    """One colleague watches one request."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="watches")
    user = user_field()

    PRIVACY = Tags(internal=("id", "request", "user"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="watch_once")]


class TopicWatch(models.Model):
    """One colleague watches the new requests on one topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="watches")
    user = user_field()

    PRIVACY = Tags(internal=("id", "topic", "user"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "user"], name="topic_watch_once")]
