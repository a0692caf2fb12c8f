"""One person at the desk: how to reach them, what they asked, and who may be the same."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.models import Person, PersonMerge, SupportRequest
from consultations.related.actions import persons
from consultations.related.queries import likely_same, merges_of
from consultations.requests.queries import rows_of
from consultations.requests.roles import reasons_of_role
from core.views.paging import page_of, whole_number
from core.views.verbs import back_to, run_verb


@requires(Permission.VIEW_REQUESTS)
@require_safe
def person(request: UserRequest, pk: int) -> HttpResponse:
    """All that is known of a person."""
    who = get_object_or_404(Person.objects.select_related("municipality", "merged_into"), pk=pk)
    asked = SupportRequest.objects.visible_to(request.user).filter(requester=who)
    page = page_of(asked.for_list().order_by("-pk"), request)
    context = {
        "person": who,
        "page": page,
        "rows": rows_of(page.items),
        "addresses": list(who.addresses.order_by("email").values_list("email", flat=True)[:50]),
        "likely": [] if who.merged_into else likely_same(who),
        "merges": merges_of(who),
        "may_work": not reasons_of_role(request.user),
    }
    return render(request, "consultations/related/person.html", context)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def merge(request: UserRequest, pk: int) -> HttpResponse:
    """Give all that is the person's to another entry of theirs."""
    who = get_object_or_404(Person, pk=pk)
    into = get_object_or_404(Person, pk=whole_number(request.POST.get("into")) or 0)
    verb = partial(persons.merge_persons, who, into=into, by=request.user)
    to, show = reverse("desk-person", args=[into.pk]), back_to(request, reverse("desk-person", args=[who.pk]))
    return run_verb(request, verb, to=to, show=show, done=_("The two are one person now."))


@requires(Permission.ANSWER_REQUEST)
@require_POST
def undo(request: UserRequest, pk: int) -> HttpResponse:
    """Make two persons of one again."""
    done = get_object_or_404(PersonMerge.objects.select_related("person", "into"), pk=pk)
    verb = partial(persons.undo_merge_persons, done, by=request.user)
    to = reverse("desk-person", args=[done.into_id])
    return run_verb(request, verb, to=to, show=back_to(request, to), done=_("They are two persons again."))
