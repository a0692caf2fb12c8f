"""How the portal writes values and draws its components."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from consultations.choices import Channel
from core.templatetags import ui

MOMENT = datetime(2026, 12, 3, 13, 5, tzinfo=UTC)


def draw(source, path="/cs/", **context):
    """Render a piece of template as a page at `path` would."""
    request = RequestFactory().get(path)
    return engines["django"].from_string(source).render(context, request).strip()


@pytest.fixture(autouse=True)
def czech():
    with translation.override("cs"):
        yield


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Rada k nájmu", "Rada k\u00a0nájmu"),
        ("V obci a s obcí", "V\u00a0obci a\u00a0s\u00a0obcí"),
        ("Dotaz o bytu", "Dotaz o\u00a0bytu"),
        ("bez předložek", "bez předložek"),
        ("byli a", "byli a"),
    ],
)
def test_nbsp_binds_one_letter_words_only(text, bound):
    assert ui.nbsp(text) == bound


def test_number_sets_thousands_apart_and_shows_unknown_as_a_dash():
    assert ui.number(1234567) == "1\u00a0234\u00a0567"
    assert ui.number(0) == "0"
    assert ui.number(None) == "–"
    assert [ui.number(text) for text in ("0:57", "12:05", "1000:00")] == ["0:57", "12:05", "1000:00"]


def test_dates_are_in_words_in_both_languages():
    assert ui.day(date(2026, 12, 3)) == "3.\u00a0prosince\u00a02026"
    with translation.override("en"):
        assert ui.day(date(2026, 12, 3)) == "3\u00a0December\u00a02026"
    assert ui.day(None) == ""


def test_when_shows_local_time_in_24_hours():
    assert (
        ui.when(MOMENT) == '<time datetime="2026-12-03T14:05+01:00">3.\u00a0prosince\u00a02026 14:05</time>'
    )
    assert (
        ui.when(MOMENT, "date") == '<time datetime="2026-12-03T14:05+01:00">3.\u00a0prosince\u00a02026</time>'
    )
    assert ui.when(date(2026, 12, 3)) == '<time datetime="2026-12-03">3.\u00a0prosince\u00a02026</time>'
    assert ui.when(None) == "–"


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        ("year", '<time datetime="2017">2017</time>'),
        ("month", '<time datetime="2017-10">říjen 2017</time>'),
        ("day", '<time datetime="2017-10-01">1.\u00a0října\u00a02017</time>'),
    ],
)
def test_partial_date_shows_what_is_known(precision, shown):
    assert ui.partial_date(date(2017, 10, 1), precision) == shown


def test_filesize_and_masked_address():
    assert [ui.filesize(size) for size in (999, 184_320, 2_400_000)] == [
        "999\u00a0B",
        "184\u00a0kB",
        "2,4\u00a0MB",
    ]
    assert ui.mask_email("jana.novakova@example.cz") == "ja…@example.cz"


def test_query_and_page_url_keep_the_other_parameters():
    path = "/cs/desk/requests/?state=new&page=4"
    assert draw('{% query state="open" page=None %}', path) == "?state=open"
    assert draw("{% page_url 3 %}", path) == "?state=new&amp;page=3"
    assert draw("{% page_url 1 %}", path) == "?state=new"


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/cs/help/", "/en/help/"),
        ("/cs/summaries/?q=byt", "/en/summaries/?q=byt"),
        ("/cs/nothing-here/", "/en/"),
        ("//evil.example/cs/", "/en/"),
    ],
)
def test_other_language_url_is_the_same_page_or_the_front_page(path, there):
    request = RequestFactory().get("/")
    request.path = request.path_info = path
    request.get_full_path = lambda: path
    found = engines["django"].from_string('{% other_language_url "en" %}').render({}, request)
    assert found == there


class Filters(forms.Form):
    state = forms.MultipleChoiceField(
        label="Stav", choices=[("new", "nový"), ("open", "otevřený")], required=False
    )
    q = forms.CharField(label="Slova", required=False)


def test_chips_name_each_filter_and_lead_to_the_list_without_it():
    params = QueryDict("state=new&state=open&q=byt&page=3&other=1")
    assert ui.chips_of(Filters(params), params) == [
        ui.Chip("Stav", "nový", "?state=open&q=byt&other=1"),
        ui.Chip("Stav", "otevřený", "?state=new&q=byt&other=1"),
        ui.Chip("Slova", "byt", "?state=new&state=open&other=1"),
    ]


def test_chips_leave_out_what_is_empty_or_wrong():
    params = QueryDict("state=nonsense&q=")
    assert ui.chips_of(Filters(params), params) == []


def test_status_is_a_word_and_a_shape_and_escapes_the_word():
    shown = draw('{% status label "answered" %}', label="<b>")
    assert "#check" in shown
    assert "status-done" in shown
    assert "&lt;b&gt;</span>" in shown
    assert "#dot" in draw('{% status "neznámý" "no-such-state" %}')


def test_action_button_without_reasons_submits():
    shown = draw('{% action_button "Odeslat" name="do" value="send" %}')
    assert 'type="submit"' in shown
    assert 'name="do" value="send"' in shown
    assert "aria-disabled" not in shown


def test_action_button_with_reasons_is_off_and_tells_them():
    shown = draw('{% action_button "Odeslat" reasons=reasons ident="a" %}', reasons=["Chybí text."])
    assert 'type="button" aria-disabled="true" aria-describedby="a-why"' in shown
    assert "<li>Chybí text.</li>" in shown


def test_bodies_keep_their_tags_and_arguments_are_escaped():
    source = '{% entry "inbound" who %}{{ text|linebreaks }}{% endentry %}'
    shown = draw(source, who="<i>Jana</i>", text="<script>")
    assert "&lt;i&gt;Jana&lt;/i&gt;" in shown
    assert "<p>&lt;script&gt;</p>" in shown


@pytest.mark.parametrize(
    ("direction", "shape"), [("inbound", "in"), ("outbound", "out"), ("note", "lock"), ("system", "dot")]
)
def test_each_direction_has_its_own_shape(direction, shape):
    assert f"#{shape}" in draw(f'{{% entry "{direction}" "Jana" %}}x{{% endentry %}}')


def test_compare_marks_the_words_that_went_and_came_and_escapes_them():
    shown = draw("{% compare old new %}", old="do <měsíce> psát", new="do roka psát")
    assert "<del>&lt;měsíce&gt;</del>" in shown
    assert "<ins>roka</ins>" in shown


def test_key_facts_say_what_is_unknown():
    shown = draw(
        "{% key_facts facts %}", facts=[{"term": "Telefon", "value": None}, {"term": "Počet", "value": 0}]
    )
    assert shown.count('class="unknown"') == 1


def test_sort_head_turns_around_and_says_its_order():
    shown = draw('{% sort_head "Stáří" "age" default="age" %}', "/cs/?page=2")
    assert 'aria-sort="ascending"' in shown
    assert 'href="?sort=-age"' in shown


class Wrong(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="Kam odpovědět.")


def test_error_summary_links_to_the_field_and_the_field_names_its_error():
    form = Wrong({"email": "jana"})
    assert 'href="#id_email"' in draw("{% error_summary form %}", form=form)
    shown = draw("{% load crispy_forms_tags %}{{ form.email|as_crispy_field }}", form=form)
    assert 'aria-describedby="id_email_helptext id_email_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_email_helptext"' in shown
    assert 'id="id_email_error"' in shown


def test_every_shape_that_a_component_uses_is_in_the_sprite(settings):
    sprite = (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text()
    names = {shape for _tone, shape in ui.STATES.values()}
    names |= {channel.icon for channel in Channel} | set(ui.DIRECTIONS.values())
    assert [name for name in sorted(names) if f'<symbol id="{name}"' not in sprite] == []
