"""What somebody has changed who goes back to a form that was received, and sends it again."""

from datetime import date
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from consultations.models import SupportRequest
from consultations.requests.clock import HOME
from core.templatetags.ui import day


def correction(form: Form, case: SupportRequest) -> str:
    """Return what the valid `form` says otherwise than `case`, which came with it: the new text first."""
    before, clean = _as_received(case), form.cleaned_data
    changed = [name for name in before if name in form.fields and clean[name] != before[name]]
    lines = [f"{form.fields[name].label}: {_told(form, name)}" for name in changed if name != "text"]
    return "\n".join([*([clean["text"], ""] if "text" in changed else []), *lines]).strip()


def home_of(form: Form) -> dict[str, Any]:
    """Return when they lose their home, where the valid `form` says that they do."""
    return {name: form.cleaned_data[name] for name in HOME} if form.cleaned_data["home_loss"] else {}


def _as_received(case: SupportRequest) -> dict[str, Any]:
    own = "requester_kind municipality topic subject consent_publish is_personal home_loss home_at_risk_by"
    whose = "name email phone organisation"
    return {
        "text": case.contacts.earliest("pk").text,
        **{name: getattr(case, name) for name in own.split()},
        **{name: getattr(case.requester, name) for name in whose.split()},
    }


def _told(form: Form, name: str) -> str:
    value, choices = form.cleaned_data[name], getattr(form.fields[name], "choices", None)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day(value)
    if isinstance(choices, list):
        value = dict(choices)[value]
    return str(value or _("nothing"))
