"""Addresses of finding similar municipalities."""

from django.urls import path

from municipalities.places import views

public_urls = [
    path("municipalities/like-mine/", views.like_mine, name="municipalities-like-mine"),
    path("municipalities/<slug:slug>/like/", views.like, name="municipality-like"),
]
