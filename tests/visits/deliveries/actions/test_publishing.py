import pytest
from django_tasks_db.models import DBTaskResult

from core.documents import actions as documents
from tests.factories.accounts import UserFactory
from tests.factories.reports import ReportEditionFactory
from tests.verbs import written
from tests.visits.deliveries.parts import edition_of, invited, next_edition, told
from visits.choices import Readers
from visits.deliveries.actions.publishing import deliver
from visits.deliveries.tasks import queue_reports
from visits.models import Delivery, Dispatch

pytestmark = pytest.mark.django_db


def test_a_published_edition_goes_out_once_by_the_worker():
    edition = edition_of()
    deliver(edition)
    deliver(edition)
    dispatch = Dispatch.objects.get()
    assert written(dispatch) == [("delivery.begin", edition.published_by_id, {"readers": "everybody"})]
    assert DBTaskResult.objects.filter(task_path__endswith="queue_reports").count() == 1


def test_publishing_delivers_to_exactly_the_seven_of_sixteen_who_did_not_go():
    edition = ReportEditionFactory(in_review=True, whole=True)
    places = [invited(edition, f"obec-{number}@example.org", was_there=number < 9) for number in range(16)]
    documents.publish(edition, version=edition.version, by=UserFactory(editor=True))
    for _run in range(2):
        queue_reports.func()
    found = Delivery.objects.order_by("municipality").values_list("municipality", flat=True)
    assert list(found) == sorted(place.municipality_id for place in places[9:])
    assert [to for to, kind in told() if kind == "visits/report"] == [
        f"obec-{number}@example.org" for number in range(9, 16)
    ]


def test_a_minor_change_goes_to_nobody_and_neither_what_is_for_nobody():
    edition = edition_of(readers=Readers.NOBODY)
    # Of the first one everybody is told.
    deliver(edition)
    assert Dispatch.objects.get().readers == Readers.EVERYBODY
    second = next_edition(edition, is_minor=True, change_note_cs="", change_note_en="")
    deliver(second)
    deliver(next_edition(second, readers=Readers.NOBODY))
    assert Dispatch.objects.count() == 1
