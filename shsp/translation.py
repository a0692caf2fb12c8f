"""The Centre's own words that exist in Czech and English."""

from modeltranslation.translator import translator

from shsp import models

translator.register(models.Centre, fields=("name", "hours"))
translator.register(models.Period, fields=("title",))
translator.register(models.Banner, fields=("text", "link"))
translator.register(models.FooterLine, fields=("text",))
translator.register(
    models.PageEdition, fields=("title", "lead", "text", "text_html", "change_note", "withdrawal_reason")
)
translator.register(models.HelpEdition, fields=("change_note", "withdrawal_reason"))
