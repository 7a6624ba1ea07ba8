"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.work.surveys import views

app_name = "surveys"
_SCHOOL = "<slug:owner>/skoler/<slug:school>/egenvurdering/"
urlpatterns = [
    path("<slug:owner>/egenvurdering/", views.shared, name="shared"),
    path("<slug:owner>/egenvurdering/skala/", views.scale, name="scale"),
    path(_SCHOOL, views.rounds, name="rounds"),
    path(f"{_SCHOOL}ny/", views.plan, name="plan"),
    path(f"{_SCHOOL}<uuid:round>/", views.round, name="round"),
    path(f"{_SCHOOL}<uuid:round>/svar/", views.answer, name="answer"),
    path(f"{_SCHOOL}<uuid:round>/steg/", views.move, name="move"),
]
