"""How practices are assessed at the desk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.documents.choices import State
from core.views.verbs import run_verb, see_version
from municipalities.models import Practice
from municipalities.practices.actions import practices as actions
from municipalities.practices.forms.practices import AssessForm


@requires(Permission.APPROVE_PRACTICE)
def assess(request: UserRequest, pk: int) -> HttpResponse:
    """Say of each criterion how the edition in review, or the published one, stands."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), pk=pk)
    # While the next one is being written, it is the published one that readers see.
    editions = practice.editions.order_by("-number")
    edition = editions.exclude(state=State.DRAFT).first() or get_object_or_404(editions[:1])
    edition.document = practice
    form = AssessForm(request.POST or None, initial=AssessForm.initial_of(edition))
    against = actions.reasons_against_assessing(edition, by=request.user)

    def show(*, reasons: Any = against, conflict: Any = None, status: int = 200) -> HttpResponse:
        if conflict:
            see_version(form, conflict)
        context = {"practice": practice, "edition": edition, "form": form, "reasons": reasons}
        context["is_changed"] = conflict is not None
        return render(request, "municipalities/practices/assess.html", context, status=status)

    if not form.is_valid():
        return show()
    return run_verb(
        request,
        lambda: actions.assess(
            edition, verdicts=form.to_verdicts(), version=form.cleaned_data["version"], by=request.user
        ),
        to=f"{practice.get_desk_url()}?edition={edition.number}",
        show=show,
        done=_("The assessment is written down."),
    )
