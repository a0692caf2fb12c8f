"""The guided page as the documents' engine knows it."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from core.detector.finds import Find, Known, find
from core.documents.choices import State
from core.documents.kind import Check, Kind, TextPart, Wording
from shsp.help.content import texts_in
from shsp.help.edition_form import HelpEditionForm
from shsp.help.outline import outline
from shsp.models import HelpEdition, HelpText
from shsp.pages.kind import MAY, PAGES, has_to_stay


def finds(edition: HelpEdition) -> list[Find]:
    """Return what the check finds in the texts that are not the published ones: those were looked through."""
    published = edition.document.editions.filter(state=State.PUBLISHED).first()
    passed = published.all_texts() if published else {}
    changed = {key: text for key, text in edition.all_texts().items() if passed.get(key) != text}
    return find(changed, Known())


def texts(_request: HttpRequest, edition: HelpEdition) -> dict[str, Any]:
    """Return all texts, part by part, each as its label and what it says in each reading."""
    said = texts_in(edition.words())
    parts = [
        (part.legend, [(text.label, [said[key] for key in text.keys]) for text in part.texts])
        for part in outline(said)
    ]
    return {"parts": [(legend, rows) for legend, rows in parts if any(any(texts) for _label, texts in rows)]}


def parts(edition: HelpEdition) -> list[TextPart]:
    """Return the parts that are written one by one, each with whether it differs from the edition before."""
    before = edition.document.editions.filter(number=edition.number - 1).first()
    said = texts_in(edition.words())
    was = texts_in(before.words()) if before else said
    changed = {key for key, text in said.items() if was.get(key, "") != text}
    return [
        TextPart(part.key, part.legend, any(changed.intersection(text.keys) for text in part.texts))
        for part in outline(said)
    ]


HELP = Kind(
    "help-page",
    "help-pages",
    HelpText,
    HelpEditionForm,
    MAY,
    Wording(
        plural=_("Help page"),
        readers=_("Help page"),
        edit=_("Edit the page"),
        list_lead=_(
            "What people who may lose their home read. A second person publishes what you have written."
        ),
        write_lead=_(
            "Open the part that you change; each is saved by itself. Every text is in four readings. "
            "Which situation leads to which places is given by the portal."
        ),
        published=_("The page is published."),
    ),
    verbs=(*PAGES.verbs, "edit-part"),
    parts=parts,
    list_rows=PAGES.list_rows,
    text_template="pages/help/edit/as_read.html",
    page_context=texts,
    reasons_against_withdrawing=has_to_stay,
    check=Check(finds, lambda _page, said: find(said, Known())),
    approvers=partial(User.objects.who_may, Permission.MANAGE_SITE),
)
