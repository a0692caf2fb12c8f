"""Who is told of programmes: the desk that one is to be published, whoever asked for it that it is."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from core.notices.actions import notify, tell
from core.notices.kinds import How, Kind
from municipalities.models import Programme

PUBLISHED, ASKED = "municipalities/programme_published", "municipalities/programme_asked"

KINDS = (
    Kind(
        key=PUBLISHED,
        label=_("Our programme is public"),
        sentence=_("The programme of %(place)s is public."),
        permission=Permission.SPEAK_FOR_MUNICIPALITY,
        usual=How.AT_ONCE,
        template=PUBLISHED,
    ),
    Kind(
        key=ASKED,
        label=_("A municipality wants its programme published"),
        sentence=_("A programme is to be published: %(place)s."),
        permission=Permission.EDIT_MUNICIPALITY,
    ),
)


def published(programme: Programme, to: User) -> None:
    """Tell the official who asked for it that the programme is public."""
    place = programme.municipality
    notify(PUBLISHED, programme, to, place.get_absolute_url, place=place.name)


def asked(programme: Programme, *, by: User) -> None:
    """Tell the desk that an official wants a programme published."""
    told = {ASKED: User.objects.who_may(Permission.EDIT_MUNICIPALITY)}
    place = programme.municipality
    link = partial(reverse, "desk-programme", args=[place.slug, programme.pk])
    tell(programme, told, link=link, by=by, place=place.name)
