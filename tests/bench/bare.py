"""What the portal is measured against: Django without middleware, and a list of 25 rows in plain SQL.

Run as a program of its own: `granian --interface wsgi tests.bench.bare:application`.
"""

from html import escape

import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

# The same filter, order and number of rows as PAGES["filtered list"] has.
LIST = """
SELECT r.id, r.subject, r.state, r.received_at, p.name, m.name FROM consultations_supportrequest r
JOIN consultations_person p ON p.id = r.requester_id
LEFT JOIN municipalities_municipality m ON m.id = r.municipality_id
WHERE r.state = 'closed' AND r.channel = 'phone_in' ORDER BY r.id DESC LIMIT 25
"""


def bare(request: HttpRequest) -> HttpResponse:
    """The least that Django can do."""
    return HttpResponse("<h1>bare</h1>")


def plain_list(request: HttpRequest) -> HttpResponse:
    """A list page without the portal: one query, cells joined by hand."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(LIST)
        rows = cursor.fetchall()
    cells = ("".join(f"<td>{escape(str(cell))}</td>" for cell in row) for row in rows)
    return HttpResponse("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")


urlpatterns = [path("", bare), path("list", plain_list)]

if not settings.configured:
    database = {**environ.Env().db_url("DATABASE_URL"), "CONN_MAX_AGE": 60}
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], DATABASES={"default": database})
    application = get_wsgi_application()
