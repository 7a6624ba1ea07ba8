"""Addresses of the room. A case stands under its school, so the school is checked at the door."""

from django.urls import path

from tettpaa.work.followup import views

app_name = "followup"
ROOM = "<slug:owner>/skoler/<slug:school>/oppfolging"
CASE = f"{ROOM}/<uuid:case>"
ADVISERS = f"{ROOM}/veiledere"
urlpatterns = [
    path("<slug:owner>/oppfolging/", views.cases, name="cases"),
    path("<slug:owner>/oppfolging/se-etter/", views.look, name="look"),
    path(f"{ROOM}/", views.school_cases, name="school_cases"),
    path(f"{ROOM}/vurder/", views.assess, name="assess"),
    path(f"{ADVISERS}/ny/", views.engage, name="engage"),
    path(f"{ADVISERS}/<uuid:row>/", views.engagement, name="engagement"),
    path(f"{ADVISERS}/<uuid:row>/kontakt/", views.contact, name="contact"),
    path(f"{ADVISERS}/<uuid:row>/punkt/", views.point, name="point"),
    path(f"{ADVISERS}/<uuid:row>/steg/", views.verb, name="verb"),
    path(f"{CASE}/", views.case, name="case"),
    path(f"{CASE}/svar/", views.comment, name="comment"),
    path(f"{CASE}/merknad/", views.remark, name="remark"),
    path(f"{CASE}/beslutning/", views.decide, name="decide"),
    path(f"{CASE}/gjennomgang/", views.review, name="review"),
    path(f"{CASE}/trinn/", views.step, name="step"),
    path(f"{CASE}/avslutt/", views.close, name="close"),
    path(f"{CASE}/vilkar/", views.criterion, name="criterion"),
    path(f"{CASE}/vilkar/<uuid:row>/", views.met, name="met"),
    path(f"{CASE}/stotte/", views.support, name="support"),
    path(f"{CASE}/stotte/<uuid:row>/", views.support_step, name="support_step"),
    path(f"{CASE}/lenke/", views.link, name="link"),
]
