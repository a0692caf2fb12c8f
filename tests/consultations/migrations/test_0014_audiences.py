"""Codes of audiences become rows that the Centre keeps, and come back as codes; nobody loses one."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from consultations.models import Audience, SummaryEdition
from tests.factories.consultations import AudienceFactory, SummaryEditionFactory

BEFORE = ("consultations", "0013_own_words")
pytestmark = pytest.mark.django_db(transaction=True)


def migrate(target):
    """Bring the tables to a migration; return them as they are then."""
    executor = MigrationExecutor(connection)
    return executor.migrate([target]).apps


def test_codes_become_audiences_and_audiences_codes():
    both, one, none = SummaryEditionFactory.create_batch(3)
    both.audiences.set([AudienceFactory(slug="citizen"), AudienceFactory(slug="young-people-leaving-care")])
    one.audiences.set([AudienceFactory(slug="owner")])
    none.audiences.clear()
    try:
        former = migrate(BEFORE).get_model("consultations", "SummaryAudience")
        assert set(former.objects.values_list("edition_id", "audience")) == {
            (both.pk, "citizen"),
            (both.pk, "young-people-leaving"),
            (one.pk, "owner"),
        }
        former.objects.filter(audience__startswith="young").update(audience="labour_office")
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    told = {row.pk: [audience.slug for audience in row.audiences.all()] for row in SummaryEdition.objects.all()}
    assert told == {both.pk: ["citizen", "labour_office"], one.pk: ["owner"], none.pk: []}
    row = Audience.objects.get(slug="citizen")
    assert (row.name_en, row.shipped["name_en"]) == ("people looking for or keeping a home",) * 2
