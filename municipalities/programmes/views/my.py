"""Programmes and the office of one's own municipality."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.verbs import run_verb, template_page
from municipalities.choices import OF_MUNICIPALITY
from municipalities.models import Municipality, Office, Programme
from municipalities.places.offices.actions import offices
from municipalities.places.offices.forms import OwnOfficeForm, WordsForm
from municipalities.places.offices.views.pages import edit_page, press
from municipalities.places.queries import own_municipalities
from municipalities.programmes.views import pages
from municipalities.programmes.views.office import office_page
from municipalities.programmes.views.pages import MY

# More than any municipality has.
MOST = 50


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def programmes(request: UserRequest) -> HttpResponse:
    """Show the programmes of one of one's municipalities; `?municipality=` says which."""
    own, chosen = own_municipalities(request)
    rows = Programme.objects.visible_to(request.user).filter(municipality=chosen).in_order()[:MOST]
    context = {"municipalities": own, "municipality": chosen, "programmes": list(rows) if chosen else []}
    return render(request, "municipalities/programmes/my_list.html", context)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def new(request: UserRequest) -> HttpResponse:
    """Begin a programme of one's municipality."""
    _own, chosen = own_municipalities(request)
    if chosen is None:
        raise Http404
    return pages.new(request, MY, chosen)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def office(request: UserRequest) -> HttpResponse:
    """Write the contact of the office; `?municipality=` says of which one."""
    own, chosen = own_municipalities(request)
    if chosen is None:
        return render(request, "municipalities/programmes/nobody.html")
    return office_page(request, MY, chosen, _page_of_office(chosen), own)


def _page_of_office(municipality: Municipality) -> str:
    return f"{reverse('my-office')}?municipality={municipality.slug}"


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def office_new(request: UserRequest) -> HttpResponse:
    """Add an office that the municipality runs; `?municipality=` says which one."""
    own, chosen = own_municipalities(request)
    if chosen is None:
        raise Http404
    form = OwnOfficeForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    context = {"municipality": chosen, "municipalities": own, "form": form, "back": _page_of_office(chosen)}
    return run_verb(
        request,
        lambda: offices.add(chosen, kind=form.cleaned_data["kind"], words=form.words, by=request.user),
        to=_page_of_office(chosen),
        show=template_page(request, "municipalities/programmes/office_new.html", context),
        done=_("The office is added. Everybody can read it."),
        form=form,
    )


def _own_office(request: UserRequest, pk: int) -> Office:
    rows = Office.objects.visible_to(request.user).for_list()
    return get_object_or_404(rows, pk=pk, kind__in=OF_MUNICIPALITY)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def office_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct an office of one's municipality."""
    row = _own_office(request, pk)
    back = _page_of_office(row.municipality)
    return edit_page(
        request,
        row,
        kind=WordsForm,
        template="municipalities/programmes/office_edit.html",
        to=back,
        done=_("The contact of the office is saved."),
        back=back,
    )


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def office_check(request: UserRequest, pk: int) -> HttpResponse:
    """Say that all that stands of an office is right."""
    row = _own_office(request, pk)
    back = _page_of_office(row.municipality)
    return press(request, row, offices.check, to=back, page=back, done=_("You have checked the office."))
