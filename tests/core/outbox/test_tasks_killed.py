"""A worker that is killed loses nothing, and a second copy is known by its Message-ID."""

from tests.load import kill_worker


def test_what_a_killed_worker_leaves_is_sent_all_the_same():
    outcome = kill_worker.run(mails=30, kills=3)

    assert (outcome["sent"], outcome["unsent"], outcome["arrived"]) == (30, 0, 30)
    # No more than the one which each of the killed had just handed over.
    assert outcome["twice"] <= 3
