"""The texts of materials for everybody: each edition and each chapter at an address that stays."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.access import public
from core.documents.choices import State
from core.documents.views import public as documents
from core.files import attachments
from core.outbox import mail
from core.views import limits
from studies.exports.citations import FORMATS, NAMES, Reference, as_text, dublin_core, json_ld
from studies.models import Chapter, MaterialEdition, MaterialText
from studies.texts import actions, queries
from studies.texts.kind import TEXTS

# No one of a network opens more pages of a material than that in an hour; what counts more is a program.
READS_PER_HOUR = 200


class _Gone(Exception):
    """The text was withdrawn; `edition` says why."""

    def __init__(self, edition: MaterialEdition) -> None:
        super().__init__("withdrawn")
        self.edition = edition


def _edition(slug: str, number: int) -> MaterialEdition:
    """Return an edition that readers may have, with `newer`, the one in its place now, or None.

    Raises Http404, or _Gone when it was withdrawn, or all of the text was.
    """
    rows = MaterialEdition.objects.reachable().for_page().filter(document__slug=slug).order_by("-number")
    newest = rows.exclude(state=State.SUPERSEDED).first()
    if newest is None:
        raise Http404
    edition: Any = newest if newest.number == number else rows.filter(number=min(number, 32_000)).first()
    if edition is None:
        raise Http404
    for row in (edition, newest):
        if row.state == State.WITHDRAWN:
            raise _Gone(row)
    edition.newer = newest if newest.number > edition.number else None
    return edition


def _read(request: HttpRequest, template: str, edition: MaterialEdition, **context: Any) -> HttpResponse:
    """Show a page of an edition; search engines find the newest one alone."""
    context |= {"kind": TEXTS, "edition": edition, "newer": edition.newer}  # type: ignore[attr-defined]
    context["thanks"] = request.GET.get("thanks", "")
    return render(request, template, {"addresses": _addresses(request), **context})


def _addresses(request: HttpRequest) -> dict[str, str]:
    """Return the full address of the page in both languages, and the one to be quoted."""
    match: Any = request.resolver_match
    found = {}
    for language in ("cs", "en"):
        with override(language):
            found[language] = mail.absolute(reverse(match.url_name, kwargs=match.kwargs))
    return {**found, "canonical": found["cs"]}


@public
@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition: what it is about, its contents, its files; a withdrawn one says so with 410."""
    try:
        found = _edition(slug, number)
    except _Gone as gone:
        return documents.gone(request, TEXTS, gone.edition)
    reference = Reference.of(found)
    context = {
        "part": queries.told(found),
        "citation": as_text(reference),
        "citation_forms": NAMES.items(),
        "dublin_core": dublin_core(reference),
        "json_ld": json_ld(reference),
    }
    return _read(request, "studies/texts/edition.html", found, **context)


@public
@require_safe
def chapter(request: HttpRequest, slug: str, number: int, chapter: str) -> HttpResponse:
    """One chapter, with the contents of all beside it."""
    try:
        found = _edition(slug, number)
    except _Gone as gone:
        return documents.gone(request, TEXTS, gone.edition)
    chapters = list(found.chapters.for_contents())
    at = next((at for at, row in enumerate(chapters) if row.slug == chapter), None)
    if at is None:
        raise Http404
    row = get_object_or_404(found.chapters.defer("text"), pk=chapters[at].pk)
    around = [(one, queries.chapter_url(found, one)) for one in chapters]
    context = {
        "chapter": row,
        "place": at + 1,
        "html": queries.chapter_shown(found, row, chapters),
        "reading_time": queries.reading_time(row.length),
        "chapters": around,
        "before": around[at - 1] if at else None,
        "after": around[at + 1] if at + 1 < len(around) else None,
    }
    return _read(request, "studies/texts/chapter.html", found, **context)


@public
@require_safe
def whole(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All chapters of an edition on one page, to be printed or searched through."""
    try:
        found = _edition(slug, number)
    except _Gone as gone:
        return documents.gone(request, TEXTS, gone.edition)
    return _read(request, "studies/texts/whole.html", found, chapters=queries.all_shown(found))


@public
@require_safe
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to a chapter of the published edition by its number."""
    rows = Chapter.objects.for_contents().select_related("edition__document")
    row = get_object_or_404(rows, pk=pk, edition__state=State.PUBLISHED)
    return redirect(queries.chapter_url(row.edition, row))


@public
@require_safe
def cite(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """How an edition is cited, for a program: BibTeX, RIS or CSL-JSON."""
    if form not in FORMATS:
        raise Http404
    found = _open(slug, number)
    content_type, written = FORMATS[form]
    answer = HttpResponse(written(Reference.of(found)), content_type=content_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{slug}-{number}.{form}")
    return answer


# Files ------------------------------------------------------------------------------


def _open(slug: str, number: int) -> MaterialEdition:
    """Return an edition whose files readers may have; raises Http404 for any other."""
    try:
        return _edition(slug, number)
    except _Gone:
        raise Http404 from None


@public
@require_safe
def pdf(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """An edition as a PDF, once there is one."""
    found = _open(slug, number)
    if found.pdf is None:
        raise Http404
    return attachments.serve(found.pdf, request)


@public
@require_safe
def figure(request: HttpRequest, slug: str, number: int, key: str) -> FileResponse:
    """A figure of an edition, by its key."""
    row = get_object_or_404(_open(slug, number).figures.select_related("attachment"), key=key)
    return attachments.serve(row.attachment, request)


@public
@require_safe
def file(request: HttpRequest, slug: str, number: int, row: int) -> FileResponse:
    """A file to take away beside an edition."""
    found = get_object_or_404(_open(slug, number).files.select_related("attachment"), pk=row)
    return attachments.serve(found.attachment, request)


# What readers say ---------------------------------------------------------------------


@csrf_exempt
@public
@require_POST
def reads(request: HttpRequest, slug: str) -> HttpResponse:
    """Count that a page of a text was opened; its script says so, and nothing of who it was is kept."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise PermissionDenied
    text = get_object_or_404(MaterialText, slug=slug, editions__state=State.PUBLISHED)
    if limits.take(f"reads-{text.pk}", request, READS_PER_HOUR):
        actions.count_read(text)
    return HttpResponse(status=204)


@csrf_exempt
@public
@require_POST
def helpful(request: HttpRequest, slug: str) -> HttpResponse:
    """Was it helpful? Yes or no."""
    return documents.helpful(request, TEXTS, slug=slug)


@public
def mistake(request: HttpRequest, slug: str) -> HttpResponse:
    """Report what is wrong with a text."""
    return documents.mistake(request, TEXTS, slug=slug)
