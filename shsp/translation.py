"""The Centre's own words that exist in Czech and English."""

from modeltranslation.translator import translator

from shsp import models

translator.register(models.Centre, fields=("name", "hours"))
translator.register(models.Period, fields=("title",))
translator.register(models.Banner, fields=("text", "link"))
translator.register(models.FooterLine, fields=("text",))
