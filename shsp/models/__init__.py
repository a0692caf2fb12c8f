"""What the Centre says of itself: its facts, its periods, banners, the footer, the site's pages."""

from shsp.models.banner import Banner
from shsp.models.centre import Centre, Period
from shsp.models.footer import FooterLine
from shsp.models.help import HelpEdition, HelpJustification, HelpText
from shsp.models.page import PageEdition, PageJustification, SitePage
