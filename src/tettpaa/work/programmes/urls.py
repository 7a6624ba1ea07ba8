"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.work.programmes import views

app_name = "programmes"
_ONE = "<slug:owner>/programmer/<uuid:programme>/"
urlpatterns = [
    path("<slug:owner>/programmer/", views.programmes, name="programmes"),
    path("apent/<slug:unit>/programmer/", views.open_page, name="open"),
    path("<slug:owner>/programmer/nytt/", views.new, name="new"),
    path("<slug:owner>/programmer/svar/", views.answer, name="answer"),
    path(_ONE, views.programme, name="programme"),
    path(f"{_ONE}endre/", views.edit, name="edit"),
    path(f"{_ONE}steg/", views.move, name="move"),
    path(f"{_ONE}apent/", views.show, name="show"),
    path(f"{_ONE}milepel/<uuid:row>/", views.milestone, name="milestone"),
    path(f"{_ONE}deler/<slug:kind>/ny/", views.part_new, name="part_new"),
    path(f"{_ONE}deler/<slug:kind>/<uuid:row>/", views.part, name="part"),
    path(f"{_ONE}deler/<slug:kind>/<uuid:row>/fjern/", views.remove, name="remove"),
]
