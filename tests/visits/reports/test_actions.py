"""A report is begun from the programme, written by several people at once, and published by somebody else."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.utils import timezone
from PIL import Image

from core import search
from core.documents import actions as documents
from core.documents.choices import State
from core.documents.parts import actions as parts
from core.files import attachments
from core.states import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, VisitInvitationFactory
from tests.factories.reports import (
    LessonWordingFactory,
    ProgrammeItemFactory,
    ReportAnswerFactory,
    ReportEditionFactory,
    ReportFactory,
    ReportFigureFactory,
    ReportFileFactory,
    ReportSectionFactory,
    TravelQuestionFactory,
    picture,
)
from tests.factories.visits import StudyVisitFactory
from tests.verbs import at_once, refusal, written
from visits.choices import Consent, VisitState
from visits.models import Lesson, ReportEdition, ReportFile
from visits.reports import actions
from visits.reports.kind import REPORTS

PAGES = {page.name: page for page in REPORTS.part_pages}
pytestmark = pytest.mark.django_db

# What a camera writes into a photo.
CAMERA, PLACE = 0x010F, 0x8825


def words(text: str = "Nájem je nízký.", heading: str = "Nájem") -> dict[str, str]:
    return {"heading": heading, "text": text}


def reviewed(**options: object) -> ReportEdition:
    """Return a whole edition that waits for a second person."""
    return ReportEditionFactory(in_review=True, whole=True, **options)


def published(edition: ReportEdition) -> ReportEdition:
    documents.publish(edition, version=edition.version, by=UserFactory(editor=True))
    return edition


# Beginning ------------------------------------------------------------------------


def test_a_report_begins_with_the_programme_and_the_questions_taken_along():
    visit = StudyVisitFactory(state=VisitState.UNDER_WAY, slug="finsko", country_cs="Finsko")
    items = ProgrammeItemFactory.create_batch(2, visit=visit)
    heard = TravelQuestionFactory(visit=visit, text="Kdo platí?", keywords="stát 60 %, město 40 %")
    TravelQuestionFactory(visit=visit, withdrawn_at=timezone.now())
    writer = UserFactory()

    edition = actions.begin(visit, by=writer)

    assert (edition.document.slug, edition.title_cs) == ("finsko", "Zpráva z cesty: Finsko")
    sections = list(edition.sections.all())
    assert [(row.item, row.heading) for row in sections] == [(item, item.title_cs) for item in items]
    assert [row.versions.count() for row in sections] == [1, 1]
    [answer] = edition.answers.all()
    assert (answer.question, answer.wording, answer.text) == (heard, "Kdo platí?", heard.keywords)
    visit.refresh_from_db()
    assert visit.state == VisitState.REPORTING
    assert written(edition.document) == [("visit-report.start", writer.pk, {"visit": visit.pk})]


def test_a_visit_without_a_programme_has_one_section():
    edition = actions.begin(StudyVisitFactory(), by=UserFactory())

    assert [row.heading for row in edition.sections.all()] == ["Co jsme viděli"]


def test_a_report_is_begun_once_and_not_before_the_visit():
    visit = StudyVisitFactory(state=VisitState.OPEN)
    assert refusal(actions.begin, visit, by=UserFactory())
    begun = ReportFactory().visit
    assert refusal(actions.begin, begun, by=UserFactory()) == ["Tato cesta už zprávu má."]


def test_questions_that_came_later_are_taken_into_the_report():
    edition = ReportEditionFactory()
    known = ReportAnswerFactory(edition=edition)
    TravelQuestionFactory(visit=edition.document.visit, text="A co garáže?")

    assert actions.take_questions(edition, by=UserFactory()) == 1

    assert [row.wording for row in edition.answers.all()] == [known.wording, "A co garáže?"]
    assert actions.take_questions(edition, by=UserFactory()) == 0


# Several people at once --------------------------------------------------------------


def test_a_section_is_held_by_one_and_others_are_told_who_and_until_when():
    section, first, second = ReportSectionFactory(heading="Nájem"), UserFactory(name="Eva"), UserFactory()

    with time_machine.travel("2026-11-30 10:00+01:00", tick=False):
        parts.hold(section, by=first)
        [told] = refusal(parts.hold, section, by=second)

    assert told == "V části „Nájem“ právě píše Eva, nejdéle do 10:15."
    assert section.holder == first


def test_a_closed_laptop_lets_go_by_itself():
    section, first, second = ReportSectionFactory(), UserFactory(), UserFactory()
    with time_machine.travel("2026-11-30 10:00+01:00", tick=False) as clock:
        parts.hold(section, by=first)
        clock.shift(timedelta(minutes=14))
        assert parts.keep_holding(section, by=first)
        clock.shift(timedelta(minutes=14))
        assert refusal(parts.hold, section, by=second)
        clock.shift(timedelta(minutes=1))
        parts.hold(section, by=second)

        assert section.holder == second
        assert not parts.keep_holding(section, by=first)
        parts.let_go(section, by=first)
        section.refresh_from_db()
        assert section.holder == second


def test_what_is_saved_is_a_version_and_frees_the_section():
    section, writer = ReportSectionFactory(), UserFactory()
    parts.hold(section, by=writer)

    parts.save_held(section, words=words("## Nájem\n\nje **nízký**"), version=1, by=writer)

    section.refresh_from_db()
    assert (section.holder, section.held_since, section.held_until, section.version) == (None, None, None, 2)
    assert section.text_html == "<h3>Nájem</h3>\n<p>je <strong>nízký</strong></p>\n"
    assert [(row.number, row.saved_by) for row in section.versions.all()] == [
        (2, writer),
        (1, section.edition.author),
    ]
    assert writer in section.edition.writers.all()


def test_nobody_writes_over_a_colleague():
    section, mine, theirs = ReportSectionFactory(), UserFactory(), UserFactory()
    with time_machine.travel("2026-11-30 10:00+01:00", tick=False) as clock:
        parts.hold(section, by=mine)
        clock.shift(timedelta(minutes=16))
        parts.hold(section, by=theirs)
        with pytest.raises(Conflict):
            parts.save_held(section, words=words("moje"), version=1, by=mine)
        parts.save_held(section, words=words("jejich"), version=1, by=theirs)
        with pytest.raises(Conflict) as conflict:
            parts.save_held(section, words=words("moje"), version=1, by=mine)

    assert conflict.value.current.text == "jejich"


def test_a_lease_that_ran_out_is_no_obstacle_while_nobody_else_came():
    section, writer = ReportSectionFactory(), UserFactory()
    with time_machine.travel("2026-11-30 10:00+01:00", tick=False) as clock:
        parts.hold(section, by=writer)
        clock.shift(timedelta(hours=2))
        parts.save_held(section, words=words("po obědě"), version=1, by=writer)

    section.refresh_from_db()
    assert section.text == "po obědě"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_a_section_at_once_one_has_it(django_db_blocker):
    section, first, second = ReportSectionFactory(), UserFactory(), UserFactory()

    def taking(person):
        row = type(section).objects.select_related("edition").get(pk=section.pk)
        return lambda: parts.hold(row, by=person)

    assert sorted(at_once(django_db_blocker, taking(first), taking(second))) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_a_section_at_once_one_is_told(django_db_blocker):
    section, first, second = ReportSectionFactory(), UserFactory(), UserFactory()

    def saving(person):
        row = type(section).objects.select_related("edition").get(pk=section.pk)
        return lambda: parts.save_held(row, words=words(person.name), version=1, by=person)

    assert sorted(at_once(django_db_blocker, saving(first), saving(second))) == [False, True]
    section.refresh_from_db()
    assert section.versions.count() == section.version == 2


@pytest.mark.django_db(transaction=True)
def test_two_write_in_two_sections_at_once_and_both_are_kept(django_db_blocker):
    edition = ReportEditionFactory()
    sections = ReportSectionFactory.create_batch(2, edition=edition)
    people = UserFactory.create_batch(2)

    def saving(section, person):
        row = type(section).objects.select_related("edition").get(pk=section.pk)
        return lambda: parts.save_held(row, words=words(person.name), version=1, by=person)

    assert at_once(django_db_blocker, *map(saving, sections, people)) == [True, True]
    assert [row.text for row in edition.sections.all()] == [person.name for person in people]
    assert set(people) <= set(edition.writers.all())


def test_an_old_version_is_put_back_as_a_new_one():
    section, writer = ReportSectionFactory(heading="Byty", text="První."), UserFactory()
    parts.save_held(section, words=words("Druhá.", "Domy"), version=1, by=writer)

    parts.put_back(section, number=1, version=2, by=writer)

    section.refresh_from_db()
    assert (section.heading, section.text, section.version) == ("Byty", "První.", 3)
    assert section.versions.count() == 3


def test_nothing_is_written_into_what_is_reviewed():
    edition, person = reviewed(), UserFactory()
    section, figure = edition.sections.get(), edition.figures.get()

    for verb, row, given in [
        (parts.hold, section, {}),
        (parts.save_held, section, {"words": words(), "version": 1}),
        (parts.save, figure, {"words": {"text": "9"}, "version": 1}),
        (parts.remove, figure, {}),
        (parts.shift, figure, {"to": 0}),
        (parts.add, edition, {"page": PAGES["figures"], "words": {"text": "1", "source": "web"}}),
        (actions.take_questions, edition, {}),
    ]:
        assert refusal(verb, row, **given, by=person), verb
    assert person not in edition.writers.all()


# Parts ------------------------------------------------------------------------------


def test_parts_are_added_mended_moved_and_removed():
    edition, person = ReportEditionFactory(), UserFactory()
    first = parts.add(edition, page=PAGES["figures"], words={"text": "1", "source": "web"}, by=person)
    second = parts.add(edition, page=PAGES["figures"], words={"text": "2", "source": "web"}, by=person)

    parts.save(second, words={"text": "dva"}, version=1, by=person)
    parts.shift(second, to=0, by=person)
    assert [row.text for row in edition.figures.all()] == ["dva", "1"]
    parts.shift(second, to=0, by=person)
    parts.remove(first, by=person)

    assert [row.text for row in edition.figures.all()] == ["dva"]
    assert person in edition.writers.all()
    with pytest.raises(Conflict):
        parts.save(second, words={"text": "tři"}, version=1, by=person)


def test_a_part_that_is_full_takes_no_more():
    edition = ReportEditionFactory()
    LessonWordingFactory.create_batch(PAGES["lessons"].most, edition=edition)

    assert refusal(parts.add, edition, page=PAGES["lessons"], words={"title": "a"}, by=UserFactory())


def test_a_section_in_which_somebody_writes_is_not_removed():
    section, holder = ReportSectionFactory(), UserFactory()
    parts.hold(section, by=holder)

    assert refusal(parts.remove, section, by=UserFactory())
    parts.remove(section, by=holder)
    assert not section.edition.sections.exists()


def test_a_lesson_has_a_number_of_its_own():
    edition, person = ReportEditionFactory(), UserFactory()
    said = {"title": "Hlídat nájem", "for_whom": ["mayors"]}
    first, second = [parts.add(edition, page=PAGES["lessons"], words=said, by=person) for _one in range(2)]

    assert (first.lesson.number, second.lesson.number) == (1, 2)
    parts.remove(second, by=person)
    assert Lesson.objects.filter(report=edition.document).count() == 1


def test_a_photo_is_made_as_small_as_a_page_shows_it_and_says_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[CAMERA] = "Kamera"
    exif.get_ifd(PLACE)[1] = "N"
    upload = picture("IMG_1234.JPG", (3200, 1200), exif=exif)
    assert b"Kamera" in upload.read()
    said = {"is_photo": True, "alternative": "Dům", "consent": Consent.NOBODY}

    row = parts.add_file(
        ReportEditionFactory(), page=PAGES["photos"], uploads=[upload], words=said, by=UserFactory()
    )

    content = attachments.read_raw(row.attachment.key)
    assert row.attachment.name == "IMG_1234.jpg"
    assert b"Exif" not in content
    with Image.open(BytesIO(content)) as stored:
        assert stored.size == (1600, 600)


def test_a_file_goes_with_its_last_row():
    row = ReportFileFactory()
    attachment = row.attachment
    copy = ReportFileFactory(attachment=attachment)

    parts.remove(row, by=UserFactory())
    assert ReportFile.objects.filter(attachment=attachment).count() == 1
    parts.remove(copy, by=UserFactory())
    assert not type(attachment).objects.filter(pk=attachment.pk).exists()


# The way to the public ------------------------------------------------------------------


def against(edition: ReportEdition) -> list[str]:
    fresh = ReportEdition.objects.get(pk=edition.pk)
    return documents.reasons_against_submitting(fresh)


def test_what_is_missing_stands_against_showing_it():
    edition = ReportEditionFactory(summary_cs="", summary_html_cs="")
    assert against(edition) == [
        "Napište shrnutí: obce ho dostanou e-mailem.",
        "Zpráva nemá žádný oddíl.",
    ]
    ReportSectionFactory(edition=edition, text="", heading="Byty")
    ReportAnswerFactory(edition=edition, wording="Kdo platí?", text="")
    assert against(edition)[1:] == [
        "Oddíl „Byty“ je prázdný.",
        "Otázka „Kdo platí?“ nemá odpověď. Napište, co jste slyšeli, nebo že jste se neptali.",
    ]


def test_a_report_is_not_submitted_nor_published_while_somebody_writes_in_it():
    edition = ReportEditionFactory(whole=True)
    assert against(edition) == []
    section = edition.sections.get()
    parts.hold(section, by=UserFactory(name="Eva"))

    [told] = refusal(documents.submit, edition, version=1, by=edition.author)
    assert "Eva" in told
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        fresh = ReportEdition.objects.get(pk=edition.pk)
        documents.submit(fresh, version=1, by=edition.author)


def test_a_photo_without_consent_stays_internal_and_is_in_the_way():
    edition = ReportEditionFactory(whole=True)
    photo = ReportFileFactory(edition=edition, consent=Consent.MISSING, alternative="Dvůr")

    assert against(edition) == [
        "Na fotografii „Dvůr“ lze poznat někoho, kdo nesouhlasil. Zeptejte se ho, nebo ji odstraňte."
    ]
    assert not photo.is_public


def test_whoever_saved_a_section_cannot_publish_it():
    edition, editor = ReportEditionFactory(whole=True), UserFactory(editor=True)
    parts.save_held(edition.sections.get(), words=words(), version=1, by=editor)
    fresh = ReportEdition.objects.get(pk=edition.pk)
    documents.submit(fresh, version=1, by=edition.author)

    assert refusal(documents.publish, fresh, version=fresh.version, by=editor)
    published(fresh)


def test_publishing_moves_the_visit_on_tells_those_who_asked_and_is_found(monkeypatch):
    told = []
    monkeypatch.setattr(actions, "_published", [])
    actions.when_published(told.append)
    actions.when_published(told.append)

    edition = published(reviewed())

    visit = edition.document.visit
    visit.refresh_from_db()
    assert visit.state == VisitState.REPORTED
    assert told == [edition]
    heading = edition.sections.get().heading
    hits = search.find(heading, scope=search.PUBLIC).hits
    assert [(hit.kind, hit.url) for hit in hits] == [("visit-report", edition.document.get_absolute_url())]


def test_of_a_minor_edition_nobody_is_told(monkeypatch):
    told = []
    monkeypatch.setattr(actions, "_published", [told.append])

    published(reviewed(number=2, is_minor=True))

    assert told == []


def test_a_new_edition_is_a_copy_of_all_parts_with_the_same_lessons():
    before = ReportEditionFactory(published=True, whole=True)
    section = before.sections.get()
    photo = ReportFileFactory(edition=before, section=section)

    after = documents.new_edition(before.document, by=UserFactory())

    copied = after.sections.get()
    assert copied.pk != section.pk
    assert (copied.heading, copied.text, copied.text_html, copied.item) == (
        section.heading,
        section.text,
        section.text_html,
        section.item,
    )
    assert after.answers.get().question == before.answers.get().question
    assert after.figures.get().source == before.figures.get().source
    assert after.lessons.get().lesson == before.lessons.get().lesson
    file = after.files.get()
    assert (file.attachment, file.section, file.alternative) == (photo.attachment, copied, photo.alternative)
    assert after.state == State.DRAFT
    [*others] = REPORTS.form(edition=after).differences(before.words(), after.words())
    assert others == []


def test_saving_the_summary_leaves_the_parts_alone():
    edition = ReportEditionFactory(whole=True)
    form = REPORTS.form({"title_cs": "Finsko", "summary_cs": "Krátce.", "version": "1"}, edition=edition)
    assert form.is_valid(), form.errors

    documents.save_draft(edition, words=form.to_words(), version=1, by=UserFactory())

    assert edition.sections.count() == edition.answers.count() == edition.lessons.count() == 1


def test_figures_are_of_an_edition_alone():
    edition = ReportEditionFactory()
    ReportFigureFactory(edition=edition)
    ReportFigureFactory()

    assert edition.figures.count() == 1


def test_nobody_keeps_a_section_of_a_text_that_is_in_review():
    section, writer = ReportSectionFactory(), UserFactory()
    parts.hold(section, by=writer)
    type(section.edition).objects.update(state="in_review")
    assert not parts.keep_holding(section, by=writer)


def test_it_is_not_published_before_it_is_known_who_was_there():
    edition = ReportEditionFactory(whole=True)
    invitation = VisitInvitationFactory(visit=edition.document.visit)
    person = AttendeeFactory(invitation=invitation, confirmed=True)
    assert "1 člověk, který měl místo" in " ".join(actions.reasons_against(edition))
    type(person).objects.update(was_there=False, ticked_at=timezone.now(), ticked_by=UserFactory())
    assert "měl místo" not in " ".join(actions.reasons_against(edition))
