"""The addresses of visits, gathered from the capabilities."""

from accounts.access import requires
from core.views.own_words import own_words_urls
from visits.attendance import urls as attendance
from visits.deliveries import urls as deliveries
from visits.hosts.kind import HOSTS
from visits.lessons import urls as lessons
from visits.pages import urls as pages
from visits.plans import urls as plans
from visits.reports import urls as reports

public_urls = [*deliveries.public_urls, *reports.public_urls, *pages.public_urls]
my_urls = [*pages.my_urls, *attendance.my_urls, *deliveries.my_urls, *lessons.my_urls]
desk_urls = [
    *plans.desk_urls,
    *pages.desk_urls,
    *attendance.desk_urls,
    *reports.desk_urls,
    *lessons.desk_urls,
    *deliveries.desk_urls,
    *own_words_urls(HOSTS, requires),
]
