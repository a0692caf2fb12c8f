"""Site pages as the documents' engine knows them."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from core.detector.finds import Known, find
from core.documents.choices import State
from core.documents.kind import Check, Kind, May, Wording
from shsp.models import PageEdition, SitePage
from shsp.pages.facts import FACTS, with_facts
from shsp.pages.forms import PageForm

MAY = May(
    view=Permission.VIEW_DESK,
    write=Permission.MANAGE_SITE,
    approve=Permission.MANAGE_SITE,
    withdraw=Permission.MANAGE_SITE,
)


def has_to_stay(_edition: Any) -> list[str]:
    """Return why no page of the site is withdrawn."""
    return [gettext("This page has to be there: every page leads to it. Publish a new edition instead.")]


def in_force(editions: Any) -> Any:
    """Return the editions that are read or worked on."""
    return editions.for_desk().exclude(state=State.SUPERSEDED)


def texts(_request: HttpRequest, edition: PageEdition) -> dict[str, Any]:
    """Return the text as it is read, in each language that it exists in."""
    codes = edition.languages
    return {
        "texts": [
            (code, edition.in_language("lead", code), with_facts(edition.in_language("text_html", code)))
            for code in codes
        ]
    }


def facts(_request: HttpRequest, _edition: PageEdition) -> dict[str, Any]:
    """Return what may stand in a text for a fact kept elsewhere, and what each says now."""
    return {"placeholders": [(f"{{{fact.name}}}", fact.label, fact.value()) for fact in FACTS.values()]}


PAGES = Kind(
    "site-page",
    "site-pages",
    SitePage,
    PageForm,
    MAY,
    Wording(
        plural=_("Site pages"),
        readers=_("Site pages"),
        edit=_("Edit the page"),
        list_lead=_("What the portal says of itself. A second person publishes what you have written."),
        published=_("The page is published."),
    ),
    verbs=(
        "edit", "justify", "submit", "publish", "plan", "send-back", "withdraw", "new-edition", "compare",
        "look-after",
    ),
    list_rows=in_force,
    text_template="pages/desk_text.html",
    page_context=texts,
    writing_template="pages/placeholders.html",
    writing_context=facts,
    reasons_against_withdrawing=has_to_stay,
    check=Check(
        lambda edition: find(edition.all_texts(), Known()), lambda _page, said: find(said, Known())
    ),
    approvers=partial(User.objects.who_may, Permission.MANAGE_SITE),
)  # fmt: skip
