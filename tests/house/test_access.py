"""Every address × every role, against one literal table. An address that is missing here fails."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.permissions import PERMISSIONS_OF, Permission, Role
from consultations.models import ContactFile
from shsp.routes import Route, routes
from tests.factories.municipalities import MembershipFactory
from tests.world import build

# Who may open what. Read it as a person: is this what we want?
TABLE = {
    "public": """
        programme-file link link-page link-one-click visit-subscribe visit-subscribe-asked
        healthz readyz robots favicon security-contact
        home search about help-now help-easy help-ukrainian help-places help-easy-places
        help-ukrainian-places privacy accessibility credits components ask ask-similar
        expert expert-decline expert-file
        request request-received request-withdraw request-deletion request-file summaries summary
        summary-helpful summary-mistake request-rating
        find request-reach request-code request-code-drop municipalities municipality-options municipality
        comparison comparison-csv comparison-xlsx
        municipalities-like-mine municipality-like
        materials library library-document library-file expert-group
        material visits visit host accounts:accept-invitation account_login account_logout
        account_inactive account_signup account_reset_password account_reset_password_done
        account_reset_password_from_key_done account_reset_password_from_key mfa_authenticate
        municipality-figures municipality-figures-csv
        practices practice practice-lessons practice-ledger
        office-report office-reported
        visit-report visit-report-pdf visit-report-file
        material-found material-edition material-edition-whole material-edition-pdf material-edition-figure
        material-edition-file material-chapter material-text-reads material-text-helpful
        material-text-mistake material-edition-cite
    """,
    "speak_for_municipality": """
        my my-visits my-requests my-ask my-request my-request-withdraw my-request-file my-timeline
        my-request-rating
        my-returns my-return my-return-save my-return-take-back
        my-programmes my-programme my-programme-new my-programme-edit my-programme-discard
        my-programme-ask my-programme-take-back my-programme-phase-new my-programme-phase
        my-programme-phase-remove my-office my-office-new my-office-edit my-office-check
        my-help my-help-question my-help-decline my-help-limit
        my-practices my-practice my-practice-new my-practice-edit my-practice-submit
        my-practice-justify
        my-practice-new-edition my-adoptions my-adoption-mark my-adoption-undo
        my-people
        my-visit my-visit-decline my-visit-reconsider my-visit-ask my-visit-person my-visit-person-up
        my-visit-person-give-up my-visit-question my-visit-question-withdraw
        my-lesson my-lesson-came
        my-delivery my-delivery-ask my-visit-reports my-visit-report-end
    """,
    "view_requests": """
        desk-mail desk-mail-dead desk-mail-message desk-mail-raw desk-mail-file
        desk-watching desk-request-presence desk-request-watch desk-request-unwatch
        desk-search desk-palette desk-requests desk-file desk-request desk-request-similar desk-export
        desk-filters
        desk-request-summaries desk-request-history
        desk-filter-save desk-filter-rename desk-filter-share desk-filter-up desk-filter-remove
        desk-filter-restore desk-request-previous desk-request-next
        desk-plan desk-related desk-person
        desk-peers desk-peer
        desk-experts desk-expert desk-readings desk-reading desk-reading-approve desk-reading-send-back
    """,
    "view_outbox": """
        outbox outbox-message
    """,
    "resend_mail": """
        outbox-send-again
    """,
    "edit_municipality": """
        desk-programme-new desk-programme-edit desk-programme-discard desk-programme-publish
        desk-programme-unpublish desk-programme-phase-new desk-programme-phase
        desk-programme-phase-remove desk-office
        desk-figure-new desk-figure-correct desk-figure-take-back
        desk-adoption-mark desk-adoption-undo
        desk-offices desk-offices-csv desk-office-new desk-offices-import desk-offices-template
        desk-office-edit desk-office-check desk-office-close desk-office-reopen
        desk-office-reports desk-office-settle
    """,
    "view_desk": """
        desk-settings desk-law desk-provision desk-to-check desk-to-check-put-off
        desk-programmes desk-programme
        desk-duty desk-absence-new desk-absence-undo desk-absence desk-absence-end desk-absence-remove
        desk-prepared desk-time desk-time-export desk-keys desk-keys-switch
        desk desk-summaries desk-summary desk-summary-compare desk-municipalities desk-municipality
        desk-figures desk-figure desk-returns desk-return-period desk-return
        desk-return-period-csv
        desk-practices desk-practice desk-practice-compare desk-practice-ledger
        desk-site-pages desk-site-page desk-site-page-compare
        desk-help-pages desk-help-page desk-help-page-compare
        desk-visit-reports desk-visit-report desk-visit-report-compare
        desk-visit-report-part-versions desk-visit-report-part-file
        desk-visits desk-visit desk-materials desk-material
        desk-material-texts desk-material-text desk-material-text-whole desk-material-text-compare
        desk-material-text-part-file desk-material-text-part-versions
        desk-deliveries desk-deliveries-matrix desk-delivery
    """,
    "manage_visits": """
        desk-hosts desk-host-new desk-host-edit desk-host-use desk-host-move desk-host-put-back
        desk-visit-new desk-visit-edit desk-visit-put-back desk-visit-go desk-visit-cancel desk-visit-copy
        desk-visit-item-new desk-visit-item desk-visit-item-move desk-visit-item-remove
        desk-lessons desk-visit-propose desk-lesson desk-lesson-came desk-lesson-take-back
        desk-lesson-practice
        desk-workshops desk-workshop-new desk-workshop-edit desk-workshop-use desk-workshop-put-back
        desk-visit-invite desk-visit-invite-take-back
        desk-visit-person-new desk-visit-confirm-all desk-visit-travel-sheet
        desk-visit-participants desk-visit-attendance desk-visit-tick desk-visit-note
        desk-attendee-confirm desk-attendee-wait desk-attendee-refuse
        desk-invitation desk-invitation-decline desk-invitation-reconsider desk-invitation-ask
        desk-invitation-places desk-invitation-remind desk-invitation-take-back
        desk-invitation-person desk-invitation-person-up
        desk-invitation-person-give-up desk-invitation-question desk-invitation-question-withdraw
        desk-deliveries-bulk desk-delivery-mend desk-delivery-again desk-delivery-phone desk-delivery-told
    """,
    "manage_materials": """
        desk-material-new desk-material-edit desk-material-put-back desk-material-go desk-material-use
        desk-contract-new desk-contract desk-contract-remove
        desk-library desk-library-new desk-library-document desk-library-put-back desk-library-use
        desk-shelves desk-shelf-new desk-shelf-edit desk-shelf-use desk-shelf-move desk-shelf-put-back
        desk-expert-group desk-group-member-new desk-group-member-edit desk-group-member-use
        desk-group-member-put-back
        desk-reviews desk-review-open desk-review desk-review-prolong desk-review-add desk-review-close
        desk-review-changes desk-review-remarks desk-review-figure desk-review-file
        desk-reviewer-call desk-reviewer-remind desk-reviewer-link desk-reviewer-revoke
        desk-remark-settle desk-remark-open-again
        desk-confirmations desk-confirmation-ask-again desk-confirmation-revoke desk-confirmation-waive
    """,
    "manage_returns": """
        desk-return-open desk-return-close desk-return-reopen desk-return-remind-all desk-return-add
        desk-return-remind desk-return-accept desk-return-send-back
    """,
    "manage_site": """
        desk-site-page-edit desk-site-page-justify desk-site-page-submit desk-site-page-publish
        desk-site-page-plan desk-site-page-send-back desk-site-page-withdraw desk-site-page-new-edition
        desk-site-page-look-after
        desk-help-page-edit desk-help-page-edit-part desk-help-page-justify desk-help-page-submit
        desk-help-page-publish
        desk-help-page-plan desk-help-page-send-back desk-help-page-withdraw desk-help-page-new-edition
        desk-help-page-look-after
        desk-centre desk-centre-put-back
        desk-topics desk-topic-new desk-topic-edit desk-topic-use desk-topic-move desk-topic-put-back
        desk-topic-merge
        desk-target-groups desk-target-group-new desk-target-group-edit desk-target-group-use
        desk-target-group-move desk-target-group-put-back desk-target-group-merge
        desk-audiences desk-audience-new desk-audience-edit desk-audience-use desk-audience-move
        desk-audience-put-back desk-audience-merge
        desk-material-audiences desk-material-audience-new desk-material-audience-edit
        desk-material-audience-use desk-material-audience-move desk-material-audience-put-back
        desk-material-audience-merge
        desk-visit-themes desk-visit-theme-new desk-visit-theme-edit desk-visit-theme-use
        desk-visit-theme-move desk-visit-theme-put-back desk-visit-theme-merge
        desk-periods desk-period-new desk-period-edit desk-period-use desk-period-put-back
        desk-banners desk-banner-new desk-banner-edit desk-banner-use desk-banner-put-back
        desk-footer-lines desk-footer-line-new desk-footer-line-edit desk-footer-line-use
        desk-footer-line-move desk-footer-line-put-back
    """,
    "keep_law": """
        desk-provision-new desk-provision-edit desk-provision-use desk-provision-put-back
        desk-provision-merge desk-provision-change desk-to-check-settle desk-to-check-reopen
    """,
    "write_prepared": """
        desk-prepared-new desk-prepared-edit desk-prepared-retire desk-prepared-take-up
    """,
    "manage_indicators": """
        desk-indicators desk-indicator-new desk-indicator-edit desk-indicator-use
    """,
    "write_practice": """
        desk-practice-new desk-practice-edit desk-practice-submit desk-practice-new-edition
        desk-practice-look-after
        desk-practice-justify
    """,
    "approve_practice": """
        desk-practice-publish desk-practice-plan desk-practice-send-back desk-practice-assess
        desk-practice-withdraw
    """,
    "write_report": """
        desk-visit-report-begin desk-visit-report-edit desk-visit-report-justify desk-visit-report-submit
        desk-visit-report-new-edition desk-visit-report-look-after
        desk-visit-report-part-hold desk-visit-report-part-let-go desk-visit-report-part-put-back
        desk-visit-report-questions desk-visit-report-pdf
        desk-visit-report-part desk-visit-report-part-new desk-visit-report-part-remove
        desk-visit-report-part-move
    """,
    "write_material": """
        desk-material-text-begin desk-material-text-paste desk-material-text-edit desk-material-text-justify
        desk-material-text-submit desk-material-text-new-edition desk-material-text-look-after
        desk-material-text-settle desk-material-text-import
        desk-material-text-part desk-material-text-part-new desk-material-text-part-remove
        desk-material-text-part-move desk-material-text-part-hold desk-material-text-part-let-go
        desk-material-text-part-put-back
    """,
    "approve_material": """
        desk-material-text-publish desk-material-text-plan desk-material-text-send-back
        desk-material-text-withdraw
    """,
    "approve_report": """
        desk-visit-report-publish desk-visit-report-plan desk-visit-report-send-back
        desk-visit-report-withdraw
    """,
    "log_request": """
        desk-log desk-log-people
    """,
    "answer_request": """
        desk-bulk desk-bulk-undo
        desk-mail-place desk-mail-request desk-mail-discard desk-mail-undo desk-mail-read-again
        desk-mail-revive desk-request-confirm-guess desk-request-drop-guess
        desk-request-draft desk-request-prepared desk-request-preview
        desk-request-details desk-request-answer desk-request-add-to-answer desk-request-ask-back
        desk-request-snooze desk-request-unsnooze desk-request-mark-read desk-request-mark-unread
        desk-request-note desk-request-contact desk-request-take desk-request-go-on
        desk-request-wait-for-expert desk-request-refer desk-request-close desk-request-reopen
        desk-request-duplicate desk-request-spam desk-request-people desk-request-link
        desk-request-home-outcome desk-request-code
        desk-related-merge desk-related-link desk-related-split desk-related-undo desk-related-unlink
        desk-several desk-person-merge desk-person-undo
        desk-plan-open desk-plan-close desk-plan-reopen desk-plan-add desk-step-finish desk-step-change
        desk-step-drop desk-step-back
        desk-request-undo-answer
        desk-expert-write desk-expert-edit desk-expert-keep desk-expert-discard desk-expert-send
        desk-expert-remind desk-expert-prolong desk-expert-link desk-expert-revoke
        desk-peer-ask desk-peer-revoke
        desk-reading-ask desk-reading-withdraw desk-reading-send
    """,
    "assign_request": """
        desk-request-assign
    """,
    "view_sensitive": """
        desk-request-sensitive-note
    """,
    "write_summary": """
        desk-summary-new desk-summary-edit desk-summary-justify desk-summary-submit
        desk-summary-look-after
        desk-summary-new-edition desk-summary-link desk-summary-unlink desk-summary-settle
    """,
    "approve_summary": """
        desk-summary-publish desk-summary-plan desk-summary-send-back
    """,
    "withdraw_summary": """
        desk-summary-withdraw
    """,
    "use_exchange": """
        exchange exchange-new exchange-digest exchange-question exchange-mend exchange-take-back
        exchange-settle exchange-report exchange-thank
    """,
    "moderate_exchange": """
        desk-exchange-reports desk-exchange-dismiss desk-exchange-hide desk-exchange-restore
    """,
    "manage_memberships": """
        desk-municipality-person desk-municipality-person-end desk-topic-days
        desk-municipality-hand-over desk-duty-fill
    """,
    "invite_user": """
        people:people people:invite people:send-again people:revoke people:account
    """,
    "manage_users": """
        people:role people:do
    """,
    "signed in": """
        accounts:landing accounts:extend accounts:profile accounts:replace-second-factor
        accounts:notices accounts:bell accounts:notices-read accounts:notice-settings
        accounts:notice-settings-usual accounts:notice-open accounts:notice-read accounts:notice-unread
        account_reauthenticate account_change_password mfa_index mfa_reauthenticate
        mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes
        usersessions_list
    """,
}

WHO = {name: who for who, names in TABLE.items() for name in names.split()}
NOBODY = "visitor"
# Counts a reader's yes or no without a cookie; or comes of a mail program that has the secret of its address.
WITHOUT_TOKEN = {"summary-helpful", "material-text-helpful", "material-text-reads", "link-one-click"}
READERS = [NOBODY, *Role.values]


def test_every_address_is_in_the_table_with_its_mark():
    assert {route.name: route.who for route in routes()} == WHO


def test_every_mark_is_known():
    assert set(TABLE) <= {"public", "signed in", *Permission}


def an_address(route: Route) -> str:
    """Return an address of the route that names nothing that exists."""
    address = route.address.replace("<language>", "cs")
    address = re.sub(r"<int:\w+>", "987654321", address)
    address = re.sub(
        r"<(slug|str):\w+>", "SH-2026-987654321" if "reference" in address else "nothing-here", address
    )
    # Addresses written as regular expressions: the two of allauth and one of our own.
    address = address.replace("(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)", "1-nothing")
    address = re.sub(r"\(\?P<pk>[^)]*\)", "987654321", address)
    address = re.sub(r"\(\?P<\w+>([\w-]+)[^)]*\)", r"\1", address)
    return address.replace("^", "").replace("$", "")


def may(reader: str, who: str) -> bool:
    """Tell whether the table lets a reader through."""
    if who == "public":
        return True
    if reader == NOBODY:
        return False
    return who == "signed in" or Permission(who) in PERMISSIONS_OF[Role(reader)]


def attempts(route: Route) -> Iterator[str]:
    """Yield the methods to try: what the address answers, GET first."""
    yield from [method for method in ("GET", "POST") if method in route.methods]


@pytest.mark.parametrize("reader", READERS)
def test_each_address_opens_to_those_in_the_table_and_to_nobody_else(reader, log_in):
    wrong = []
    cookies = {} if reader == NOBODY else {name: c.value for name, c in log_in(reader)[0].cookies.items()}
    for route in routes():
        # A fresh browser for each address, and what it did is taken back: some of them end the session.
        client = Client()
        client.cookies.load(cookies)
        with transaction.atomic():
            for method in attempts(route):
                response = client.generic(method, an_address(route))
                if is_refusal(response, reader) == may(reader, route.who):
                    told = f"{response.status_code} {response.get('Location', '')}"
                    wrong.append(f"{method} {route.name}: {told}")
            transaction.set_rollback(True)
    assert wrong == []


def is_refusal(response, reader: str) -> bool:
    """Tell whether an answer turns the reader away: to the login page, or with 403."""
    if reader == NOBODY:
        return response.status_code == 302 and "/accounts/login/?next=" in response["Location"]
    return response.status_code == 403


@pytest.mark.once
@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_no_address_changes_anything_without_the_forms_token(role, log_in):
    _client, user = log_in(role)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    open_to_it = [route for route in routes() if "POST" in route.methods and may(role, route.who)]
    open_to_it = [route for route in open_to_it if route.name not in WITHOUT_TOKEN]

    answers = {route.name: client.post(an_address(route)).status_code for route in open_to_it}

    assert {name: status for name, status in answers.items() if status != 403} == {}


@pytest.fixture
def stranger(db: None) -> Client:
    """The browser of an official who speaks for another municipality than the world's."""
    client = Client()
    client.force_login(MembershipFactory().user)
    return client


