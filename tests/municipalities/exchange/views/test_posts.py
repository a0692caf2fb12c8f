"""The pages of the exchange."""

from uuid import uuid4

import pytest
from django.urls import reverse

from municipalities.exchange.actions import posts as actions
from municipalities.exchange.search import index_all
from municipalities.models import ExchangeAnswer, ExchangeQuestion
from tests.factories.accounts import UserFactory
from tests.factories.exchange import ExchangeAnswerFactory, ExchangeQuestionFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db

LIST = "/cs/exchange/"
HOSTILE = '<script>alert(1)</script> {{ 7|add:7 }} " onclick=x'
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }} &quot; onclick=x"
BIRTH_NUMBER = "736028/5163"


@pytest.fixture
def official(log_in):
    """A browser of somebody who speaks for Most, and that person."""
    member = MembershipFactory(municipality__name="Most", municipality__slug="most")
    return log_in("", user=member.user)


@pytest.fixture
def question():
    return ExchangeQuestionFactory()


def page(client, address=LIST):
    """Return what a page says."""
    return client.get(address).content.decode()


class TestList:
    def test_the_newest_activity_stands_first(self, official):
        client, _user = official
        first, second = ExchangeQuestionFactory(title="První"), ExchangeQuestionFactory(title="Druhý")
        assert page(client).index(second.title) < page(client).index(first.title)
        actions.answer(first, text="Ano.", municipality=None, by=UserFactory())
        assert page(client).index(first.title) < page(client).index(second.title)

    def test_filters_go_together_and_what_is_wrong_counts_as_nothing(self, official):
        client, user = official
        ExchangeQuestionFactory(title="Jiný", approach="social_work")
        ExchangeAnswerFactory(question__title="Zodpovězený", author=user)
        ExchangeQuestionFactory(title="Cizí", approach="new_build")
        for query, titles in [
            ("", {"Jiný", "Zodpovězený", "Cizí"}),
            ("?state=unanswered", {"Jiný", "Cizí"}),
            ("?state=unanswered&approach=social_work", {"Jiný"}),
            ("?mine=on", {"Zodpovězený"}),
            ("?state=settled", set()),
            ("?state=%00&approach=x&page=99999999999999999999", {"Jiný", "Zodpovězený", "Cizí"}),
        ]:
            found = {row.title for row in client.get(LIST + query).context["page"].items}
            assert found == titles, query

    def test_words_are_looked_for_beside_the_other_filters(self, official):
        client, _user = official
        ExchangeQuestionFactory(title="Opravy bytů", approach="social_work")
        ExchangeAnswerFactory(question__title="Kauce", text="Platíme opravu z fondu.")
        index_all()
        for query, titles in [
            ("?q=opravami", {"Opravy bytů", "Kauce"}),
            ("?q=oprava&approach=social_work", {"Opravy bytů"}),
            ("?q=kauce+fond", {"Kauce"}),
            ("?q=%3F", set()),
        ]:
            found = client.get(LIST + query).context["page"].items
            assert {row.title for row in found} == titles, query
        assert 'value="kauce fond"' in page(client, LIST + "?q=kauce+fond")
        assert "Zobrazit všechny dotazy" in page(client, LIST + "?q=dluhopis")

    def test_whoever_speaks_for_nobody_reads_nothing(self, log_in, question):
        client, _user = log_in("official")
        assert question.title not in page(client)
        assert "nejednáte" in page(client)
        for name in ("question", "report", "mend", "take-back"):
            assert client.get(reverse(f"exchange-{name}", args=[question.pk])).status_code == 404
        assert client.post(reverse("exchange-settle", args=[question.pk])).status_code == 404


class TestAsking:
    def test_one_question_however_often_the_form_is_sent(self, official):
        client, user = official
        sent = {"title": HOSTILE, "text": HOSTILE + "\nDruhý řádek", "form_key": str(uuid4())}
        for _time in range(2):
            assert client.post(LIST + "new/", sent).status_code == 302
        question = ExchangeQuestion.objects.get()
        assert (question.author, question.municipality.slug) == (user, "most")
        shown = page(client, question.get_absolute_url())
        assert SHOWN in shown
        assert "<script>alert" not in shown + page(client)

    @pytest.mark.parametrize("field", ["title", "text"])
    def test_a_birth_number_is_refused_beside_its_field(self, official, field):
        client, _user = official
        sent = {"title": "Jak na to?", "text": "Máme případ.", field: f"Paní {BIRTH_NUMBER}"}
        response = client.post(LIST + "new/", sent)
        assert list(response.context["form"].errors) == [field]
        assert BIRTH_NUMBER in response.content.decode()

    def test_whoever_speaks_for_several_chooses_one(self, official):
        client, user = official
        MembershipFactory(user=user, municipality__slug="brno")
        MembershipFactory(municipality__slug="cizi")
        sent = {"title": "Jak na to?", "text": "Máme případ."}
        for choice in ({}, {"municipality": "cizi"}):
            errors = client.post(LIST + "new/", sent | choice).context["form"].errors
            assert list(errors) == ["municipality"]
        client.post(LIST + "new/", sent | {"municipality": "brno"})
        assert ExchangeQuestion.objects.get().municipality.slug == "brno"

    def test_staff_are_told_that_they_do_not_ask(self, log_in):
        client, _user = log_in("editor")
        sent = {"title": "Jak na to?", "text": "Máme případ."}
        assert client.post(LIST + "new/", sent).status_code == 422
        assert not ExchangeQuestion.objects.exists()


