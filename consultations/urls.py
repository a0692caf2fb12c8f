"""Addresses of requests and summaries."""

from consultations.desk.urls import desk_urls
from consultations.desk.urls_lists import desk_list_urls
from consultations.experts.urls import desk_expert_urls, public_expert_urls
from consultations.intake.urls import my_urls, public_urls
from consultations.mailbox.urls import desk_mail_urls
from consultations.peers.urls import desk_peer_urls, my_peer_urls
from consultations.prepared.urls import desk_prepared_urls
from consultations.related.urls import desk_related_urls
from consultations.summaries.urls import desk_summary_urls, public_summary_urls
from consultations.support.urls import desk_support_urls, my_support_urls, public_support_urls

public_urls = [*public_urls, *public_summary_urls, *public_support_urls, *public_expert_urls]
my_urls = [*my_urls, *my_support_urls, *my_peer_urls]
desk_urls = [
    *desk_prepared_urls,
    *desk_list_urls,
    *desk_urls,
    *desk_summary_urls,
    *desk_mail_urls,
    *desk_support_urls,
    *desk_expert_urls,
    *desk_peer_urls,
    *desk_related_urls,
]

__all__ = ["desk_urls", "my_urls", "public_urls"]
