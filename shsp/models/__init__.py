"""What the Centre says of itself: its facts, its periods, banners, the footer."""

from shsp.models.banner import Banner
from shsp.models.centre import Centre, Period
from shsp.models.footer import FooterLine
