"""One delivery for whoever it is for: the same page and buttons behind its link and with an account."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.views import limits
from core.views.verbs import run_verb, status_of
from visits.choices import DeliveryState
from visits.deliveries.actions import questions, reading
from visits.deliveries.forms import OfficialQuestionForm, QuestionForm
from visits.models import Delivery, ReportEdition


@dataclass(frozen=True)
class Reader:
    """Who reads a delivery: an official, or whoever has the link; where its pages are, and how they look."""

    by: Any
    address: str
    ask_address: str
    base: str


def page(request: HttpRequest, delivery: Delivery, reader: Reader) -> HttpResponse:
    """The summary and the buttons; only a button changes anything."""
    if request.method != "POST":
        return _page(request, delivery, reader)
    do = request.POST.get("do")
    if do == "read":
        to, verb, done = delivery.report.get_absolute_url(), reading.open_report, ""
    elif do == "acknowledge":
        to, verb = reader.address, reading.acknowledge
        done = _("Thank you. We know now that you have read it.")
    else:
        return redirect(reader.address)
    show = partial(_page, request, delivery, reader)
    return run_verb(request, lambda: verb(delivery, by=reader.by), to=to, show=show, done=done)


def _page(
    request: HttpRequest, delivery: Delivery, reader: Reader, *, status: int = 200, **said: Any
) -> HttpResponse:
    published = ReportEdition.objects.published().filter(document=delivery.report_id).first()
    context = {
        "delivery": delivery,
        "edition": published or delivery.edition,
        "is_public": published is not None,
        "is_newer": published is not None and published.number > delivery.edition.number,
        "visit": delivery.report.visit,
        "reader": reader,
        "asked": questions.asked_from(delivery, None),
        "against_asking": questions.reasons_against_asking(delivery),
        **said,
    }
    return render(request, "visits/deliveries/one.html", context, status=status)


def ask(request: HttpRequest, delivery: Delivery, reader: Reader) -> HttpResponse:
    """The form for a question about the report."""
    form = _form(request, delivery, reader)
    if request.method == "POST" and delivery.state == DeliveryState.ASKED:
        # Sent twice: the first one counts.
        return redirect(reader.address)
    show = partial(_ask_page, request, delivery, reader, form)
    is_limited = request.method == "POST" and form.is_valid() and not reader.by
    if is_limited and not limits.take("ask", request, settings.ASK_PER_HOUR):
        form.add_error(
            None, _("Too many questions came from your network in the last hour. Please try it later.")
        )
        return show(status=429)
    return run_verb(
        request,
        _asked(form, delivery, reader),
        to=reader.address,
        show=show,
        done=_("Your question is with us. We will answer by e-mail."),
        form=form,
    )


def _form(request: HttpRequest, delivery: Delivery, reader: Reader) -> QuestionForm:
    data = request.POST if request.method == "POST" else None
    if reader.by:
        return OfficialQuestionForm(data)
    return QuestionForm(data, initial={"email": delivery.email})


def _asked(form: QuestionForm, delivery: Delivery, reader: Reader) -> Callable[[], Any]:
    def verb() -> int:
        known = {"name": reader.by.name, "email": reader.by.email} if reader.by else {}
        said = {**form.cleaned_data, **known}
        return questions.ask(delivery, **said, language=get_language() or "cs", by=reader.by)

    return verb


def _ask_page(
    request: HttpRequest,
    delivery: Delivery,
    reader: Reader,
    form: QuestionForm,
    *,
    status: int | None = None,
    **said: Any,
) -> HttpResponse:
    context = {
        "delivery": delivery,
        "form": form,
        "reader": reader,
        "reasons": questions.reasons_against_asking(delivery),
        **said,
    }
    return render(request, "visits/deliveries/ask.html", context, status=status or status_of(form))
