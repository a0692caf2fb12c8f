"""Who pays for the Centre, in words, where no emblem can be shown."""

from django import template
from django.utils.translation import get_language

from core.templatetags.ui import phone
from shsp.centre import words
from shsp.centre.loading import centre_facts

register = template.Library()


@register.simple_tag
def project_facts() -> dict[str, str]:
    """Return the project's title in the reader's language and its registration number."""
    project = centre_facts()["project"]
    title = project["short_title_cs"] if get_language() == "cs" else project["title_en"]
    return {"title": title, "number": project["registration_number"]}


@register.simple_tag
def centre_line() -> str:
    """Return who we are and how we are reached, in one line."""
    parts = [words.fact("name"), words.fact("email"), phone(words.fact("phone"))]
    return " · ".join(filter(None, parts))
