"""By when answers are due, topic by topic: one small table to fill in."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Topic
from consultations.requests.clock import ANSWER_WORKING_DAYS


class TopicDaysForm(forms.Form):
    """One number for each topic; empty is the usual one."""

    def __init__(self, *args: Any, topics: Iterable[Topic], **options: Any) -> None:
        super().__init__(*args, **options)
        self.topics = list(topics)
        for topic in self.topics:
            self.fields[self._name(topic)] = forms.IntegerField(
                label=topic.name,
                initial=topic.answer_days,
                required=False,
                min_value=1,
                max_value=ANSWER_WORKING_DAYS,
                # What the reader saw goes along, so that only what they changed is written.
                show_hidden_initial=True,
                widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
                error_messages={
                    name: _("Write a number from 1 to %(most)s, or leave it empty.")
                    % {"most": ANSWER_WORKING_DAYS}
                    for name in ("invalid", "min_value", "max_value")
                },
            )

    @staticmethod
    def _name(topic: Topic) -> str:
        return f"days-{topic.pk}"

    def rows(self) -> Iterator[tuple[Topic, forms.BoundField]]:
        return ((topic, self[self._name(topic)]) for topic in self.topics)

    def changes(self) -> Iterator[tuple[Topic, int | None]]:
        """Yield each topic whose number was changed, with the new one."""
        for topic in self.topics:
            if self._name(topic) in self.changed_data:
                yield topic, self.cleaned_data[self._name(topic)]
