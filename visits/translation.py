"""The texts of hosts and visits that exist in Czech and English."""

from modeltranslation.translator import TranslationOptions, register

from visits.models import Host, StudyVisit


@register(Host)
class HostTranslation(TranslationOptions):
    fields = ("country", "city", "region", "kind", "description", "website_source", "topics", "topics_note")


@register(StudyVisit)
class StudyVisitTranslation(TranslationOptions):
    fields = (
        "title",
        "host_names",
        "country",
        "places",
        "date_text",
        "participants",
        "topics",
        "figures",
        "programme",
        "published_what",
        "note",
    )
