"""The texts of materials and documents that exist in Czech and English."""

from modeltranslation.translator import TranslationOptions, register

from studies.models import Audience, Category, Document, Material


@register(Audience)
class AudienceTranslation(TranslationOptions):
    fields = ("name",)


@register(Material)
class MaterialTranslation(TranslationOptions):
    fields = ("title", "title_note", "authors", "publisher", "abstract", "topics", "related", "note")


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "split", "source")


@register(Document)
class DocumentTranslation(TranslationOptions):
    fields = ("title", "author", "file_size", "note")
