"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.doors.workspace import agreement_view, certificate_view, competence_view, views

app_name = "workspace"
urlpatterns = [
    path("", views.start, name="start"),
    path("om/", views.about, name="about"),
    path("<slug:owner>/", views.overview, name="overview"),
    path("<slug:owner>/naa/", views.work_now, name="now"),
    path("<slug:owner>/skoler/", views.schools, name="schools"),
    path("<slug:owner>/skoler/tall.<slug:format>", views.schools_file, name="schools_file"),
    path("<slug:owner>/skoler/<slug:school>/", views.school, name="school"),
    path("<slug:owner>/skoler/<slug:school>/naa/", views.school_work_now, name="school_now"),
    path("<slug:owner>/skoler/<slug:school>/tall.<slug:format>", views.school_file, name="school_file"),
    path(
        "<slug:owner>/skoler/<slug:school>/<slug:indicator>/", views.school_indicator, name="school_indicator"
    ),
    path("<slug:owner>/indikatorer/", views.indicators, name="indicators"),
    path("<slug:owner>/indikatorer/<slug:indicator>/", views.indicator, name="indicator"),
    path(
        "<slug:owner>/indikatorer/<slug:indicator>/tall.<slug:format>",
        views.indicator_file,
        name="indicator_file",
    ),
    path("<slug:owner>/trad/", views.threads, name="threads"),
    path("<slug:owner>/trad/<slug:school>/<uuid:goal>/", views.thread, name="thread"),
    path(
        "<slug:owner>/skoler/<slug:school>/avtaler/<uuid:agreement>/<slug:kind>.pdf",
        agreement_view.agreement_file,
        name="agreement_file",
    ),
    path(
        "<slug:owner>/kompetanse/planer/<uuid:plan>/plan.<slug:format>",
        competence_view.competence_file,
        name="competence_file",
    ),
    path(
        "<slug:owner>/kursbevis/<uuid:registration>.pdf",
        certificate_view.certificate_file,
        name="certificate_file",
    ),
    path("<slug:owner>/kull/", views.cohorts, name="cohorts"),
    path("<slug:owner>/tall/<int:figure>/", views.trace, name="trace"),
    path("<slug:owner>/slik-regner-vi/", views.method, name="method"),
    path(
        "<slug:owner>/diagram/<slug:kind>/<slug:unit>/<slug:indicator>/<int:grade>/<slug:variant>/"
        "<slug:digest>.<slug:suffix>",
        views.chart,
        name="chart",
    ),
]