# Names a published practice, which every official may mark for their own municipality.
OF_ALL = {"my-adoption-mark"}
EXCHANGE_NEWS = re.compile(r'<section aria-labelledby="news">.*?</section>', re.DOTALL)


def test_an_official_of_another_municipality_meets_404_at_every_address_of_a_row(stranger):
    world = build()
    file = ContactFile.objects.get(contact__request=world.request)
    reference = {"reference": world.request.reference}
    arguments = {
        **world.arguments,
        "my-request-rating": reference,
        "my-request-file": {**reference, "pk": file.pk},
    }
    wrong = []
    for route in routes():
        if route.who == Permission.SPEAK_FOR_MUNICIPALITY and route.name not in OF_ALL:
            # One that takes arguments and is missing in the world fails here.
            address = reverse(route.name, kwargs=arguments.get(route.name, {}))
            statuses = [stranger.generic(method, address).status_code for method in attempts(route)]
            if route.name in arguments and set(statuses) != {404}:
                wrong.append(f"{route.name}: {statuses}")

    assert wrong == []
    assert stranger.get(reverse("desk-file", kwargs={"pk": file.pk})).status_code == 403


def test_an_official_finds_nothing_of_another_municipality_on_any_page_of_their_own(stranger):
    world = build()
    place = world.request.municipality
    wrong = []
    for route in routes():
        if route.who == Permission.SPEAK_FOR_MUNICIPALITY and "<" not in route.address.replace(
            "<language>", ""
        ):
            for query in ("", f"?municipality={place.slug}"):
                response = stranger.get(reverse(route.name) + query)
                # All officials read the exchange, and who asks there.
                own = EXCHANGE_NEWS.sub("", response.content.decode())
                if response.status_code == 200 and place.name in own:
                    wrong.append(f"{route.name}{query}")

    assert wrong == []
