"""A term that changed while a form was open."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from consultations.models import Audience, Topic
from core.audit.terms import merge
from core.audit.words import set_in_use
from core.forms.own_words import TermField, TermsField
from tests.factories.accounts import UserFactory
from tests.factories.consultations import AudienceFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(role="editor")


def field_of(kind, key):
    model = Topic if kind is TermField else Audience
    return kind(queryset=model.objects.in_use(), to_field_name=key)


@pytest.mark.parametrize("key", ["slug", None])
def test_what_was_merged_meanwhile_is_the_one_that_took_its_place(by, key):
    (old, new), (gone, stays) = TopicFactory.create_batch(2), AudienceFactory.create_batch(2)
    for one, other in ((old, new), (gone, stays)):
        merge(one, into=other, version=1, by=by)
    known = key or "pk"
    assert field_of(TermField, key).clean(str(getattr(old, known))) == new
    both = [str(getattr(row, known)) for row in (gone, stays)]
    assert list(field_of(TermsField, key).clean(both)) == [stays]


def test_what_was_retired_meanwhile_is_said_by_its_name(by):
    topic, audience = TopicFactory(name_en="Rents"), AudienceFactory(name_en="Owners")
    for row in (topic, audience):
        set_in_use(row, in_use=False, by=by)
    with override("en"):
        for kind, sent, name in ((TermField, topic.slug, "Rents"), (TermsField, [audience.slug], "Owners")):
            with pytest.raises(ValidationError) as wrong:
                field_of(kind, "slug").clean(sent)
            assert wrong.value.messages == [f"“{name}” is not offered any more."]


@pytest.mark.parametrize("key", ["slug", None])
@pytest.mark.parametrize("strange", ["nothing", "\x00", "9" * 40])
def test_what_is_no_term_is_refused(key, strange):
    for kind, sent in ((TermField, strange), (TermsField, [strange]), (TermsField, strange)):
        with pytest.raises(forms.ValidationError):
            field_of(kind, key).clean(sent)
