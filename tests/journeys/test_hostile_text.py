"""Text that tries to run is shown as it was typed, and the content policy has nothing to stop."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page

import consultations.requests.loading
from consultations.choices import RequesterKind
from consultations.intake.actions.requester import Intake, receive
from municipalities.models import Municipality
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory
from tests.journeys.conftest import NewPage, log_in

PAYLOADS = [
    "<script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    "<svg/onload=window.__xss=1>",
    '"><details open ontoggle=window.__xss=1>',
    "'-window.__xss=1-'",
    "<math><mtext><style><img src onerror=window.__xss=1></style>",
    "<iframe srcdoc='<script>parent.__xss=1</script>'>",
    "<a href=javascript:window.__xss=1>x</a>",
    "{{constructor.constructor('window.__xss=1')()}}",
    "<style>*{background:url(//evil.example)}</style>",
    "\u202e<b>&lt;script&gt;",
    "<form action=//evil.example><button>x",
]
HOSTILE = " ".join(PAYLOADS)
WATCH = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', e => window.__violations.push(e.violatedDirective));
"""


def test_hostile_text_is_shown_and_never_runs(new_page: NewPage, transactional_db: None):
    consultations.requests.loading.load()
    official = MembershipFactory().user
    case = receive(a_hostile_request(official), by=official)
    consultant = UserFactory(name=PAYLOADS[1], email="consultant@example.org")

    pages = {
        new_page(): [case.get_link(), "/cs/search/?q=" + PAYLOADS[0]],
        signed_in(new_page(), consultant): [
            "/cs/desk/",
            "/cs/desk/requests/",
            f"/cs/desk/requests/?q={PAYLOADS[1]}",
            case.get_desk_url(),
            f"{case.get_desk_url()}details/",
            "/cs/desk/search/?q=window",
            "/cs/desk/outbox/",
            f"/cs/desk/municipalities/{case.municipality.slug}/",
        ],
        signed_in(new_page(), official): [
            "/cs/my/",
            "/cs/my/requests/",
            case.get_my_url(),
            "/cs/my/timeline/",
        ],
    }

    for page, addresses in pages.items():
        page.add_init_script(WATCH)
        for address in addresses:
            page.goto(address)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("[window.__xss ?? null, window.__violations]") == [None, []], address
    shown = Client().get(case.get_link()).content.decode()
    assert "&lt;script&gt;window.__xss=1&lt;/script&gt;" in shown


def a_hostile_request(official: Any) -> Intake:
    """Return a request whose every text is hostile."""
    return Intake(
        requester_kind=RequesterKind.MUNICIPALITY,
        subject=HOSTILE[:160],
        text=HOSTILE,
        name=HOSTILE[:120],
        email="hostile@example.org",
        organisation=HOSTILE[:160],
        municipality=official_municipality(official),
        files=(SimpleUploadedFile("<img src=x onerror=window.__xss=1>.txt", b"text"),),
        is_official=True,
    )


def official_municipality(official: Any) -> Any:
    """Return the municipality that an official speaks for."""
    return Municipality.objects.spoken_for_by(official).get()


def signed_in(page: Page, user: Any) -> Page:
    """Log in and return the page."""
    log_in(page, user)
    return page
