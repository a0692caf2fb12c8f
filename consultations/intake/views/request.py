"""The pages of one request, each with two doors: the private link, and the account of an official.

Behind the link nobody has an account: `reader` is None.
"""

from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, public, requires
from accounts.models import User
from accounts.permissions import Permission
from consultations.intake.actions import requester
from consultations.intake.actions.rating import rate, reasons_against_rating
from consultations.intake.conversation import (
    as_told,
    conversation,
    files_for_requester,
    split_off,
    state_sentence,
)
from consultations.intake.corrections import correction, home_of
from consultations.intake.forms.public import MatterForm, RatingForm, ReplyForm
from consultations.models import Contact, ContactFile, SupportRequest
from consultations.models.request import SupportRequestQuerySet
from consultations.requests import form_keys
from consultations.requests.clock import rule
from consultations.requests.queries import masked_phone
from core.files import attachments
from core.links import views as links
from core.templatetags.ui import mask_email
from core.views import limits
from core.views.verbs import run_verb, template_page


def _rows() -> SupportRequestQuerySet:
    return SupportRequest.objects.select_related(
        "requester", "municipality__region", "topic", "follows", "rating", "short_code"
    )


def by_link(view: View) -> View:
    """Open a page of a request to whoever has its private link."""
    return public(links.behind_link(_rows)(view))


def by_account(view: View) -> View:
    """Open a page of a request to the officials who may see it."""

    @requires(Permission.SPEAK_FOR_MUNICIPALITY)
    @wraps(view)
    def opened(request: UserRequest, reference: str, **arguments: Any) -> HttpResponseBase:
        case = get_object_or_404(_rows().visible_to(request.user).with_reference(reference))
        return view(request, case, reader=request.user, **arguments)

    return opened


def _address(case: SupportRequest, reader: User | None, page: str = "", *more: int) -> str:
    if reader:
        return reverse(f"my-request{page}", args=[case.reference, *more])
    return reverse(f"request{page}", args=[case.link_token, *more])


def page(request: HttpRequest, case: SupportRequest, reader: User | None = None) -> HttpResponse:
    """How it is going, what was said, and a box to reply in."""
    if request.method == "POST":
        return _reply(request, case, reader)
    return _show(request, case, reader, ReplyForm())


def _show(
    request: HttpRequest, case: SupportRequest, reader: User | None, form: ReplyForm, status: int = 200
) -> HttpResponse:
    # What was merged is read where it is now, under the address that was given for it.
    current, rating = case.survivor(), getattr(case, "rating", None)
    as_told(current)

    def file_url(file: ContactFile) -> str:
        return _address(case, reader, "-file", file.pk)

    context = {
        "case": case,
        "current": current,
        "sentence": state_sentence(current),
        "rule": rule() if current.is_home_in_danger and current.due_on else "",
        "said": conversation(current, file_url=file_url, reader=reader),
        "form": form,
        "against_replying": requester.reasons_against_replying(current),
        "begins_anew": requester.begins_anew(current),
        "parts": split_off(case, reader=reader),
        "can_withdraw": not requester.reasons_against_withdrawing(current),
        "can_ask_deletion": not requester.reasons_against_asking_deletion(current),
        **way_back(case),
        "rating": rating,
        "may_rate": not reasons_against_rating(case),
        "rating_url": _address(case, reader, "-rating"),
        "rating_form": RatingForm(
            initial={"sentence": rating.sentence if rating else ""}, auto_id="rating_%s"
        ),
    }
    template = "consultations/intake/my/request.html" if reader else "consultations/intake/request.html"
    return render(request, template, context, status=status)


def way_back(case: SupportRequest) -> dict[str, Any]:
    """Return what intake/way_back.html shows: how we reach the requester, and their short code."""
    person = case.requester
    known = {_("E-mail"): person.email and mask_email(person.email), _("Phone"): masked_phone(person.phone)}
    reach = [{"term": term, "value": value} for term, value in known.items() if value]
    return {"reach": reach, "code": getattr(case, "short_code", None)}


