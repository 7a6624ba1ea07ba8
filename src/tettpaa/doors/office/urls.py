"""Addresses of the office."""

from django.urls import path

from tettpaa.doors.office import views

app_name = "office"
urlpatterns = [
    path("<slug:owner>/revisjonsspor/", views.audit, name="audit"),
    path("<slug:owner>/tilganger/", views.access, name="access"),
    path("<slug:owner>/innstillinger/", views.settings, name="settings"),
    path("<slug:owner>/oppsett/", views.packs, name="packs"),
    path("<slug:owner>/oppsett/last-ned/", views.pack_export, name="pack_export"),
    path("<slug:owner>/oppsett/pakker/<slug:pack>/", views.pack, name="pack"),
    path("<slug:owner>/oppsett/deler/<slug:kind>/", views.part, name="part"),
    path("<slug:owner>/oppsett/deler/<slug:kind>/ny/", views.entry_new, name="entry_new"),
    path("<slug:owner>/oppsett/deler/<slug:kind>/<slug:key>/", views.entry, name="entry"),
    path("<slug:owner>/oppsett/deler/<slug:kind>/<slug:key>/avslutt/", views.entry_end, name="entry_end"),
    path("<slug:owner>/oppsett/organer/", views.bodies, name="bodies"),
    path("<slug:owner>/oppsett/organer/<slug:key>/", views.body, name="body"),
    path("<slug:owner>/oppsett/organer/<slug:key>/avslutt/", views.body_end, name="body_end"),
]
