import pytest
from django_tasks_db.models import DBTaskResult

from tests.verbs import written
from tests.visits.deliveries.parts import edition_of, next_edition
from visits.choices import Readers
from visits.deliveries.actions.publishing import deliver
from visits.models import Dispatch

pytestmark = pytest.mark.django_db


def test_a_published_edition_goes_out_once_by_the_worker():
    edition = edition_of()
    deliver(edition)
    deliver(edition)
    dispatch = Dispatch.objects.get()
    assert written(dispatch) == [("delivery.begin", edition.published_by_id, {"readers": "everybody"})]
    assert DBTaskResult.objects.filter(task_path__endswith="queue_reports").count() == 1


def test_a_minor_change_goes_to_nobody_and_neither_what_is_for_nobody():
    edition = edition_of(readers=Readers.NOBODY)
    # Of the first one everybody is told.
    deliver(edition)
    assert Dispatch.objects.get().readers == Readers.EVERYBODY
    second = next_edition(edition, is_minor=True, change_note_cs="", change_note_en="")
    deliver(second)
    deliver(next_edition(second, readers=Readers.NOBODY))
    assert Dispatch.objects.count() == 1
