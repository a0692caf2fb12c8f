"""A form that was sent after its login had ended: kept, and put back into its page after the next login.

It waits in the browser's session, sealed with the token of a device on which its writer has logged in. So
nobody else who logs in there can open it, and nobody who reads the database; secrets and files are not kept.
"""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from cryptography.fernet import Fernet, InvalidToken
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.adapters import DEVICE_COOKIE, knows_device
from accounts.models import User
from core.views.methods import methods_of

KEPT = "unsent_form"
KEPT_SECONDS = 12 * 3600
# The longest form of ours, filled to its limits, is shorter.
MOST_CHARACTERS = 300_000
SECRET = re.compile(r"password|csrf|^code$")
# What scripts send by themselves; no person waits for the page.
BY_SCRIPT = ("X-Requested-With", "X-Background", "HX-Request")

MAIN = re.compile(r'<main id="main" tabindex="-1">\s*(<div class="wrap">)?')
# What a page itself puts into a form, by the name or the value.
MADE_NAME = re.compile(r"_key|token|version|seen|^send$")
MADE_VALUE = re.compile(r"[a-z0-9_.:/-]*", re.ASCII)
# Characters that no HTML holds.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_FILLED = ("file", "password", "submit", "button")

Fields = dict[str, list[str]]


class LoginRequired(LoginRequiredMiddleware):
    """Django's, but a form that comes too late is kept, and the login leads to the page where it stands."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        if request.method != "POST" or _is_by_script(request):
            return super().handle_no_permission(request, view_func)
        page = keep(request)
        if KEPT in request.session:
            messages.info(request, _("What you sent has been kept: log in, and its form is filled in again."))
        return redirect_to_login(page, reverse("account_login"))


def _is_by_script(request: HttpRequest) -> bool:
    return any(name in request.headers for name in BY_SCRIPT)


def keep(request: HttpRequest) -> str:
    """Keep the form of a POST for its writer, in place of an earlier one; return its page's address."""
    page = _page_of(request)
    fields = {name: values for name, values in request.POST.lists() if not SECRET.search(name)}
    form = json.dumps({"page": page, "action": request.path, "fields": fields}, ensure_ascii=False)
    device = request.COOKIES.get(DEVICE_COOKIE, "")
    if fields and len(form) <= MOST_CHARACTERS and _is_somebodys(device):
        request.session[KEPT] = _seal(device).encrypt(form.encode()).decode()
    return page


def _is_somebodys(device: str) -> bool:
    """Tell whether an account has logged in on the device: strangers fill no table of ours."""
    emails = User.objects.active().values_list("email", flat=True) if device else []
    return any(knows_device(device, email) for email in emails)


def _page_of(request: HttpRequest) -> str:
    """Return the page of a form: where it was sent to, where it was sent from, else the nearest above."""
    sender = urlsplit(request.headers.get("Referer", ""))
    if sender.path != request.path and _is_page(request.path):
        # A page that fetched the form would come without it.
        return request.path
    if sender.netloc == request.get_host() and _is_page(sender.path):
        return f"{sender.path}?{sender.query}".removesuffix("?")
    page = request.path
    while page != "/" and not _is_page(page):
        page = page.rstrip("/").rpartition("/")[0] + "/"
    return page


def _is_page(path: str) -> bool:
    try:
        return "GET" in methods_of(resolve(path).func)
    except Resolver404:
        return False


def _seal(device: str) -> Fernet:
    key = salted_hmac("accounts.unsent_forms", device, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))


def give_back(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Fill a kept form in again, once, when its writer opens its page; for anybody else it is thrown away."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_opened = request.method == "GET" and not _is_by_script(request)
        if is_opened and request.user.is_authenticated and KEPT in request.session:
            _give_back(request, response, request.user.email)
        return response

    return middleware


def _give_back(request: HttpRequest, response: HttpResponse, email: str) -> None:
    kept = _open(request, email)
    if kept is None:
        del request.session[KEPT]
    elif response.status_code == 200 and request.path == urlsplit(kept["page"]).path:
        del request.session[KEPT]
        page, left = fill(response.content.decode(), request.path, kept["action"], kept["fields"])
        notice = render_to_string("accounts/unsent_form.html", {"typed": left}, request)
        response.content = MAIN.sub(lambda main: main[0] + notice, page, count=1)


def _open(request: HttpRequest, email: str) -> dict[str, Any] | None:
    device = request.COOKIES.get(DEVICE_COOKIE, "")
    if not knows_device(device, email):
        return None
    try:
        return json.loads(_seal(device).decrypt(request.session[KEPT], ttl=KEPT_SECONDS))
    except InvalidToken:
        return None


def fill(page: str, path: str, action: str, fields: Fields) -> tuple[str, list[str]]:
    """Fill `fields` into the form of the HTML `page` at `path` that is sent to the address `action`.

    Return the page, with what was folded around the words open, and the texts that found no place in it.
    """
    left = {name: list(values) for name, values in fields.items()}
    document = lxml.html.document_fromstring(page)
    fitting = [form for form in document.forms if action in _addresses(form, path)]
    if fitting:
        form = max(fitting, key=lambda one: len(set(one.inputs.keys()) & set(fields)))
        for folded in form.iterancestors("details"):
            _unfold(folded)
        for box in form.iter("input", "select", "textarea"):
            if box.get("type") in NOT_FILLED:
                left.pop(box.name, None)
            elif box.name in left:
                _fill_box(box, left[box.name])
            elif box.get("type") == "checkbox":
                box.checked = False
        page = lxml.html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
    return page, typed(left)


def _unfold(folded: lxml.html.HtmlElement) -> None:
    """Open a folded part, and shut those that a browser keeps shut meanwhile: it would keep the first one."""
    for other in folded.xpath("//details[@name = $name]", name=folded.get("name", "")):
        other.attrib.pop("open", None)
    folded.set("open", "")


def typed(fields: Fields) -> list[str]:
    """Return the texts that somebody typed into a form: no secrets, nothing that the page put there."""
    names = [name for name in fields if not SECRET.search(name) and not MADE_NAME.search(name)]
    texts = [text for name in names for text in fields[name]]
    return [text for text in texts if not MADE_VALUE.fullmatch(text.strip())]


def _addresses(form: lxml.html.FormElement, path: str) -> set[str]:
    """Return where a form, or a button of it, sends what was typed."""
    own = form.get("action") or path
    return {urlsplit(url).path for url in [own, *form.xpath(".//@formaction")]}


def _fill_box(box: Any, values: list[str]) -> None:
    """Give one box its value, and take that from what is left; what a choice does not offer stays left."""
    if box.get("type") in ("checkbox", "radio"):
        chosen = [value for value in values if value == box.get("value", "on")]
        box.checked = bool(chosen)
    elif box.tag == "select":
        chosen = [value for value in box.value_options if value in values]
        for option in box.iter("option"):
            option.attrib.pop("selected", None)
            if option.get("value", option.text) in chosen:
                option.set("selected", "")
    else:
        chosen = values[:1]
        # HTML drops the first line end of a text.
        text = UNSEEN.sub("", "".join(chosen))
        box.value = text if box.tag == "input" else f"\n{text}"
    if any(chosen) and box.get("type") != "hidden":
        for folded in box.iterancestors("details"):
            folded.set("open", "")
    for value in set(chosen) & set(values):
        values.remove(value)
