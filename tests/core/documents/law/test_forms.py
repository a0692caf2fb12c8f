"""The part of a document's form that says on which provisions it rests, shown on summaries."""

import pytest

from tests.factories.consultations import SummaryEditionFactory
from tests.factories.law import CITATION, cite

pytestmark = pytest.mark.django_db


def test_known_provisions_are_offered_while_one_types(log_in):
    edition = SummaryEditionFactory()
    provision = cite(edition).provision
    client, _user = log_in("consultant")
    page = client.get(f"/en/desk/summaries/{edition.document_id}/edit/").content.decode()
    assert f'<option value="{CITATION}">' in page
    assert 'list="known-provisions"' in page
    provision.retired_at = edition.created_at
    provision.save()
    page = client.get(f"/en/desk/summaries/{edition.document_id}/edit/").content.decode()
    assert f'<option value="{CITATION}">' not in page
    assert f'value="{CITATION}"' in page
