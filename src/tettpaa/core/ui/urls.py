"""Addresses of the room."""

from django.urls import path
from django.views.i18n import set_language

from tettpaa.core.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("sprak/", set_language, name="set_language"),
]
