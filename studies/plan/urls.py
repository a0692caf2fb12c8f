"""Addresses on which the materials of the plan are kept."""

from accounts.access import requires
from core.views.own_words import own_words_urls
from studies.plan.kind import AUDIENCES

desk_urls = own_words_urls(AUDIENCES, requires)
