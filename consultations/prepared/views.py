"""Prepared answers at the desk: the list, writing, changing, retiring."""

from functools import partial

from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.models import User
from accounts.permissions import Permission
from consultations.models import PreparedAnswer
from consultations.prepared import actions
from consultations.prepared.filters import PreparedFilter
from consultations.prepared.forms import PreparedForm
from consultations.prepared.insertions import VARIABLES, example_values, fill
from core.views.paging import page_of, whole_number
from core.views.verbs import back_to, run_verb


@requires(Permission.VIEW_DESK)
@require_safe
def answers(request: UserRequest) -> HttpResponse:
    """All prepared answers; after one was retired, the way to take it up again."""
    visible = PreparedAnswer.objects.visible_to(request.user)
    filters = PreparedFilter(request.GET, visible.for_list())
    retired = whole_number(request.GET.get("retired"))
    context = {
        "filters": filters,
        "page": page_of(filters.qs, request),
        "may_write": request.user.has(Permission.WRITE_PREPARED),
        "undo": visible.filter(pk=retired, is_active=False).first() if retired else None,
    }
    return render(request, "consultations/prepared/list.html", context)


@requires(Permission.WRITE_PREPARED)
def edit(request: UserRequest, pk: int | None = None) -> HttpResponse:
    """A prepared answer to be changed, or a new one."""
    visible = PreparedAnswer.objects.visible_to(request.user)
    prepared = None if pk is None else get_object_or_404(visible, pk=pk)
    initial = model_to_dict(prepared, PreparedForm.base_fields) if prepared else None
    form = PreparedForm(request.POST or None, initial=initial)
    show = partial(_page, request, form, prepared)
    if "example" in request.POST and form.is_valid():
        return show()
    return run_verb(
        request,
        lambda: _save(form, prepared, request.user),
        to="desk-prepared",
        show=show,
        done=_("The prepared answer is saved."),
        form=form,
    )


def _save(form: PreparedForm, prepared: PreparedAnswer | None, by: User) -> None:
    words = dict(form.cleaned_data)
    version = words.pop("version")
    if prepared is None:
        actions.write_prepared(**words, by=by)
    else:
        actions.edit_prepared(prepared, **words, version=version, by=by)


def _page(
    request: UserRequest,
    form: PreparedForm,
    prepared: PreparedAnswer | None,
    *,
    conflict: PreparedAnswer | None = None,
    status: int = 200,
) -> HttpResponse:
    texts = [(code, form[f"text_{code}"].value() or "") for code in ("cs", "en")]
    context = {
        "form": form,
        "prepared": conflict or prepared,
        "places": [(f"{{{name}}}", words) for name, words in VARIABLES.items()],
        # How the texts will read, by their language.
        "examples": [(code, fill(text, example_values(code))) for code, text in texts if text],
        "is_late": conflict is not None,
    }
    return render(request, "consultations/prepared/edit.html", context, status=status)


def _offer(is_active: bool, query: str) -> View:
    """Return the view that retires a prepared answer, or takes it up again."""

    @requires(Permission.WRITE_PREPARED)
    @require_POST
    def view(request: UserRequest, pk: int) -> HttpResponse:
        prepared = get_object_or_404(PreparedAnswer.objects.visible_to(request.user), pk=pk)
        return run_verb(
            request,
            partial(actions.offer_prepared, prepared, is_active=is_active, by=request.user),
            to=reverse("desk-prepared") + query % {"pk": pk},
            show=back_to(request, prepared),
        )

    return view


retire = _offer(False, "?retired=%(pk)s")
take_up = _offer(True, "")
