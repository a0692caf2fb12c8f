"""What officials see of the municipalities that they speak for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from municipalities.models import Municipality
from municipalities.views.shown import timeline_context


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def my_timeline(request: HttpRequest) -> HttpResponse:
    """Show everything with one of one's municipalities in order; `?municipality=` says which."""
    own = list(Municipality.objects.spoken_for_by(request.user).for_list())
    slug = request.GET.get("municipality")
    chosen = next((municipality for municipality in own if slug in (municipality.slug, None, "")), None)
    if slug and chosen is None:
        raise Http404
    context = {"municipalities": own, "municipality": chosen}
    if chosen:
        context |= timeline_context(chosen, request)
    return render(request, "municipalities/my_timeline.html", context)
