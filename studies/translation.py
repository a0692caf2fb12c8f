"""The texts of materials and documents that exist in Czech and English."""

from modeltranslation.translator import translator

from studies import models

translator.register(models.Audience, fields=("name",))
translator.register(
    models.Material,
    fields=(
        "title", "title_note", "authors", "publisher", "abstract", "topics", "related", "note",
        "delay_reason",
    ),
)  # fmt: skip
translator.register(models.Category, fields=("name", "split", "source"))
translator.register(models.Document, fields=("title", "author", "file_size", "note"))
translator.register(
    models.MaterialEdition,
    fields=(
        "title", "abstract", "short_version", "short_version_html", "change_note", "withdrawal_reason",
    ),
)  # fmt: skip
translator.register(models.Expert, fields=("field", "institution"))
translator.register(models.ReviewRound, fields=("statement",))
