"""A kind of document: all that one capability says of it, in one declaration."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.detector.finds import Find
from core.notices import kinds as notices
from core.notices.kinds import How

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_filters import FilterSet

    from core.documents.filters import DeskFilter
    from core.documents.forms import DocumentForm
    from core.documents.parts.pages import PartPage

Text = str | Promise


class May(NamedTuple):
    """The permissions that the verbs ask for; an empty one is given to nobody."""

    view: str
    write: str
    approve: str = ""
    withdraw: str = ""


class Wording(NamedTuple):
    """What the pages of a kind say; what has a default is said of every document."""

    # Of all documents, for those who work on them, and for readers.
    plural: Text
    readers: Text
    new: Text = _("New text")
    edit: Text = _("Edit the text")
    withdraw: Text = _("Withdraw the text")
    none: Text = _("There is no such text")
    none_help: Text = ""
    list_lead: Text = ""
    write_lead: Text = ""
    submit: Text = _("Send to a second person")
    submitted: Text = _("The text is with a second person now.")
    in_review: Text = _("A second person who may publish has to read the text. Your role does not publish.")
    published: Text = _("The text is published.")
    gone: Text = _("This text was withdrawn")


@dataclass(frozen=True)
class Check:
    """How texts are looked through for personal data: what is found in an edition, and in texts beside it.

    `small_places` names those in an edition's text by which a reader may recognise somebody; `where` is the
    address at which the text of a find is mended, where that is another form than the document's own.
    """

    finds: Callable[[Any], list[Find]]
    finds_in: Callable[[Any, Mapping[str, str]], list[Find]]
    small_places: Callable[[Any], list[str]] = lambda _edition: []
    where: Callable[[Any, Find], str] = lambda _edition, _find: ""


class TextPart(NamedTuple):
    """One part of a long text, which has a page of its own to be written on."""

    key: str
    legend: Text
    # It differs from the edition before.
    is_changed: bool = False


@dataclass
class Beginning:
    """What a new document begins with: how it is made of a valid form, and what the form knows already."""

    start: Callable[["DocumentForm", Any], Any]
    # Tells this beginning from others of the same writer, where something typed is kept.
    key: str = ""
    initial: dict[str, Any] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    form: "type[DocumentForm] | None" = None
    options: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of document, or the part of it that another area of the portal shows (`area` "my").

    Only what stands first has to be said. Templates are drawn inside of the engine's pages; the hooks get
    the request and the row that their page is about, and return what their template reads.
    """

    # The name in addresses and in the audit, and of all of them: "summary", "summaries".
    name: str
    plural: str
    document: type[models.Model]
    form: "type[DocumentForm]"
    may: May
    wording: Wording
    # How a new one begins, where that takes more than its form.
    begin: Callable[["HttpRequest"], Beginning] | None = None

    # Whose pages, and what they stand in.
    area: str = "desk"
    base: str = "base_desk.html"
    # What can be done there, and addresses that are not the usual ones, by the verb.
    verbs: tuple[str, ...] = (
        "new", "edit", "justify", "submit", "publish", "plan", "send-back", "withdraw", "new-edition",
        "compare", "look-after", "settle",
    )  # fmt: skip
    addresses: dict[str, str] = field(default_factory=dict)
    # Words that no document's address may be, and the one for a title that leaves none.
    taken_slugs: frozenset[str] = frozenset()
    slug_word: str = ""

    # The list: filters, columns (heading, value of an edition), or rows and a template of its own.
    filters: "type[DeskFilter] | None" = None
    columns: tuple[tuple[Text, Callable[[Any], Any]], ...] = ()
    list_rows: Callable[[Any], Any] | None = None
    list_template: str = "documents/list.html"
    list_context: Callable[["HttpRequest"], dict[str, Any]] = lambda _request: {}
    can_start_from_list: bool = False
    # The text of an edition, what stands beside it; what stands above the form, and beside it.
    text_template: str = "documents/text.html"
    rail_template: str = ""
    page_context: Callable[["HttpRequest", Any], dict[str, Any]] = lambda _request, _edition: {}
    notice_template: str = ""
    writing_template: str = ""
    # Of a text too long for one form, its parts, each with a page (the verb "edit-part"). The form then takes
    # a `part`: a key, "" for what is said of the whole, or nothing for all of it.
    parts: Callable[[Any], Iterable[TextPart]] | None = None
    writing_context: Callable[["HttpRequest", Any], dict[str, Any]] = lambda _request, _edition: {}
    # What stands in rows beside an edition, each with a page of its own (core.documents.parts).
    part_pages: "tuple[PartPage, ...]" = ()
    # The public's pages: a list with filters (`readers_list` is the name of its address, where that is not
    # `plural`), a text, and what is said of one that was withdrawn.
    readers_list: str = ""
    public_filters: "type[FilterSet] | None" = None
    public_list_template: str = "documents/readers_list.html"
    public_template: str = "documents/public.html"
    public_context: Callable[["HttpRequest", Any], dict[str, Any]] = lambda _request, _edition: {}
    gone_template: str = "documents/gone.html"
    gone_context: Callable[["HttpRequest", Any], dict[str, Any]] = lambda _request, _edition: {}

    # What its capability adds to the verbs.
    reasons_against: Callable[[Any], list[str]] = lambda _edition: []
    # Why a published text may not be taken away from the public.
    reasons_against_withdrawing: Callable[[Any], list[str]] = lambda _edition: []
    check: Check | None = None
    # Who may be asked to be the second person.
    approvers: Callable[[], Iterable[Any]] = lambda: ()
    when_published: Callable[[Any], None] = lambda _edition: None
    # Of every edition that the public reads from now on, a minor change, too, of which nobody is told.
    when_public: Callable[[Any], None] = lambda _edition: None
    # Of what is taken away from them.
    when_withdrawn: Callable[[Any], None] = lambda _edition: None
    when_sent_back: Callable[[Any, Any], None] = lambda _edition, _sender: None

    @property
    def edition(self) -> type[models.Model]:
        return self.document._meta.get_field("editions").related_model

    @property
    def has_feedback(self) -> bool:
        return any(found.name == "feedback" for found in self.document._meta.related_objects)

    @property
    def citation(self) -> Any:
        """The table of the provisions of law that its editions rest on; None where they rest on none."""
        found = (row.related_model for row in self.edition._meta.related_objects if row.name == "provisions")
        return next(found, None)

    def url_name(self, verb: str = "") -> str:
        """Return the name of the address of a verb in this area, or of the page of a document."""
        return f"{self.area}-{self.name}{verb and f'-{verb}'}"

    @property
    def part_url_name(self) -> str:
        return self.url_name("edit-part")

    @property
    def list_url_name(self) -> str:
        return f"{self.area}-{self.plural}"

    @property
    def readers_url_name(self) -> str:
        """The name of the address of the list for readers."""
        return self.readers_list or self.plural


