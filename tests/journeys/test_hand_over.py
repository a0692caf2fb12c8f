"""Somebody leaves a municipality: the coordinator hands over, the successor goes on, the leaver is out."""

from datetime import timedelta

from django.utils import timezone

from consultations.models import SupportRequest
from tests.consultations.requests.actions.test_hand_over import asked
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in


def test_a_hand_over_at_the_desk(new_page: NewPage, transactional_db: None) -> None:
    began = timezone.localdate() - timedelta(days=300)
    leaver = MembershipFactory(
        municipality=MunicipalityFactory(name="Lhota", slug="lhota"), user__name="Eva Malá", starts_on=began
    )
    successor = UserFactory(official=True, name="Jan Nový")
    case = asked(leaver, subject="Jak sestavit program")
    closed = asked(leaver, subject="Co už je hotové", open=False, closed=True)

    gone = new_page(width=390)
    log_in(gone, leaver.user)
    gone.goto(f"/cs/my/requests/{case.reference}/")

    desk = new_page()
    log_in(desk, UserFactory(coordinator=True))
    desk.goto("/cs/desk/municipalities/lhota/")
    desk.get_by_role("link", name="Předat – Eva Malá").click()
    assert_accessible(desk)
    desk.fill("[name=email]", successor.email)
    desk.click("[name=continue]")
    assert case.subject in desk.inner_text("main")
    assert_accessible(desk)
    desk.click("[name=confirm]")
    assert "Jan Nový" in desk.inner_text("main")

    page = new_page(width=390)
    log_in(page, successor)
    page.goto("/cs/my/timeline/")
    told = page.inner_text("main")
    assert case.subject in told
    assert closed.subject in told
    assert_accessible(page)
    assert_fits(page)
    page.goto("/cs/my/people/")
    assert "Eva Malá" in page.inner_text("main")
    assert_accessible(page)
    assert_fits(page)
    page.goto(f"/cs/my/requests/{case.reference}/")
    page.fill("[name=text]", "Navazuji na kolegyni.")
    page.locator("main [name=text]").press("Control+Enter")
    page.wait_for_url("**?sent=1")
    assert SupportRequest.objects.get(pk=case.pk).requester.user == successor

    assert gone.goto(f"/cs/my/requests/{case.reference}/").status == 404
    assert gone.goto("/cs/my/timeline/?municipality=lhota").status == 404
    assert gone.goto(f"/cs/requests/{case.link_token}/").status == 404
