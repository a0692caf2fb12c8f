"""Addresses of the expert group and of its reviews; what stands behind personal links is named in apps.py."""

from django.urls import path

from accounts.access import requires
from core.views.own_words import own_words_urls
from studies.reviews.kind import EXPERTS
from studies.reviews.views import confirmations, desk, public, remarks

ROUND = "desk/reviews/<int:pk>/"
EXPERT = "desk/reviewers/<int:pk>/"
REMARK = "desk/remarks/<int:pk>/"
AUTHOR = "desk/confirmations/<int:pk>/"

public_urls = [path("expert-group/", public.group, name="expert-group")]
desk_urls = [
    *own_words_urls(EXPERTS, requires),
    path("desk/reviews/", desk.reviews, name="desk-reviews"),
    path("desk/materials/<int:pk>/review/", desk.open_round, name="desk-review-open"),
    path(ROUND, desk.review, name="desk-review"),
    path(f"{ROUND}deadline/", desk.prolong, name="desk-review-prolong"),
    path(f"{ROUND}experts/", desk.add_expert, name="desk-review-add"),
    path(f"{ROUND}close/", desk.close, name="desk-review-close"),
    path(f"{ROUND}changes/", desk.changes, name="desk-review-changes"),
    path(f"{ROUND}remarks/", remarks.remarks, name="desk-review-remarks"),
    path(f"{ROUND}figures/<int:number>/", remarks.figure, name="desk-review-figure"),
    path("desk/reviews/files/<int:pk>/", desk.file, name="desk-review-file"),
    path(f"{EXPERT}call/", desk.call, name="desk-reviewer-call"),
    path(f"{EXPERT}remind/", desk.remind, name="desk-reviewer-remind"),
    path(f"{EXPERT}link/", desk.renew, name="desk-reviewer-link"),
    path(f"{EXPERT}revoke/", desk.revoke, name="desk-reviewer-revoke"),
    path(f"{REMARK}settle/", remarks.settle, name="desk-remark-settle"),
    path(f"{REMARK}open-again/", remarks.open_again, name="desk-remark-open-again"),
    path("desk/materials/<int:pk>/confirmations/", confirmations.confirmations, name="desk-confirmations"),
    path(f"{AUTHOR}ask-again/", confirmations.ask_again, name="desk-confirmation-ask-again"),
    path(f"{AUTHOR}revoke/", confirmations.revoke, name="desk-confirmation-revoke"),
    path(f"{AUTHOR}waive/", confirmations.waive, name="desk-confirmation-waive"),
]
