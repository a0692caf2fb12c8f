"""The municipalities' texts that exist in Czech and English."""

from modeltranslation.translator import TranslationOptions, register

from municipalities.models import (
    AdoptionStep,
    Indicator,
    IndicatorValue,
    Municipality,
    PracticeEdition,
    Programme,
    ProgrammeFact,
    ProgrammePhase,
    Region,
)


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
        "partners",
        "public_text",
    )


@register(ProgrammeFact)
class ProgrammeFactTranslation(TranslationOptions):
    fields = ("text", "source")


@register(ProgrammePhase)
class ProgrammePhaseTranslation(TranslationOptions):
    fields = ("title", "text")


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("name", "definition")


@register(IndicatorValue)
class IndicatorValueTranslation(TranslationOptions):
    fields = ("source", "note", "superseded_reason")


@register(PracticeEdition)
class PracticeEditionTranslation(TranslationOptions):
    fields = (
        "title",
        "lead",
        "need",
        "setting",
        "steps",
        "resources",
        "results",
        "failures",
        "prerequisites",
        "contact",
        "sources",
        "change_note",
        "withdrawal_reason",
    )


@register(AdoptionStep)
class AdoptionStepTranslation(TranslationOptions):
    fields = ("reason", "source")
