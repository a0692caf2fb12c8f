"""What materials and documents have in common: a title in two languages, and whom they are for."""

from django.db import models
from django.utils.translation import get_language

from core.audit.terms import KeptTerm
from core.privacy import Tags


class Audience(KeptTerm):
    """Whom a material is meant for."""

    name = models.CharField(max_length=80)

    PRIVACY = Tags(public=KeptTerm.PUBLIC_FIELDS, internal=KeptTerm.INTERNAL_FIELDS)


class Titled(models.Model):
    """What has a title in Czech, in English or in both. An empty title is not known."""

    title = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title_lang(self) -> str:
        """The language of the title that is shown when it is not the reader's, else empty."""
        reader, other = ("en", "cs") if (get_language() or "cs").startswith("en") else ("cs", "en")
        is_foreign = not getattr(self, f"title_{reader}") and getattr(self, f"title_{other}")
        return other if is_foreign else ""
