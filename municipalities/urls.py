"""Addresses of municipalities, gathered from the capabilities."""

from municipalities.comparison import urls as comparison
from municipalities.exchange import urls as exchange
from municipalities.figures import urls as figures
from municipalities.people import urls as people
from municipalities.places import urls as places
from municipalities.places.offices import urls as offices
from municipalities.practices import urls as practices
from municipalities.programmes import urls as programmes
from municipalities.returns import urls as returns
from municipalities.timeline import urls as timeline

# What stands before `municipalities/<slug>/` comes first.
of_public = (comparison, places, offices, practices, timeline, programmes, figures)
public_urls = [url for capability in of_public for url in capability.public_urls]
of_my = (timeline, people, programmes, returns, practices, exchange)
of_desk = (offices, timeline, people, programmes, figures, returns, practices, exchange)
my_urls = [url for capability in of_my for url in capability.my_urls]
desk_urls = [url for capability in of_desk for url in capability.desk_urls]
