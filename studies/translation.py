"""The texts of materials and documents that exist in Czech and English."""

from modeltranslation.translator import translator

from studies import models

translator.register(models.Audience, fields=("name",))
translator.register(
    models.Material,
    fields=("title", "title_note", "authors", "publisher", "abstract", "topics", "related", "note"),
)
translator.register(models.Category, fields=("name", "split", "source"))
translator.register(models.Document, fields=("title", "author", "file_size", "note"))
