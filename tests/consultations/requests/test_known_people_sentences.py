"""What was kept before a find had a sentence goes on being readable, and covers nothing of today."""

from importlib import import_module

import pytest
from django.apps import apps

from consultations.experts import actions
from consultations.models import JustifiedHit
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.experts import ExpertQuestionFactory
from tests.factories.peers import PeerQuestionFactory

pytestmark = pytest.mark.django_db


def test_old_justifications_are_kept_and_their_finds_asked_about_again(log_in):
    old = {"602 123 456": "Linka úřadu"}
    hit = JustifiedHit.objects.create(
        edition=SummaryEditionFactory(), key="", found="nováka", reason="Dřív.", justified_by=UserFactory()
    )
    question = ExpertQuestionFactory(question="Volejte 602 123 456.", kept_finds=old)
    peer = PeerQuestionFactory(kept_finds=old)

    import_module("consultations.migrations.0007_justified_sentences").know_old_ones(apps, None)

    for row in (hit, question, peer):
        row.refresh_from_db()
    assert hit.key == "nováka"
    assert question.kept_finds == {"602 123 456": {"found": "602 123 456", "reason": "Linka úřadu"}}
    assert actions.reasons_against_sending(question, by=question.written_by) != []
    client, _user = log_in("consultant")
    assert client.get(question.get_desk_url()).status_code == 200
    assert "Linka úřadu" in client.get(peer.get_desk_url()).content.decode()
