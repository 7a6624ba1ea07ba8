"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.work.initiatives import review_views, views

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
    path("<slug:owner>/tiltak/<uuid:initiative>/effekt/", review_views.plan, name="plan_review"),
    path("<slug:owner>/effekt/<uuid:review>/", review_views.review, name="review"),
    path("<slug:owner>/effekt/<uuid:review>/skriv/", review_views.write, name="write_review"),
    path("<slug:owner>/effekt/<uuid:review>/steg/", review_views.move, name="move_review"),
]
