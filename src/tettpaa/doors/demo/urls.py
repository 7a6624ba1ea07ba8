"""Routes of the demo; included in demo mode only."""

from django.urls import path

from tettpaa.doors.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.start, name="start"),
    path("utboks/", views.outbox, name="outbox"),
    path("inn/", views.enter, name="enter"),
]
