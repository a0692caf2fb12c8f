"""The kinds of words that the Centre keeps of itself, each with what it says of its pages."""

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.audit.words import last_place
from core.templatetags import ui
from core.views.own_words import Kind, with_slug
from shsp.centre.forms import BannerForm, CentreForm, FooterLineForm, PeriodForm
from shsp.centre.words import forget
from shsp.models import Banner, Centre, FooterLine, Period


def _forget(_row: object) -> None:
    forget()


def _duty(line: FooterLine) -> list[str]:
    return [say("The law wants this line at the foot of every page.")] if line.is_duty else []


CENTRE = Kind(
    name="centre",
    plural="centre",
    model=Centre,
    form=CentreForm,
    permission=Permission.MANAGE_SITE,
    heading=_("The Centre's contacts"),
    lead=_("All pages and mails show them at once. What is empty is shown nowhere."),
    new=_("The Centre's contacts"),
    edit=_("The Centre's contacts"),
    after=_forget,
    is_single=True,
)
PERIODS = Kind(
    name="period",
    plural="periods",
    model=Period,
    form=PeriodForm,
    permission=Permission.MANAGE_SITE,
    heading=_("Periods of the project"),
    lead=_(
        "Projects that ran the Centre, and the one that runs it now. The EU line stays as the law has it."
    ),
    new=_("Add a period"),
    edit=_("Period"),
    columns=(
        (_("Began"), lambda row: ui.partial_date(row.starts_on, row.starts_precision)),
        (_("Ended"), lambda row: row.ends_on and ui.partial_date(row.ends_on, row.ends_precision)),
    ),
    begin=with_slug(Period, "title_en"),
    after=_forget,
)
BANNERS = Kind(
    name="banner",
    plural="banners",
    model=Banner,
    form=BannerForm,
    permission=Permission.MANAGE_SITE,
    heading=_("Banners"),
    lead=_("One plain sentence on top of the pages, for a time: an outage, a closed line, a new address."),
    new=_("Add a banner"),
    edit=_("Banner"),
    columns=(
        (_("Where it stands"), lambda row: row.get_place_display()),
        (_("Shown from"), lambda row: ui.when(row.starts_at)),
        (_("Shown until"), lambda row: ui.when(row.ends_at)),
    ),
    after=_forget,
)
FOOTER = Kind(
    name="footer-line",
    plural="footer-lines",
    model=FooterLine,
    form=FooterLineForm,
    permission=Permission.MANAGE_SITE,
    heading=_("Lines of the footer"),
    lead=_("Links and words at the foot of every public page. The EU line stays as the law has it."),
    new=_("Add a line"),
    edit=_("Line"),
    columns=((_("Where it leads"), lambda row: row.address or "–"),),
    begin=with_slug(FooterLine, "text_en", position=lambda: last_place(FooterLine)),
    against_retiring=_duty,
    after=_forget,
)
KINDS = (CENTRE, PERIODS, BANNERS, FOOTER)
