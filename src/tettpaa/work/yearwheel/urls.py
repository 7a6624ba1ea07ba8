"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import URLPattern

app_name = "yearwheel"
urlpatterns: list[URLPattern] = []