def _reply(request: HttpRequest, case: SupportRequest, reader: User | None) -> HttpResponse:
    first = requester.find_reply(case, form_keys.sent_key(request.POST))
    form = ReplyForm(request.POST, request.FILES)
    if first and form.says_no_more_than(first):
        return _after_reply(case, reader, first)
    if form.is_valid() and not _may_write(request, case, reader):
        form.add_error(None, _("You have written many times in the last hour. Please try it later."))
        return _show(request, case, reader, form, status=429)
    return run_verb(
        request,
        lambda: requester.reply(case, by=reader, **form.to_reply(first)),
        to=partial(_after_reply, case, reader),
        show=partial(_show, request, case, reader, form),
        form=form,
    )


def _may_write(request: HttpRequest, case: SupportRequest, reader: User | None) -> bool:
    """Count what is written behind a link, and tell whether it is not too much; accounts have no limit."""
    return bool(reader) or limits.take(f"reply:{case.pk}", request, settings.REPLIES_PER_HOUR)


def _after_reply(case: SupportRequest, reader: User | None, contact: Contact) -> HttpResponse:
    if reader:
        return redirect(f"{contact.request.get_my_url()}?sent=1")
    if contact.request_id not in (case.pk, case.survivor().pk):
        return after_asking(contact.request)
    return redirect(f"{case.get_link()}?sent=1#conversation")


def after_asking(case: SupportRequest, told: str = "", reader: User | None = None) -> HttpResponse:
    """Go to where it says that a request came: `told` is "received", "again", "corrected" or nothing."""
    to = case.get_my_url() if reader else reverse("request-received", args=[case.link_token])
    return redirect(f"{to}?{told}=1" if told else to)


def correct(
    request: HttpRequest, form: MatterForm, first: SupportRequest, reader: User | None = None
) -> HttpResponse:
    """Add what was changed in a form that was received to its request, or say that nothing was."""
    text = correction(form, first) if form.is_valid() else ""
    if not text or not _may_write(request, first, reader):
        return after_asking(first, "again", reader)
    once = form_keys.key_of_changed(form.cleaned_data["idempotency_key"], text)
    said = {"files": form.cleaned_data["files"], "home": home_of(form)}
    return run_verb(
        request,
        lambda: requester.reply(first, text=text, by=reader, idempotency_key=once, **said),
        to=lambda _contact: after_asking(first, "corrected", reader),
        show=lambda **_said: after_asking(first, "again", reader),
        form=form,
    )


@require_safe
def file(request: HttpRequest, case: SupportRequest, pk: int, reader: User | None = None) -> HttpResponseBase:
    """One file of the conversation."""
    found: ContactFile = get_object_or_404(files_for_requester(case.survivor()), pk=pk)
    return attachments.serve(found.attachment, request)


def withdraw(request: HttpRequest, case: SupportRequest, reader: User | None = None) -> HttpResponse:
    """Ask whether the request is really to be withdrawn, and do it."""
    context = {"case": case, "reasons": requester.reasons_against_withdrawing(case.survivor())}
    template = "consultations/intake/my/withdraw.html" if reader else "consultations/intake/withdraw.html"
    verb = partial(requester.withdraw, case, by=reader)
    show = template_page(request, template, context)
    return run_verb(request, verb, to=_address(case, reader), show=show)


def ask_deletion(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """Ask whether deletion is really wanted, and note the wish."""
    reasons = requester.reasons_against_asking_deletion(case.survivor())
    show = template_page(request, "consultations/intake/deletion.html", {"case": case, "reasons": reasons})
    verb = partial(requester.ask_deletion, case, by=None)
    return run_verb(request, verb, to=case.get_link(), show=show)


@require_POST
def rating(request: HttpRequest, case: SupportRequest, reader: User | None = None) -> HttpResponse:
    """Keep whether our help helped."""
    if not reader and not limits.take(f"rate:{case.pk}", request, settings.REPLIES_PER_HOUR):
        return render(request, "429.html", status=429)
    back, form = _address(case, reader), RatingForm(request.POST)
    by = request.user if request.user.is_authenticated else None
    if not form.is_valid():
        return redirect(f"{back}#rating")
    # Refused, the page says in what state the request is now, and offers what can be done.
    return run_verb(
        request,
        partial(rate, case, by=by, **form.cleaned_data),
        to=f"{back}?rated=1#rating",
        show=lambda **_why: redirect(back),
    )
