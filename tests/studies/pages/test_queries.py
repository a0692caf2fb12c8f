import pytest

from studies.pages import queries
from tests.factories.accounts import UserFactory
from tests.factories.studies import MaterialFactory

pytestmark = pytest.mark.django_db


def test_whoever_looks_after_a_material_is_waited_for_until_it_is_out():
    owner = UserFactory(name="Olga Pečlivá")
    out, drafted = MaterialFactory(owner=owner), MaterialFactory(owner=owner, state="drafted")
    nobody = MaterialFactory(state="drafted")
    assert queries.waited_for([out, drafted, nobody]) == {drafted.pk: "Olga Pečlivá"}


def test_the_first_who_knows_somebody_is_heard(monkeypatch):
    one, other = MaterialFactory.create_batch(2, owner=UserFactory(name="Olga"), state="drafted")
    monkeypatch.setattr(queries, "WAITS", (lambda _rows: {one.pk: "Experts"}, *queries.WAITS))
    assert queries.waited_for([one, other]) == {one.pk: "Experts", other.pk: "Olga"}
