from django.db import models

from core.documents.models import Document, Edition, Feedback
from core.privacy import Tags


class Note(Document):
    PRIVACY = Tags(public=Document.PUBLIC_FIELDS, internal=Document.INTERNAL_FIELDS)


class NoteEdition(Edition):
    document = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="editions")
    title = models.CharField("title", max_length=120)
    text = models.TextField("text", max_length=4000)

    PRIVACY = Tags(public=(*Edition.PUBLIC_FIELDS, "title", "text"), internal=Edition.INTERNAL_FIELDS)


class NoteFeedback(Feedback):
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="feedback")

    PRIVACY = Tags(internal=(*Feedback.INTERNAL_FIELDS, "note"), personal=Feedback.PERSONAL_FIELDS)