_kinds: dict[type[models.Model], Kind] = {}


def register(kind: Kind) -> None:
    """Let the engine know a kind, by its tables, and of what its writers are told; in its app's `ready()`."""
    _kinds[kind.document] = _kinds[kind.edition] = kind
    notices.add(*_notices_of(kind), under=kind.wording.plural)


def _notices_of(kind: Kind) -> list[notices.Kind]:
    """Return of what those are told who write a kind of document, and who decide on it."""
    return [
        notices.Kind(
            key=f"{kind.name}/in_review",
            label=_("A text waits for a second person"),
            sentence=_("%(who)s sent a text to a second person: “%(title)s”."),
            permission=kind.may.approve,
            usual=How.DIGEST,
        ),
        notices.Kind(
            key=f"{kind.name}/sent_back",
            label=_("My text came back to be mended"),
            sentence=_("%(who)s sent a text of yours back to be mended: “%(title)s”."),
            permission=kind.may.write,
            usual=How.DIGEST,
        ),
        notices.Kind(
            key=f"{kind.name}/published",
            label=_("My text is published"),
            sentence=_("%(who)s published a text of yours: “%(title)s”."),
            permission=kind.may.write,
        ),
    ]


def kind_of(row: models.Model | type[models.Model]) -> Kind:
    """Return the kind of a document, of an edition, or of one of their tables."""
    return _kinds[row if isinstance(row, type) else type(row)]


def kinds() -> list[Kind]:
    """Return every kind there is."""
    return list(dict.fromkeys(_kinds.values()))
