"""The frame of a form for words that the Centre keeps, and the fields in which a form takes terms."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.audit.terms import KeptTerm
from core.forms.fields import LineField, RowsField, SeenField


class _FollowsMerges:
    """What two terms became one while a form was open counts as the one that took its place."""

    queryset: Any
    to_field_name: str | None

    def _today(self, known: Any) -> Any:
        """Return by what the form knows the term of today, or what was sent where there is none."""
        row = self._row(known)
        return getattr(row.merged_into or row, self.to_field_name or "pk") if row else known

    def _by_name(self, error: ValidationError) -> ValidationError:
        """Let what is wrong name the term, which people know by its name alone."""
        row = self._row(error.params["value"]) if error.params else None
        return _not_offered(row) if row else error

    def _row(self, known: Any) -> Any:
        rows = self.queryset.model._base_manager.select_related("merged_into")
        with suppress(TypeError, ValueError):
            return rows.filter(**{self.to_field_name or "pk": known}).first()
        return None


def _not_offered(row: KeptTerm) -> ValidationError:
    words = {"name": row.bare_name}
    return ValidationError(_("“%(name)s” is not offered any more."), code="invalid_choice", params=words)


class TermField(_FollowsMerges, forms.ModelChoiceField):
    """One term."""

    def to_python(self, value: Any) -> Any:
        """Return the term; raises ValidationError for what is none, or is not offered."""
        try:
            return super().to_python(value)
        except ValidationError:
            pass
        try:
            return super().to_python(self._today(value))
        except ValidationError as error:
            raise self._by_name(error) from None


class TermsField(_FollowsMerges, RowsField):
    """Some terms."""

    def clean(self, value: Any) -> Any:
        """Return the terms; raises ValidationError for what is none, or is not offered."""
        try:
            return super().clean(value)
        except ValidationError as error:
            if error.code not in ("invalid_choice", "invalid_pk_value"):
                raise
        try:
            return super().clean([self._today(known) for known in value])
        except ValidationError as error:
            raise self._by_name(error) from None


class WordsForm(forms.Form):
    """Words of one row, and the version that was seen."""

    version = SeenField(required=False)

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what the form shows of a row."""
        return {name: getattr(row, name) for name in cls.base_fields}

    def words(self) -> dict[str, Any]:
        """Return what was typed, by the names of the columns."""
        return {name: word for name, word in self.cleaned_data.items() if name != "version"}


class TermForm(WordsForm):
    """The name of a term in both languages."""

    name_cs = LineField(label=_("Name in Czech"), max_length=80)
    name_en = LineField(label=_("Name in English"), max_length=80)


class MergeForm(forms.Form):
    """The term that takes the place of another."""

    version = SeenField()
    into: Any = forms.ModelChoiceField(label=_("Merge into"), queryset=None, empty_label=_("choose"))

    def __init__(self, data: Any, *, row: KeptTerm) -> None:
        super().__init__(data, initial={"version": row.version})
        field: Any = self.fields["into"]
        field.queryset = type(row).objects.in_use().exclude(pk=row.pk)
