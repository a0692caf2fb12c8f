"""How templates write the texts of a value: in the reader's language, else in the other one, marked."""

from dataclasses import replace
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.loading import sources_of
from core.loading.sources import Sources
from core.templatetags.ui import source_links, source_marks
from municipalities.models import IndicatorValue
from municipalities.places.profile import LocalText, local_text, marked

register = template.Library()
register.simple_tag(local_text)


@register.simple_tag
def in_own_language(row: Any, name: str) -> SafeString | str:
    """Return a translated text of a row; where only the other language has it, marked as that."""
    return marked(local_text(row, name))


@register.simple_tag
def value_marks(sources: Sources, row: IndicatorValue) -> SafeString:
    """Return the small numbers that lead to where a value comes from."""
    text = local_text(row, "source")
    told = [replace(source, language=text.language) for source in sources_of(text.text)]
    return source_marks(sources, told)


@register.simple_tag
def source_in_own_language(row: IndicatorValue) -> SafeString | str:
    """Return the source of a value: addresses as links, words in their language."""
    text: LocalText = local_text(row, "source")
    links = source_links(text.text)
    return format_html('<span lang="{}">{}</span>', text.language, links) if text.language else links
