import lxml.html
import pytest
from django.urls import reverse

from shsp.centre.hub import GROUPS
from shsp.centre.loading import load

pytestmark = pytest.mark.django_db


def crumbs(client, address):
    tree = lxml.html.document_fromstring(client.get(address).content)
    return [link.get("href") for link in tree.xpath("//nav[@class='crumbs no-print']//a")]


def test_every_page_behind_the_hub_leads_back_to_it(log_in):
    load()
    hub = reverse("desk-settings")
    client, me = log_in("administrator")
    entries = [entry for _title, group in GROUPS for entry in group if me.has(entry.permission)]
    for entry in entries:
        assert crumbs(client, reverse(entry.route)).count(hub) == 1, entry.route
    assert crumbs(client, reverse("desk-banner-new")) == [reverse("desk"), hub, reverse("desk-banners")]
    assert hub not in crumbs(client, hub)
    assert hub not in crumbs(client, reverse("desk-requests"))


@pytest.mark.parametrize(
    ("role", "missing"),
    [
        (
            "administrator",
            {
                "desk-offices",
                "desk-hosts",
                "desk-workshops",
                "desk-library",
                "desk-expert-group",
                "desk-reviews",
            },
        ),
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
                "desk-visit-themes",
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
