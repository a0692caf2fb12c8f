"""The texts of hosts, visits and reports that exist in Czech and English."""

from modeltranslation.translator import translator

from visits import models

NOTES = ("change_note", "withdrawal_reason")

translator.register(
    models.Host,
    fields=("country", "city", "region", "kind", "description", "website_source", "topics", "topics_note"),
)
translator.register(
    models.StudyVisit,
    fields=(
        "title", "host_names", "country", "places", "goals", "date_text", "participants", "topics", "figures",
        "published_what", "note", "cancel_reason",
    ),
)  # fmt: skip
translator.register(models.ProgrammeItem, fields=("title",))
translator.register(models.Theme, fields=("name",))
translator.register(models.ReportEdition, fields=("title", "summary", "summary_html", *NOTES))
translator.register(models.Workshop, fields=("title", "place"))
