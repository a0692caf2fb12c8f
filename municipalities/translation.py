"""The municipalities' texts that exist in Czech and English."""

from modeltranslation.translator import translator

from municipalities import models
from municipalities.models.practice import SECTIONS

translator.register(models.Region, fields=("name",))
translator.register(models.Municipality, fields=("note", "source", "sources"))
translator.register(
    models.Programme,
    fields=(
        "name", "start_note", "end_note", "total_cost_note", "own_share_note", "target_groups", "flats_note",
        "concept_title", "concept_note", "unverified", "partners", "public_text",
    ),
)  # fmt: skip
translator.register(models.ProgrammeFact, fields=("text", "source"))
translator.register(models.ProgrammePhase, fields=("title", "text"))
translator.register(models.Indicator, fields=("name", "definition"))
translator.register(models.IndicatorValue, fields=("source", "note", "superseded_reason"))
translator.register(
    models.PracticeEdition,
    fields=("title", "lead", *SECTIONS, "contact", "sources", "change_note", "withdrawal_reason"),
)
translator.register(models.AdoptionStep, fields=("reason", "source"))
