"""x"""
from accounts.access import public
from django.http import HttpResponse
@public
def comparison(request):
    """x"""
    return HttpResponse("")
