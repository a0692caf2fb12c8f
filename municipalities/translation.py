"""The municipalities' texts that exist in Czech and English."""

from modeltranslation.translator import TranslationOptions, register

from municipalities.models import Municipality, Programme, ProgrammeFact, Region


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register(Municipality)
class MunicipalityTranslation(TranslationOptions):
    fields = ("note", "source", "sources")


@register(Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = (
        "name",
        "start_note",
        "end_note",
        "total_cost_note",
        "own_share_note",
        "target_groups",
        "flats_note",
        "concept_title",
        "concept_note",
        "unverified",
    )


@register(ProgrammeFact)
class ProgrammeFactTranslation(TranslationOptions):
    fields = ("text", "source")
