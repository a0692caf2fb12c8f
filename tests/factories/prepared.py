"""Prepared answers and drafts for tests."""

import factory

from consultations.choices import DraftKind
from consultations.models import Draft, PreparedAnswer
from consultations.prepared.actions import write_prepared
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory


class PreparedAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PreparedAnswer

    title = factory.Sequence(lambda n: f"Splátkový kalendář {n}")
    text_cs = "{salutation},\n\nnavrhněte písemně splátkový kalendář.\n\n{consultant}"
    text_en = "{salutation},\n\npropose a repayment plan in writing.\n\n{consultant}"
    written_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model: type[PreparedAnswer], *args: object, **fields: object) -> PreparedAnswer:
        """Write it as the desk does, so that it can be found."""
        by, is_active = fields.pop("written_by"), fields.pop("is_active", True)
        prepared = write_prepared(**fields, by=by)
        if not is_active:
            PreparedAnswer.objects.filter(pk=prepared.pk).update(is_active=False)
        return prepared


class DraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Draft

    request = factory.SubFactory(SupportRequestFactory, open=True)
    author = factory.SubFactory(UserFactory)
    updated_by = factory.SelfAttribute("author")
    kind = DraftKind.ANSWER
    text = "Rozepsaná odpověď."
