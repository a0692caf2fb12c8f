"""Addresses of requests and summaries, gathered from the capabilities."""

from consultations.desk import urls as desk
from consultations.desk.taxonomy import urls as taxonomy
from consultations.experts import urls as experts
from consultations.intake import urls as intake
from consultations.mailbox import urls as mailbox
from consultations.peers import urls as peers
from consultations.prepared import urls as prepared
from consultations.related import urls as related
from consultations.summaries import urls as summaries
from consultations.support import urls as support

public_urls = [*intake.public_urls, *summaries.public_urls, *experts.public_urls]
my_urls = [*intake.my_urls, *peers.my_urls]
# What begins with a word stands before the desk's requests, whose reference any word could be.
desk_urls = [
    *intake.desk_urls,
    *desk.desk_urls,
    *prepared.desk_urls,
    *taxonomy.desk_urls,
    *summaries.desk_urls,
    *mailbox.desk_urls,
    *support.desk_urls,
    *experts.desk_urls,
    *peers.desk_urls,
    *related.desk_urls,
]
