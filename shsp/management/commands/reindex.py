"""`manage.py reindex`: write anew how everything is found, after the rules of words have changed."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand

import studies.library.loading
import studies.plan.loading
import visits.hosts.loading
from consultations.models import PreparedAnswer, SummaryEdition
from consultations.prepared.actions import index_prepared
from consultations.requests import search as requests_search
from core import search
from municipalities.exchange import search as exchange_search
from municipalities.models import Municipality, PracticeEdition
from municipalities.places import search as places_search
from shsp.models import HelpEdition, PageEdition
from shsp.pages.search import index_pages
from studies.models import Document, Material, MaterialEdition
from visits.models import ReportEdition


def _editions(model: Any) -> None:
    for edition in model.objects.published().select_related("document").order_by("pk").iterator():
        edition.index()


def _prepared() -> None:
    for prepared in PreparedAnswer.objects.order_by("pk"):
        index_prepared(prepared)


def _put(documents: Iterable[search.Document]) -> None:
    search.put_many(documents, scope=search.PUBLIC)


SOURCES: dict[str, Callable[[], Any]] = {
    "municipalities": lambda: places_search.index(Municipality.objects.values_list("code", flat=True)),
    "materials": lambda: _put(
        map(studies.plan.loading.found_material, Material.objects.published().for_list())
    ),
    "library": lambda: _put(
        map(studies.library.loading.found_document, Document.objects.in_use().for_list())
    ),
    "texts of materials": lambda: _editions(MaterialEdition),
    "hosts and visits": lambda: _put(visits.hosts.loading.documents()),
    "reports of visits": lambda: _editions(ReportEdition),
    "practices": lambda: _editions(PracticeEdition),
    "summaries": lambda: _editions(SummaryEdition),
    "pages": index_pages,
    "site pages": lambda: _editions(PageEdition),
    "help page": lambda: _editions(HelpEdition),
    "exchange": exchange_search.index_all,
    "prepared answers": _prepared,
    "requests": requests_search.reindex_all,
}


class Command(BaseCommand):
    """Go through everything that can be found; what is found meanwhile stays findable."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for what, index in SOURCES.items():
            index()
            self.stdout.write(f"{what}: done")
