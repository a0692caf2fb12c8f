"""What a consultant writes for an expert outside, what the expert sends back, and second readings."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset
from django import forms
from django.conf import settings
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import DeclineReason
from consultations.models import ContactFile, ExpertQuestion, SupportRequest
from consultations.models.expert import LONGEST_WORDS
from consultations.requests.actions.readings import may_read
from consultations.requests.form_fields import OnceForm
from core.forms.fields import DayField, FilesField, LineField, MailField, PlainTextField, RowsField, SeenField
from core.forms.layouts import sent_by
from core.schedule import add_working_days
from core.templatetags.ui import day, filesize

# What an expert usually gets: time to answer, and how long the link works after that.
WORKING_DAYS = 10
AFTERWARDS = timedelta(days=30)
LONGEST_LIFE = timedelta(days=366)
NO, YES = "no", "yes"


class DaysForm(forms.Form):
    """By when an answer is asked for, and how long the link works."""

    version = SeenField(required=False)
    due_on = DayField(label=_("Answer asked by"))
    expires_on = DayField(label=_("The link works until"))

    def clean(self) -> dict[str, Any]:
        """The days are to come, the link ends after the answer is due, and no link lives for ever."""
        cleaned = super().clean()
        due, end, today = cleaned.get("due_on"), cleaned.get("expires_on"), timezone.localdate()
        if due and due < today:
            self.add_error("due_on", _("This day is over."))
        if due and end and end < due:
            self.add_error("expires_on", _("The link has to work until the answer is due."))
        if end and end > today + LONGEST_LIFE:
            self.add_error("expires_on", _("A link works for a year at most."))
        return cleaned

    @property
    def words(self) -> dict[str, Any]:
        """What was written, without the version seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ContactFilesField(RowsField):
    """Files of a request, to be ticked; nothing is chosen by itself."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, file: ContactFile) -> str:
        attachment = file.attachment
        return f"{attachment.name} ({filesize(attachment.size)}, {day(file.contact.took_place_at)})"


class ExpertForm(DaysForm):
    """A question to an expert, written anew."""

    field_order = ["version", "question", "is_legal", "files", "expert_name", "expert_email", "expert_role"]

    question = PlainTextField(
        label=_("Question for the expert"),
        max_length=LONGEST_WORDS,
        rows=10,
        help_text=_(
            "Write it anew, for somebody who does not know the case: without names, addresses, numbers "
            "and places that could tell who it is about."
        ),
    )
    is_legal = forms.BooleanField(
        label=_("It is about the law"),
        required=False,
        help_text=_("The expert is asked to name the provisions and the wording that the answer relies on."),
    )
    files = ContactFilesField(
        label=_("Files the expert may see"),
        queryset=ContactFile.objects.none(),
        required=False,
        help_text=_("Look into each first: it must not tell whom it is about. Its name is left out."),
    )
    expert_name = LineField(label=_("Name of the expert"), max_length=120)
    expert_email = MailField(label=_("E-mail of the expert"), max_length=254)
    expert_role = LineField(label=_("Organisation or role"), max_length=160, required=False)
    language = forms.ChoiceField(label=_("Language of the page and mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, case: SupportRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        files = ContactFile.objects.filter(contact__request=case).select_related("attachment", "contact")
        self.fields["files"].queryset = files.order_by("contact__took_place_at", "pk")
        if not files.exists():
            del self.fields["files"]

    @staticmethod
    def initial_for(case: SupportRequest) -> dict[str, Any]:
        """Return what a new question begins with: days and a language, never a word of the case."""
        due = add_working_days(timezone.localdate(), WORKING_DAYS)
        return {"due_on": due, "expires_on": due + AFTERWARDS, "language": case.language}

    @staticmethod
    def initial_of(question: ExpertQuestion) -> dict[str, Any]:
        """Return what the form shows of a draft."""
        files = list(question.files.values_list("file_id", flat=True))
        return {**model_to_dict(question, ExpertForm.base_fields), "files": files}

    @property
    def helper(self) -> FormHelper:
        return sent_by(
            "save",
            _("Save and look it over"),
            "version",
            "question",
            "is_legal",
            *(["files"] if "files" in self.fields else []),
            Fieldset(
                _("The expert"),
                Div("expert_name", "expert_email", css_class="grid-2"),
                Div("expert_role", "language", css_class="grid-2"),
            ),
            Fieldset(_("Until when"), Div("due_on", "expires_on", css_class="grid-2")),
        )


class ProlongForm(DaysForm):
    """More time for an expert."""

    @staticmethod
    def initial_of(question: ExpertQuestion) -> dict[str, Any]:
        """Return the days as they are; where one is over, what an expert usually gets."""
        due = question.due_on
        if due < timezone.localdate():
            due = add_working_days(timezone.localdate(), WORKING_DAYS)
        end = max(question.expires_on, due)
        return {"due_on": due, "expires_on": end, "version": question.version}


class ExpertAnswerForm(OnceForm):
    """What an expert answers."""

    text = PlainTextField(
        label=_("Your answer"),
        max_length=LONGEST_WORDS,
        rows=12,
        error_messages={"required": _("Write your answer.")},
    )
    has_interest = forms.ChoiceField(
        label=_("Does anything bind you to the matter?"),
        choices=[(NO, _("no, I have no conflict of interest")), (YES, _("yes, and I say what below"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have a conflict of interest.")},
    )
    interest = LineField(label=_("What binds you to the matter"), max_length=500, required=False)
    files = FilesField()

    def __init__(self, *args: Any, is_legal: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_legal:
            self.fields["text"].help_text = _(
                "Please name the provisions and the wording that you rely on, and what is your own reading."
            )

    def clean(self) -> dict[str, Any]:
        """Whoever has an interest says which; without one nothing is said of it."""
        cleaned = super().clean()
        if cleaned.get("has_interest") != YES:
            cleaned["interest"] = ""
        elif not cleaned.get("interest"):
            self.add_error("interest", _("Write what binds you to the matter."))
        return cleaned

    @property
    def helper(self) -> FormHelper:
        files = Field("files", template="components/file_input.html")
        fields = ("idempotency_key", "text", files, "has_interest", "interest")
        return sent_by("answer", _("Send the answer"), *fields)


class DeclineForm(forms.Form):
    """Why somebody who was asked does not answer."""

    button: str | Promise = _("I will not answer")

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    words = LineField(label=_("More about it"), max_length=1000, required=False)

    @property
    def helper(self) -> FormHelper:
        return sent_by("decline", self.button, by_keys=False)


class ExpertDeclineForm(DeclineForm):
    """Why an expert does not answer, and who else could."""

    substitute = LineField(
        label=_("Who could answer instead"),
        max_length=300,
        required=False,
        help_text=_("Name and where to reach them. We will ask them ourselves."),
    )


class ReadingForm(forms.Form):
    """An answer that a colleague is to read before it is sent."""

    text = PlainTextField(
        label=_("Answer as it is to be sent"), max_length=LONGEST_WORDS, rows=12,
        error_messages={"required": _("Write a text.")},
    )  # fmt: skip
    reader = forms.ModelChoiceField(
        label=_("Who is to read it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("whoever is free"),
        help_text=_("Whom you choose is told by e-mail."),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        readers = [person.pk for person in User.objects.staff() if may_read(person) and person != by]
        self.fields["reader"].queryset = User.objects.staff().filter(pk__in=readers)

    @property
    def helper(self) -> FormHelper:
        return sent_by("ask", _("Ask for a second reading"))


class ReadingRemarkForm(forms.Form):
    """What a second reader sends a text back with."""

    version = SeenField()
    remark = PlainTextField(label=_("What is to be mended"), rows=4, max_length=2000)
