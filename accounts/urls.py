"""Addresses of accounts: ours beside allauth's."""

from django.urls import include, path

from core.pending import pending

app_name = "accounts"

own_urls = [
    path("landing/", pending, name="landing"),
    path("extend/", pending, name="extend"),
    path("invitations/<str:token>/", pending, name="accept-invitation"),
]

desk_urls = [
    path("people/", pending, name="people"),
]

urlpatterns = [path("", include(own_urls))]
