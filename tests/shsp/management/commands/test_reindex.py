"""Writing the whole search anew."""

import pytest
from django.core.management import call_command

from core.search import TABLES
from shsp.views_search import KINDS
from tests.world import build

pytestmark = pytest.mark.django_db


def entries() -> dict[tuple[str, str, int], tuple[str, ...]]:
    """Return what every entry says, by where and what it is."""
    return {
        (scope, row.kind, row.object_id): (row.title_cs, row.title_en, row.lead_cs, row.url_arg, row.words)
        for scope, table in TABLES.items()
        for row in table.objects.all()
    }


def test_all_that_was_lost_is_found_again(capsys: pytest.CaptureFixture[str]):
    build()
    call_command("reindex")
    whole = entries()
    assert {(scope, kind) for scope, kind, _pk in whole} == {
        *(("public", kind) for kind in KINDS),
        ("desk", "request"),
        ("desk", "prepared"),
        ("exchange", "exchange"),
    }
    for table in TABLES.values():
        table.objects.all().delete()
    call_command("reindex")
    assert entries() == whole
    assert "requests: done" in capsys.readouterr().out
