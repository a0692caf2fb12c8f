"""Addresses of the expert group and of its reviews; what stands behind personal links is named in apps.py."""

from django.urls import path

from accounts.access import requires
from core.views.own_words import own_words_urls
from studies.reviews.kind import EXPERTS
from studies.reviews.views import public

public_urls = [path("expert-group/", public.group, name="expert-group")]
desk_urls = own_words_urls(EXPERTS, requires)
