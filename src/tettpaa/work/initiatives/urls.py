"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.work.initiatives.views import initiatives as views
from tettpaa.work.initiatives.views import reviews

app_name = "initiatives"
urlpatterns = [
    path("<slug:owner>/tiltak/", views.initiatives, name="initiatives"),
    path("<slug:owner>/tiltak/tavle/", views.board, name="board"),
    path("<slug:owner>/tiltak/tiltak.<slug:kind>", views.export, name="export"),
    path("<slug:owner>/tiltak/nytt/", views.start, name="start"),
    path("<slug:owner>/tiltak/<uuid:initiative>/", views.initiative, name="initiative"),
    path("<slug:owner>/tiltak/<uuid:initiative>/endre/", views.edit, name="edit"),
    path("<slug:owner>/tiltak/<uuid:initiative>/flytt/", views.move, name="move"),
    path("<slug:owner>/tiltak/<uuid:initiative>/effektdato/", views.evaluation, name="evaluation"),
    path("<slug:owner>/tiltak/<uuid:initiative>/effekt/", reviews.plan, name="plan_review"),
    path("<slug:owner>/effekt/<uuid:review>/", reviews.review, name="review"),
    path("<slug:owner>/effekt/<uuid:review>/skriv/", reviews.write, name="write_review"),
    path("<slug:owner>/effekt/<uuid:review>/steg/", reviews.move, name="move_review"),
]
