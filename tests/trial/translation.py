from modeltranslation.translator import TranslationOptions, register

from tests.trial.models import NoteEdition


@register(NoteEdition)
class NoteTranslation(TranslationOptions):
    fields = ("title", "text", "change_note", "withdrawal_reason")
