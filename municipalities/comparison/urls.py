"""Addresses of the comparison."""

from django.urls import path

from municipalities.comparison import views

public_urls = [
    path("municipalities/compare/", views.comparison, name="comparison"),
    path("municipalities/compare/csv/", views.comparison_csv, name="comparison-csv"),
    path("municipalities/compare/xlsx/", views.comparison_xlsx, name="comparison-xlsx"),
]