class TestQuestion:
    def test_answering_twice_is_answering_once(self, official, question):
        client, user = official
        sent = {"text": HOSTILE, "form_key": str(uuid4())}
        for _time in range(2):
            response = client.post(question.get_absolute_url(), sent)
            answer = ExchangeAnswer.objects.get()
            assert response["Location"] == answer.get_absolute_url()
        shown = page(client, question.get_absolute_url())
        assert SHOWN in shown
        assert f"{user.name}, Most" in shown

    def test_staff_answer_without_their_name(self, log_in, question):
        client, user = log_in("consultant", name="Karla Konzultantka")
        client.post(question.get_absolute_url(), {"text": "Zákon to dovoluje."})
        reader, _user = log_in("", user=question.author)
        shown = page(reader, question.get_absolute_url())
        assert "Zákon to dovoluje." in shown
        assert user.name not in shown

    def test_what_was_typed_is_kept_when_it_is_refused(self, official, question, monkeypatch):
        client, _user = official
        monkeypatch.setattr(actions, "ANSWERS_AN_HOUR", 0)
        response = client.post(question.get_absolute_url(), {"text": "Dlouhá odpověď"})
        assert response.status_code == 422
        assert "Dlouhá odpověď" in response.content.decode()

    def test_what_could_tell_who_it_is_is_asked_about_and_may_stay(self, official, question):
        client, user = official
        address = question.get_absolute_url()
        words = f"Paní Horáčková má 777 123 456. Zdraví {user.name}"
        asked = client.post(address, {"text": words})
        form = asked.context["form"]
        assert [one.found for one in form.finds] == ["Horáčková", "777 123 456"]
        assert words in asked.content.decode()
        kept = [one.key for one in form.finds]
        more = {"text": f"{words} a 777 999 888.", "kept": kept}
        assert len(client.post(address, more).context["form"].errors["text"]) == 1
        assert client.post(address, {"text": words, "kept": kept}).status_code == 302
        assert ExchangeAnswer.objects.get().text == words

    def test_a_birth_number_never_stays(self, official, question):
        client, _user = official
        sent = {"text": f"Má {BIRTH_NUMBER}."}
        form = client.post(question.get_absolute_url(), sent).context["form"]
        assert "kept" not in form.fields
        assert form.errors.as_data()["text"][0].code == "birth_number"

    def test_each_reader_has_a_frame_of_their_own(self, official, log_in, question):
        client, _user = official
        assert reverse("my-ask") in page(client, question.get_absolute_url())
        desk, _user = log_in("administrator")
        assert reverse("desk-requests") in page(desk, question.get_absolute_url())

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_costs_the_same(self, official, question, rows, django_assert_num_queries):
        client, user = official
        for answer in ExchangeAnswerFactory.create_batch(rows, question=question):
            actions.thank(answer, by=user)
        ExchangeAnswerFactory(question=question, author=user)
        address = question.get_absolute_url()
        client.get(address)
        with django_assert_num_queries(13):
            client.get(address)

    def test_thanks_settling_mending_and_taking_back(self, official, log_in, question):
        answer = ExchangeAnswerFactory(question=question)
        author, _user = log_in("", user=question.author)
        thanks = reverse("exchange-thank", args=[question.pk, answer.pk])
        author.post(thanks)
        assert "pomohlo 1 čtenáři" in page(author, question.get_absolute_url())
        author.post(thanks, {"back": "1"})
        assert "pomohlo 1" not in page(author, question.get_absolute_url())
        author.post(reverse("exchange-settle", args=[question.pk]))
        assert "vyřešeno" in page(author)
        answerer, _user = log_in("", user=answer.author)
        mending = reverse("exchange-mend", args=[question.pk]) + f"?answer={answer.pk}"
        answerer.post(mending, {"text": "Lépe řečeno."})
        assert "Lépe řečeno." in page(author, question.get_absolute_url())
        taking = reverse("exchange-take-back", args=[question.pk]) + f"?answer={answer.pk}"
        assert "Lépe řečeno." in page(answerer, taking)
        answerer.post(taking)
        assert not ExchangeAnswer.objects.exists()

    def test_nobody_changes_what_is_anothers(self, official, question):
        client, _user = official
        answer = ExchangeAnswerFactory(question=question)
        for name in ("mend", "take-back"):
            for query in ("", f"?answer={answer.pk}", "?answer=0", "?answer=%00", "?answer=" + "9" * 30):
                address = reverse(f"exchange-{name}", args=[question.pk]) + query
                assert client.post(address, {"title": "x", "text": "x"}).status_code == 404
        other = ExchangeQuestionFactory()
        assert client.post(reverse("exchange-thank", args=[other.pk, answer.pk])).status_code == 404
        client.post(reverse("exchange-settle", args=[question.pk]))
        question.refresh_from_db()
        assert question.settled_at is None
