"""Addresses on which topics and target groups are kept."""

from django.urls import path

from accounts.access import requires
from consultations.desk.taxonomy import views
from consultations.desk.taxonomy.kind import KINDS
from core.views.own_words import own_words_urls

desk_urls = [
    *(address for kind in KINDS for address in own_words_urls(kind, requires)),
    *(
        path(
            f"desk/{kind.plural}/<int:pk>/merge/",
            requires(kind.permission)(views.merge),
            {"kind": kind},
            name=kind.url_name("merge"),
        )
        for kind in KINDS
    ),
]
