import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from core.files.pending import FOLDER, WAITS_FOR
from core.forms.fields import (
    FilesField,
    LineField,
    LinesField,
    MailField,
    PartialDate,
    PartialDateField,
    WholeNumberField,
)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2017", PartialDate(date(2017, 1, 1), "year")),
        ("2017-03", PartialDate(date(2017, 3, 1), "month")),
        ("3/2017", PartialDate(date(2017, 3, 1), "month")),
        ("3. 2017", PartialDate(date(2017, 3, 1), "month")),
        (" 2017-03-09 ", PartialDate(date(2017, 3, 9), "day")),
        ("9. 3. 2017", PartialDate(date(2017, 3, 9), "day")),
        ("", None),
    ],
)
def test_a_date_is_taken_as_far_as_it_is_known(text, known):
    assert PartialDateField(required=False).clean(text) == known


@pytest.mark.parametrize("text", ["soon", "31. 2. 2017", "13/2017", "0000", "9999-12-31", "2017-1-1-1", "17"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValidationError, match="2017"):
        PartialDateField().clean(text)


@pytest.mark.parametrize("text", ["2017", "2017-03", "2017-03-09"])
def test_a_date_is_written_as_it_was_known(text):
    assert str(PartialDateField().clean(text)) == text


@pytest.mark.parametrize("text", ["2017", "3/2017", "9. 3. 2017"])
def test_a_known_date_is_shown_as_it_is_typed(text):
    assert PartialDateField().prepare_value(PartialDateField().clean(text)) == text
    assert PartialDateField().prepare_value("kdysi") == "kdysi"


@pytest.mark.parametrize(("text", "number"), [("25", 25), (" 1\u00a0200 ", 1200), ("0", 0), ("", None)])
def test_a_whole_number_may_have_spaces(text, number):
    assert WholeNumberField(required=False, min_value=0, max_value=2000).clean(text) == number


@pytest.mark.parametrize("text", ["-3", "2001", "deset", "1,5", "9" * 30])
def test_a_whole_number_keeps_its_limits(text):
    with pytest.raises(ValidationError, match=r"0.*2"):
        WholeNumberField(min_value=0, max_value=2000).clean(text)


def test_a_wrong_e_mail_is_answered_by_its_form():
    with pytest.raises(ValidationError, match=r"jmeno@domena\.cz\.'"):
        MailField().clean("jana")
    with pytest.raises(ValidationError, match="nechte pole prázdné"):
        MailField(required=False).clean("jana")
    assert MailField(required=False).clean("") == ""


# Files that stay while a form comes back -----------------------------------------


SENT: list[forms.Form] = []


class FileForm(forms.Form):
    """A form that comes back as long as it has no word."""

    word = forms.CharField()
    files = FilesField()

    def __init__(self, *args: Any, whose: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.files_bound_to = f"FileForm {whose}"


class OneFileForm(forms.Form):
    word = forms.CharField()
    table = FilesField(most=1, label="Table", required=True)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Close what a form holds, as a request does."""
    yield
    while SENT:
        for _name, files in SENT.pop().files.lists():
            for file in files:
                file.close()


def a_file(name: str = "a.txt", content: bytes = b"text") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sent(*files: SimpleUploadedFile, name: str = "files", form: Any = FileForm, **words: Any) -> forms.Form:
    data = QueryDict(mutable=True)
    for key, value in words.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    options = {"whose": words["whose"]} if "whose" in words else {}
    SENT.append(form(data, MultiValueDict({name: list(files)}), **options))
    return SENT[-1]


def tickets(form: forms.Form, name: str = "files") -> list[str]:
    html = render_to_string("components/pending_files.html", {"field": form[name]})
    return re.findall(rf'name="{name}_token" value="([^"]+)"', html)


def names(form: forms.Form, name: str = "files") -> list[str]:
    assert form.is_valid(), form.errors
    read = [(file.name, file.read()) for file in form.cleaned_data[name]]
    assert {content for _name, content in read} <= {b"text"}
    return [name for name, _content in read]


def on_disk() -> int:
    try:
        return len(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return 0


def test_files_are_there_when_the_form_is_sent_once_more():
    first = sent(a_file("a.txt"), a_file("b.txt"))
    again = sent(files_token=tickets(first))
    third = sent(a_file("c.txt"), word="now", files_token=tickets(again))
    assert names(third) == ["a.txt", "b.txt", "c.txt"]
    assert on_disk() == 2


def test_a_form_that_is_right_puts_nothing_away():
    assert names(sent(a_file(), word="now")) == ["a.txt"]
    assert on_disk() == 0


def test_a_file_can_be_removed():
    one, two = tickets(sent(a_file("a.txt"), a_file("b.txt")))
    form = sent(word="now", files_token=[one, two], files_token_removed=one)
    assert names(form) == ["b.txt"]
    assert on_disk() == 1


def test_a_file_that_is_chosen_again_counts_once():
    ticket = tickets(sent(a_file()))
    assert names(sent(a_file(), a_file("b.txt"), word="now", files_token=ticket * 3)) == ["a.txt", "b.txt"]


def test_pending_files_count_within_the_limit(settings):
    ticket = tickets(sent(*(a_file(f"{n}.txt") for n in range(4))))
    form = sent(a_file("4.txt"), a_file("5.txt"), word="now", files_token=ticket)
    assert list(form.errors) == ["files"]
    assert len(kept := tickets(form)) == 6
    assert len(names(sent(word="now", files_token=kept, files_token_removed=kept[:1]))) == 5


def test_what_is_wrong_with_one_file_does_not_cost_the_others():
    form = sent(a_file("a.svg", b"<svg/>"), a_file("b.txt"), word="now")
    assert "a.svg" in str(form.errors["files"])
    assert names(sent(word="now", files_token=tickets(form))) == ["b.txt"]


def test_a_ticket_of_another_form_is_refused_and_its_file_untouched():
    ticket = tickets(sent(a_file(), whose="A"))
    foreign = sent(word="now", whose="B", files_token=ticket, files_token_removed=ticket)
    assert names(foreign) == []
    assert tickets(foreign) == []
    assert names(sent(word="now", whose="A", files_token=ticket)) == ["a.txt"]


def test_a_late_file_is_asked_for_by_its_name(monkeypatch):
    ticket = tickets(sent(a_file("smlouva.txt")))
    later = timezone.now() + WAITS_FOR + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    form = sent(word="now", files_token=ticket)
    assert "smlouva.txt" in str(form.errors["files"])
    assert tickets(form) == []


def test_where_there_is_no_room_files_are_asked_for_again(settings):
    settings.PENDING_FILES = 0
    form = sent(a_file())
    html = render_to_string("components/pending_files.html", {"field": form["files"]})
    assert "token" not in html
    assert "Vyberte" in html


def test_a_single_file_is_required_and_a_new_one_takes_its_place():
    assert list(sent(word="now", form=OneFileForm).errors) == ["table"]
    ticket = tickets(sent(a_file("old.txt"), name="table", form=OneFileForm), "table")
    assert names(sent(word="now", form=OneFileForm, table_token=ticket), "table") == ["old.txt"]
    new = sent(a_file("new.txt"), name="table", form=OneFileForm, word="now", table_token=ticket)
    assert names(new, "table") == ["new.txt"]
    assert "multiple" not in str(new["table"])


def test_a_form_that_is_shown_has_no_files():
    assert tickets(FileForm()) == []
    assert "multiple" in str(FileForm()["files"])


def test_lines_become_a_list_and_back():
    field = LinesField()
    assert field.clean(" rodiny \r\n\r\nsenioři\x00") == ["rodiny", "senioři"]
    assert field.prepare_value(["a", "b"]) == "a\nb"
    for wrong in ("\n".join("x" * 31), "x" * 201):
        with pytest.raises(ValidationError):
            field.clean(wrong)


@pytest.mark.parametrize("unseen", [" ", "\u200b", "\u200c \u00ad", "\x00"])
def test_a_line_of_which_nothing_is_seen_is_empty(unseen):
    with pytest.raises(ValidationError):
        LineField().clean(unseen)
    assert LineField().clean(f"a{unseen}b").startswith("a")
