import pytest
from django.urls import reverse

from shsp.centre.hub import GROUPS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "missing"),
    [
        ("administrator", {"desk-offices"}),
        (
            "consultant",
            {
                "desk-centre",
                "desk-periods",
                "desk-banners",
                "desk-footer-lines",
                "desk-site-pages",
                "desk-help-pages",
                "desk-topics",
                "desk-target-groups",
                "desk-audiences",
                "desk-material-audiences",
                "desk-hosts",
                "desk-topic-days",
                "desk-indicators",
                "people:people",
            },
        ),
    ],
)
def test_the_hub_shows_what_one_may_keep(log_in, role, missing):
    html = log_in(role)[0].get(reverse("desk-settings")).content.decode()
    entries = [entry for _title, group in GROUPS for entry in group]
    shown = {entry.route for entry in entries if f'<a href="{reverse(entry.route)}">' in html}
    assert shown == {entry.route for entry in entries} - missing
