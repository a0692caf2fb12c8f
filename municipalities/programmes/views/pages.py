"""The pages of a programme that officials and the desk share; each area has its own addresses and frame."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from core.loading.sources import Sources
from core.views.verbs import CONFLICT, run_verb, version_of
from municipalities.models import Municipality, Programme
from municipalities.places import profile
from municipalities.programmes.actions import programmes as actions
from municipalities.programmes.forms.programmes import ProgrammeForm

# A page of one programme: request, area, programme, and what else its address names.
Page = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Area:
    """Whose pages they are: "my" or "desk", the frame that they stand in, and who reads and writes there."""

    prefix: str
    base: str
    reading: Permission
    writing: Permission

    def url(self, programme: Programme, what: str = "", **more: int) -> str:
        place = {"slug": programme.municipality.slug} if self.is_desk else {}
        name = f"{self.prefix}-programme{what and f'-{what}'}"
        return reverse(name, kwargs={**place, "pk": programme.pk, **more})

    def home(self, municipality: Municipality) -> str:
        """Return the address of the page from which the programmes of a municipality are reached."""
        if self.is_desk:
            return reverse("desk-municipality", args=[municipality.slug])
        return f"{reverse('my-programmes')}?municipality={municipality.slug}"

    def frame(self, programme: Programme) -> dict[str, Any]:
        """Return what every page of a programme reads."""
        home = self.home(programme.municipality)
        return {"area": self, "programme": programme, "home": home, "back": self.url(programme)}

    def view(self, page: Page) -> View:

        @wraps(page)
        def view(request: UserRequest, pk: int, slug: str = "", **more: int) -> HttpResponse:
            where = {"municipality__slug": slug} if self.is_desk else {}
            return page(request, self, programme_of(request, pk, **where), **more)

        return requires(self.reading if page is show else self.writing)(view)

    @property
    def is_desk(self) -> bool:
        return self.prefix == "desk"


SPEAK, EDIT = Permission.SPEAK_FOR_MUNICIPALITY, Permission.EDIT_MUNICIPALITY
MY = Area("my", "base_my.html", reading=SPEAK, writing=SPEAK)
DESK = Area("desk", "base_desk.html", reading=Permission.VIEW_DESK, writing=EDIT)


def programme_of(request: UserRequest, pk: int, **where: Any) -> Programme:
    """Return a programme that the reader may see, drafts among them; raises Http404."""
    rows = Programme.objects.visible_to(request.user).for_page()
    return get_object_or_404(rows.select_related("publish_asked_by", "changed_by"), pk=pk, **where)


def as_it_stands(request: UserRequest, programme: Programme, conflict: Any) -> Programme:
    """Return the programme as a page shows it: anew where somebody was quicker."""
    return programme if conflict is None else programme_of(request, programme.pk)


def _show(
    request: UserRequest, area: Area, programme: Programme, reasons: Any = (), status: int = 200
) -> HttpResponse:
    """Show how a programme stands, what the public gets of it, and what can be done."""
    page, by = profile.programme_page(programme), request.user
    for phase in page["phases"]:
        phase["edit"] = area.url(programme, "phase", phase=phase["pk"])
        phase["remove"] = area.url(programme, "phase-remove", phase=phase["pk"])
    moves = ("publish", "unpublish") if area.is_desk else ("ask", "take-back")
    links = {name: area.url(programme, name) for name in ("edit", "discard", "phase-new", *moves)}
    context = {
        # Its phases stand apart, each with what can be done with it.
        "page": {**page, "phases": []},
        "phases": page["phases"],
        "sources": Sources(),
        "links": {name.replace("-", "_"): url for name, url in links.items()},
        "refusals": list(reasons),
        "has_changed": status == CONFLICT,
        "against_editing": actions.reasons_against_editing(programme.municipality, by=by),
        "against_asking": actions.reasons_against_asking(programme, by=by),
        "against_publishing": actions.reasons_against_publishing(programme, by=by),
        "against_unpublishing": actions.reasons_against_unpublishing(programme, by=by),
        "against_discarding": actions.reasons_against_discarding(programme, by=by),
    }
    template = "municipalities/programmes/programme.html"
    return render(request, template, area.frame(programme) | context, status=status)


show = require_safe(_show)


def new(request: UserRequest, area: Area, municipality: Municipality) -> HttpResponse:
    """Begin a programme of a municipality."""
    done = _("The programme is saved as a draft.")
    next_step = "" if area.is_desk else _("When it is ready, ask for publishing.")
    return _write(request, area, municipality, None, f"{done} {next_step}".strip())


def edit(request: UserRequest, area: Area, programme: Programme) -> HttpResponse:
    """Write on a programme; what somebody else saved meanwhile is shown beside what was typed."""
    return _write(request, area, programme.municipality, programme, _("The programme is saved."))


def _write(
    request: UserRequest, area: Area, municipality: Municipality, programme: Programme | None, done: str
) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {"version": programme and programme.version}
    form = ProgrammeForm(*sent, instance=copy(programme), initial=initial)

    def verb() -> Programme:
        words, by = form.cleaned_data, request.user
        upload, seen = next(iter(words["concept_file"]), None), words["version"] or 0
        if programme is None:
            return actions.create(municipality, words=words, upload=upload, by=by)
        without_file = words.get("without_file", False)
        actions.edit(programme, words=words, upload=upload, without_file=without_file, version=seen, by=by)
        return programme

    show = partial(_form_page, request, area, municipality, form, programme)
    return run_verb(request, verb, to=area.url, show=show, done=done, form=form)


def _form_page(
    request: UserRequest,
    area: Area,
    municipality: Municipality,
    form: ProgrammeForm,
    programme: Programme | None,
    *,
    conflict: Any = None,
    status: int = 200,
) -> HttpResponse:
    home = area.home(municipality)
    frame = (
        area.frame(programme) if programme else {"area": area, "programme": None, "home": home, "back": home}
    )
    context = {
        "municipality": municipality,
        "form": form,
        "reasons": actions.reasons_against_editing(municipality, by=request.user),
        "theirs": form.differences(conflict) if conflict else [],
        "has_changed": conflict is not None,
    }
    return render(request, "municipalities/programmes/edit.html", frame | context, status=status)


def confirm(
    request: UserRequest,
    area: Area,
    programme: Programme,
    *,
    verb: Callable[..., None],
    reasons: list[str],
    to: str,
    done: str,
    **words: str,
) -> HttpResponse:
    """Ask in `words` (title, text, label of the button) before what cannot be undone, and do it."""

    def show(*, reasons: list[str] = reasons, conflict: Any = None, status: int = 200) -> HttpResponse:
        frame = area.frame(as_it_stands(request, programme, conflict))
        context = {"reasons": reasons, "has_changed": conflict is not None, **words}
        return render(request, "municipalities/programmes/confirm.html", frame | context, status=status)

    do = partial(verb, version=version_of(request), by=request.user)
    return run_verb(request, do, to=to, show=show, done=done)


def discard(request: UserRequest, area: Area, programme: Programme) -> HttpResponse:
    """Ask whether a draft is to be thrown away, and do it."""
    return confirm(
        request,
        area,
        programme,
        verb=partial(actions.discard, programme),
        reasons=actions.reasons_against_discarding(programme, by=request.user),
        to=area.home(programme.municipality),
        done=_("The draft is thrown away."),
        title=_("Throw the draft away?"),
        text=_("The programme goes with its phases and its document. Nobody can bring it back."),
        label=_("Throw it away"),
    )


def unpublish(request: UserRequest, area: Area, programme: Programme) -> HttpResponse:
    """Ask whether a programme is to be taken back from the public, and do it."""
    return confirm(
        request,
        area,
        programme,
        verb=partial(actions.unpublish, programme),
        reasons=actions.reasons_against_unpublishing(programme, by=request.user),
        to=area.url(programme),
        done=_("The programme is a draft again."),
        title=_("Take the programme back from the public?"),
        text=_("It goes from the municipality's page and from search at once, and stays here as a draft."),
        label=_("Take it back from the public"),
    )


def _button(verb: Callable[..., None], done: str | Promise) -> Page:
    """Return what a button does: run a verb on what was seen; the page shows why it was not done."""

    @require_POST
    def page(request: UserRequest, area: Area, programme: Programme) -> HttpResponse:
        def again(*, reasons: list[str] | None = None, conflict: Any = None, status: int) -> HttpResponse:
            return _show(request, area, as_it_stands(request, programme, conflict), reasons or [], status)

        do = partial(verb, programme, version=version_of(request), by=request.user)
        return run_verb(request, do, to=area.url(programme), show=again, done=done)

    return page


publish = _button(actions.publish, gettext_lazy("The programme is public now."))
ask = _button(
    actions.ask_publishing,
    gettext_lazy("The Contact Centre is asked. When the programme is public, we write to you."),
)
take_back = _button(actions.take_back_asking, gettext_lazy("You no longer ask for publishing."))
