"""Addresses of the office."""

from django.urls import path

from tettpaa.doors.office import views

app_name = "office"
urlpatterns = [
    path("<slug:owner>/revisjonsspor/", views.audit, name="audit"),
    path("<slug:owner>/tilganger/", views.access, name="access"),
    path("<slug:owner>/innstillinger/", views.settings, name="settings"),
]
