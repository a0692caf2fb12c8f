"""The shipped site pages."""

import pytest

from shsp.models import PageEdition
from shsp.pages.facts import check_placeholders
from shsp.pages.loading import SLUGS, load, shipped_edition


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    assert load().created == len(SLUGS)
    assert load().unchanged == len(SLUGS)
    assert PageEdition.objects.published().count() == len(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("code", ["cs", "en"])
def test_each_is_whole_in_both_languages_and_takes_only_facts_there_are(slug, code):
    edition = shipped_edition(slug)
    assert edition.in_language("title", code)
    assert edition.in_language("text_html", code)
    check_placeholders(edition.in_language("text", code))
