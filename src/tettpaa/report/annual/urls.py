"""Addresses of the room. Fixed words come before a chapter's own key."""

from django.urls import path

from tettpaa.report.annual import views

app_name = "annual"
YEAR = "<slug:owner>/rapport/<slug:year>"
urlpatterns = [
    path("<slug:owner>/rapport/", views.reports, name="reports"),
    path("<slug:owner>/rapport/ny/", views.start, name="start"),
    path(f"{YEAR}/", views.report, name="report"),
    path(f"{YEAR}/les/", views.read, name="read"),
    path(f"{YEAR}/les/bilde/<slug:key>.svg", views.published_picture, name="published_picture"),
    path(f"{YEAR}/les/<slug:kind>/", views.published_file, name="published_file"),
    path(f"{YEAR}/utkast/", views.draft, name="draft"),
    path(f"{YEAR}/utkast/bilde/<slug:key>.svg", views.draft_picture, name="draft_picture"),
    path(f"{YEAR}/frys/", views.freeze, name="freeze"),
    path(f"{YEAR}/eksport/", views.export, name="export"),
    path(f"{YEAR}/arbeid/<uuid:job>/", views.work, name="work"),
    path(f"{YEAR}/fil/<int:pk>/", views.file, name="file"),
    path(f"{YEAR}/<slug:block>/", views.chapter, name="chapter"),
]
