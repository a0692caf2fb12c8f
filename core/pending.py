from django.http import HttpResponse

from accounts.access import public


@public
def pending(request, **kwargs):
    return HttpResponse("pending")
