"""The texts of hosts and visits that exist in Czech and English."""

from modeltranslation.translator import translator

from visits import models

translator.register(
    models.Host,
    fields=("country", "city", "region", "kind", "description", "website_source", "topics", "topics_note"),
)
translator.register(
    models.StudyVisit,
    fields=(
        "title", "host_names", "country", "places", "date_text", "participants", "topics", "figures",
        "programme", "published_what", "note",
    ),
)  # fmt: skip
