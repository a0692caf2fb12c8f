"""Addresses of municipalities, gathered from the capabilities."""

from municipalities.comparison import urls as comparison
from municipalities.exchange import urls as exchange
from municipalities.figures import urls as figures
from municipalities.people import urls as people
from municipalities.places import urls as places
from municipalities.practices import urls as practices
from municipalities.programmes import urls as programmes
from municipalities.returns import urls as returns
from municipalities.timeline import urls as timeline

# What stands before `municipalities/<slug>/` comes first.
public_urls = [
    *comparison.public_urls,
    *places.public_urls,
    *practices.public_urls,
    *timeline.public_urls,
    *programmes.public_urls,
    *figures.public_urls,
]
my_urls = [
    *timeline.my_urls,
    *people.my_urls,
    *programmes.my_urls,
    *returns.my_urls,
    *practices.my_urls,
    *exchange.my_urls,
]
desk_urls = [
    *timeline.desk_urls,
    *people.desk_urls,
    *programmes.desk_urls,
    *figures.desk_urls,
    *returns.desk_urls,
    *practices.desk_urls,
    *exchange.desk_urls,
]
