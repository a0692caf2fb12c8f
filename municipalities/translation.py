"""The municipalities' texts that exist in Czech and English."""

from modeltranslation.translator import TranslationOptions, register

from municipalities.models import Programme, ProgrammeFact, Region


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register(Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = ("flats_note", "concept_note", "unverified")


@register(ProgrammeFact)
class ProgrammeFactTranslation(TranslationOptions):
    fields = ("text",)
