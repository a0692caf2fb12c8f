"""How the portal draws its components."""

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from consultations.choices import Channel
from core.templatetags import components, ui


def draw(source, path="/cs/", **context):
    """Render a piece of template as a page at `path` would."""
    request = RequestFactory().get(path)
    return engines["django"].from_string(source).render(context, request).strip()


@pytest.fixture(autouse=True)
def czech():
    with translation.override("cs"):
        yield


class Filters(forms.Form):
    state = forms.MultipleChoiceField(
        label="Stav", choices=[("new", "nový"), ("open", "otevřený")], required=False
    )
    q = forms.CharField(label="Slova", required=False)


def test_chips_name_each_filter_and_lead_to_the_list_without_it():
    params = QueryDict("state=new&state=open&q=byt&page=3&other=1")
    assert components.chips_of(Filters(params), params) == [
        components.Chip("state", "Stav", "nový", "?state=open&q=byt&other=1"),
        components.Chip("state", "Stav", "otevřený", "?state=new&q=byt&other=1"),
        components.Chip("q", "Slova", "byt", "?state=new&state=open&other=1"),
    ]


def test_chips_leave_out_what_is_empty_or_wrong():
    params = QueryDict("state=nonsense&q=")
    assert components.chips_of(Filters(params), params) == []


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
    ("direction", "shape"),
    [("inbound", "speech"), ("outbound", "arrow"), ("note", "lock"), ("system", "dot")],
)
def test_each_direction_has_its_own_shape(direction, shape):
    assert f"#{shape}" in draw(f'{{% entry "{direction}" "Jana" %}}x{{% endentry %}}')


def test_compare_marks_the_words_that_went_and_came_and_escapes_them():
    shown = draw("{% compare old new %}", old="do <měsíce> psát", new="do roka psát")
    assert "<del>&lt;měsíce&gt;</del>" in shown
    assert "<ins>roka</ins>" in shown


def test_compare_looks_at_words_only_where_lines_differ():
    old, new = "První řádek\n\nDruhý řádek", "První řádek\n\nTřetí řádek"
    shown = draw("{% compare old new %}", old=old, new=new)
    assert "<span>První řádek\n\n</span><del>Druhý</del><span> řádek</span>" in shown


FACTS = [
    {"term": "Telefon", "value": None},
    {"term": "Počet", "value": 0},
    {"term": "Název", "value": "", "about": "Program", "note": "není v textu"},
    {"term": "Konec", "value": "", "about": "Program"},
]


def test_what_is_not_known_is_no_row():
    shown = draw("{% key_facts facts %}", facts=FACTS)
    assert shown.count("<dt>") == 1
    assert "Počet" in shown
    assert draw("{% key_facts facts %}", facts=FACTS[:1]).strip() == ""


def test_what_is_not_known_is_said_once_and_folded():
    shown = draw("{% not_known facts %}", facts=FACTS)
    assert shown.count("<details") == 1
    assert "<p>Telefon.</p>" in shown
    assert "<p>Program: Název (není v textu), Konec.</p>" in shown
    assert draw("{% not_known facts %}", facts=FACTS[1:2]).strip() == ""


def test_sort_head_turns_around_and_says_its_order():
    shown = draw('{% sort_head "Stáří" "age" default="age" %}', "/cs/?page=2")
    assert 'aria-sort="ascending"' in shown
    assert 'href="?sort=-age"' in shown


def test_sort_head_takes_other_names():
    source = '{% sort_head "Dotaz" "oldest" default="newest" name="order" down="newest" %}'
    assert 'aria-sort="descending"' in draw(source, "/cs/?q=byt")
    assert 'href="?q=byt&amp;order=oldest"' in draw(source, "/cs/?q=byt")
    assert 'href="?order=newest"' in draw(source, "/cs/?order=oldest")


BAR = (
    "{% load crispy_forms_tags %}"
    '{% filter_bar form more="state" %}{{ form.q|as_crispy_field }}{% endfilter_bar %}'
)


def test_filter_bar_keeps_what_it_does_not_draw_and_draws_it_when_asked():
    form = Filters(QueryDict("q=byt&state=new"))
    folded = draw(BAR, "/cs/?q=byt&state=new&order=due", form=form)
    assert '<input type="hidden" name="state" value="new">' in folded
    assert '<input type="hidden" name="order" value="due">' in folded
    assert 'href="?q=byt&amp;state=new&amp;order=due&amp;more=1"' in folded
    assert 'id="id_state"' not in folded
    opened = draw(BAR, "/cs/?q=byt&state=new&more=1", form=form)
    assert 'id="id_state"' in opened
    assert 'type="hidden"' not in opened
    assert 'href="?q=byt&amp;state=new"' in opened


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
    names |= {channel.icon for channel in Channel} | set(components.DIRECTIONS.values())
    assert [name for name in sorted(names) if f'<symbol id="{name}"' not in sprite] == []
