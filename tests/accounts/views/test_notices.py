"""The pages of notices: the list, the bell, and how one is told."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from accounts.middleware import SEEN
from core.notices.actions import notify
from core.notices.kinds import How
from core.notices.models import Notice, NoticeChoice, NoticeHours
from municipalities.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.figures import ReturnFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.practices import PracticeEditionFactory

pytestmark = pytest.mark.django_db

LIST, BELL, SETTINGS = "/en/accounts/notices/", "/en/accounts/notices/bell/", "/en/accounts/notices/settings/"
REVIEW = "practice/in_review"
HOURS = {"digest_at": "16:00", "quiet_from": "", "quiet_until": ""}


def told(user, **words):
    edition = PracticeEditionFactory()
    notify(REVIEW, edition, user, edition.document.get_desk_url, by=UserFactory(name="Jana Nová"), **words)
    return Notice.objects.latest("pk")


def told_of_return(member):
    statement = ReturnFactory(municipality=member.municipality)
    notify(
        "municipalities/return_opened", statement, member.user, statement.get_my_url,
        year="2026", municipality="Lhota", due_on=timezone.localdate(),
    )  # fmt: skip
    return Notice.objects.latest("pk")


def page(client, address=LIST):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestList:
    def test_newest_first_with_what_is_new_in_words(self, log_in):
        client, user = log_in("editor", language="en")
        first, second = told(user), told(user)
        first.read_at = timezone.now()
        first.save()

        html = page(client)

        assert "Jana Nová sent a text to a second person: “…”." in html
        assert html.index(f"notices/{second.pk}/open/") < html.index(f"notices/{first.pk}/open/")
        assert html.count("<strong>unread</strong>") == 1
        assert f"notices/{first.pk}/unread/" in html
        assert f"notices/{second.pk}/read/" in html

    def test_only_the_unread(self, log_in):
        client, user = log_in("editor", language="en")
        read, new = told(user), told(user)
        client.post(f"{LIST}{read.pk}/read/")
        html = page(client, f"{LIST}?show=unread")
        assert f"notices/{new.pk}/open/" in html
        assert f"notices/{read.pk}/open/" not in html

    def test_nothing_yet_and_nothing_new(self, log_in):
        client, _user = log_in("official", language="en")
        assert "No notices yet" in page(client)
        assert "Nothing new" in page(client, f"{LIST}?show=unread")

    def test_what_one_may_not_see_any_more_is_counted_only(self, log_in):
        client, user = log_in("official", language="en")
        member = MembershipFactory(user=user)
        told_of_return(member)
        assert "Lhota" in page(client)
        Membership.objects.all().delete()
        html = page(client)
        assert "Lhota" not in html
        assert "1 notice here is of something that you may not see any more." in html

    def test_of_others_there_is_nothing(self, log_in):
        client, _user = log_in("editor", language="en")
        notice = told(UserFactory(role="editor"))
        assert "No notices yet" in page(client)
        for verb in ("open", "read", "unread"):
            assert client.post(f"{LIST}{notice.pk}/{verb}/").status_code == 404
        notice.refresh_from_db()
        assert notice.read_at is None

    def test_old_ones_are_behind_the_pager(self, log_in):
        client, user = log_in("editor", language="en")
        for _row in range(26):
            told(user)
        assert f"{LIST}?page=2" in page(client) or "?page=2" in page(client)
        assert page(client, f"{LIST}?page=2").count("/open/") == 1


class TestRead:
    def test_opening_marks_it_and_leads_to_its_page(self, log_in):
        client, user = log_in("editor", language="en")
        notice = told(user)
        response = client.post(f"{LIST}{notice.pk}/open/")
        assert response.headers["Location"] == notice.link
        notice.refresh_from_db()
        assert notice.read_at

    def test_one_is_read_and_unread_and_the_list_stays_where_it_was(self, log_in):
        client, user = log_in("editor", language="en")
        notice = told(user)
        response = client.post(f"{LIST}{notice.pk}/read/?show=unread")
        assert response.headers["Location"] == f"{LIST}?show=unread"
        assert not Notice.objects.unread().exists()
        client.post(f"{LIST}{notice.pk}/unread/")
        assert Notice.objects.unread().exists()

    def test_all_at_once(self, log_in):
        client, user = log_in("editor", language="en")
        told(user), told(user), told(UserFactory(role="editor"))
        assert client.post(f"{LIST}read/").headers["Location"] == LIST
        assert Notice.objects.unread().count() == 1

    def test_a_link_to_read_changes_nothing(self, log_in):
        client, user = log_in("editor", language="en")
        notice = told(user)
        for verb in ("open", "read"):
            assert client.get(f"{LIST}{notice.pk}/{verb}/").status_code == 405


class TestBell:
    @pytest.mark.parametrize(("count", "words"), [(0, "Notices"), (1, "1 new notice"), (3, "3 new notices")])
    def test_its_count_is_spoken(self, log_in, count, words):
        client, user = log_in("editor", language="en")
        for _row in range(count):
            told(user)
        assert f">{words}</span>" in page(client, BELL)
        assert f">{words}</span>" in page(client, "/en/desk/")

    def test_no_more_than_99(self, log_in, monkeypatch):
        client, user = log_in("editor", language="en")
        notice = told(user)
        Notice.objects.bulk_create(
            Notice(kind=REVIEW, receiver=user, about_kind=notice.about_kind, about_id=notice.about_id)
            for _row in range(120)
        )
        assert ">99+</span>" in page(client, BELL)
        assert ">More than 99 new notices</span>" in page(client, BELL)

    def test_looking_anew_is_nobodys_doing(self, log_in):
        client, _user = log_in("editor")
        session = client.session
        before = session[SEEN] = timezone.now().timestamp() - 300
        session.save()
        client.get(BELL, headers={"X-Background": "1"})
        assert client.session[SEEN] == before

    def test_officials_have_it_too(self, log_in):
        client, user = log_in("official", language="en")
        told_of_return(MembershipFactory(user=user))
        assert ">1 new notice</span>" in page(client, "/en/my/")


class TestRail:
    def test_what_waits_is_counted_at_its_entry(self, log_in):
        client, _user = log_in("editor", language="en")
        sent = {"state": "in_review", "submitted_at": timezone.now(), "submitted_by": UserFactory()}
        SummaryEditionFactory.create_batch(3, **sent)
        html = page(client, "/en/desk/summaries/")
        assert html.count('<span class="visually-hidden">waiting: </span>3</span>') == 1

    def test_the_overview_of_officials_counts_all_of_it(self, log_in):
        client, user = log_in("official", language="en")
        ReturnFactory(municipality=MembershipFactory(user=user).municipality)
        # The overview and the figures.
        assert page(client, "/en/my/").count("waiting: </span>1</span>") == 2


class TestSettings:
    def test_shows_what_one_may_be_told_by_group_with_the_usual(self, log_in):
        client, _user = log_in("official", language="en")
        html = page(client, SETTINGS)
        assert "The Contact Centre asks us for figures" in html
        assert "A municipality has sent its figures" not in html
        assert "by mail at once (usual)" in html

    def test_saves_what_was_chosen(self, log_in):
        client, user = log_in("official", language="en")
        data = {"municipalities/return_opened": How.NEVER, **usual_of(client)}
        data["municipalities/return_opened"] = How.NEVER
        response = client.post(SETTINGS, {**data, **HOURS})
        assert response.headers["Location"] == SETTINGS
        assert list(NoticeChoice.objects.values_list("user", "kind", "how")) == [
            (user.pk, "municipalities/return_opened", "never")
        ]
        assert NoticeHours.objects.get(user=user).digest_at == time(16)
        assert '<option value="never" selected>' in page(client, SETTINGS)

    @pytest.mark.parametrize(
        ("quiet", "words"),
        [
            ({"quiet_from": "20:00"}, "Choose both hours, or none."),
            ({"quiet_until": "06:00"}, "Choose both hours, or none."),
            ({"quiet_from": "20:00", "quiet_until": "20:00"}, "Choose two different hours."),
        ],
    )
    def test_half_of_quiet_hours_is_answered_beside_the_field(self, log_in, quiet, words):
        client, _user = log_in("official", language="en")
        response = client.post(SETTINGS, {**usual_of(client), **HOURS, **quiet})
        assert response.status_code == 422
        assert response.content.decode().count(words) == 2
        assert not NoticeHours.objects.exists()

    def test_back_to_the_usual(self, log_in):
        client, user = log_in("official", language="en")
        NoticeChoice.objects.create(user=user, kind="municipalities/return_opened", how=How.NEVER)
        response = client.post(f"{SETTINGS}usual/")
        assert response.headers["Location"] == SETTINGS
        assert not NoticeChoice.objects.exists()


def usual_of(client):
    form = client.get(SETTINGS).context["form"]
    return {name: form.initial.get(name) for name in form.fields}


def test_notices_that_are_old_are_still_listed_by_day(log_in):
    client, user = log_in("editor", language="en")
    notice = told(user)
    Notice.objects.filter(pk=notice.pk).update(created_at=timezone.now() - timedelta(days=40))
    assert "sent a text" in page(client)
