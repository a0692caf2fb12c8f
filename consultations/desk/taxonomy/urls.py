"""Addresses on which topics, target groups and audiences are kept."""

from accounts.access import requires
from consultations.desk.taxonomy.kind import KINDS
from core.views.own_words import own_words_urls

desk_urls = [address for kind in KINDS for address in own_words_urls(kind, requires)]
