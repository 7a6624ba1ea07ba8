"""Addresses of the room."""

from django.urls import path

from tettpaa.work.offers import views

app_name = "offers"
_OFFER = "<slug:owner>/kurs/<uuid:offer>/"
_NETWORK = "<slug:owner>/nettverk/<uuid:network>/"
_DAY = "<slug:owner>/samlinger/<uuid:gathering>/"
_SCHOOL = "<slug:owner>/skoler/<slug:school>/kurs/"
urlpatterns = [
    path("<slug:owner>/kurs/", views.catalogue, name="catalogue"),
    path("<slug:owner>/kurs/fil/<slug:kind>/", views.export, name="export"),
    path("<slug:owner>/kurs/mine/", views.mine, name="mine"),
    path("<slug:owner>/kurs/mine/opplysninger/", views.my_data, name="my_data"),
    path("<slug:owner>/kurs/nytt/", views.new_offer, name="new_offer"),
    path("<slug:owner>/kurs/fant/", views.found, name="found"),
    path("<slug:owner>/kurs/tilbakemeldinger/", views.page_words, name="page_words"),
    path("<slug:owner>/kurs/ansatte/", views.owner_staff, name="owner_staff"),
    path("<slug:owner>/kurs/ansatte/<uuid:registration>/", views.owner_decide, name="owner_decide"),
    path(_OFFER, views.offer, name="offer"),
    path(_OFFER + "rediger/", views.edit_offer, name="edit_offer"),
    path(_OFFER + "faktorer/", views.factors, name="factors"),
    path(_OFFER + "samling/", views.add_day, name="add_day"),
    path(_OFFER + "steg/", views.offer_step, name="offer_step"),
    path(_OFFER + "avlys/", views.cancel, name="cancel"),
    path(_OFFER + "meld-pa/", views.register, name="register"),
    path(_OFFER + "deltakere/", views.people, name="people"),
    path(_OFFER + "deltakere/<uuid:registration>/", views.complete, name="complete"),
    path(_OFFER + "evaluering/", views.evaluation, name="evaluation"),
    path(_OFFER + "kalender/", views.offer_calendar, name="offer_calendar"),
    path("<slug:owner>/pamelding/<uuid:registration>/", views.own_step, name="own_step"),
    path(_SCHOOL, views.school_staff, name="school_staff"),
    path(_SCHOOL + "<uuid:registration>/", views.school_decide, name="school_decide"),
    path("<slug:owner>/nettverk/", views.networks, name="networks"),
    path("<slug:owner>/nettverk/nytt/", views.new_network, name="new_network"),
    path(_NETWORK, views.network, name="network"),
    path(_NETWORK + "rediger/", views.edit_network, name="edit_network"),
    path(_NETWORK + "medlemmer/", views.members, name="members"),
    path(_NETWORK + "medlemmer/<uuid:member>/", views.end_member, name="end_member"),
    path(_NETWORK + "steg/", views.network_step, name="network_step"),
    path(_NETWORK + "samling/", views.add_meeting, name="add_meeting"),
    path(_DAY, views.gathering, name="gathering"),
    path(_DAY + "rediger/", views.edit_day, name="edit_day"),
    path(_DAY + "avlys/", views.cancel_day, name="cancel_day"),
    path(_DAY + "svar/", views.answer, name="answer"),
    path(_DAY + "oppmote/", views.attendance, name="attendance"),
    path(_DAY + "kode/", views.code, name="code"),
    path(_DAY + "innsjekk/<slug:token>/", views.check_in, name="check_in"),
    path(_DAY + "mellomarbeid/", views.task, name="task"),
    path(_DAY + "sak/", views.add_item, name="add_item"),
    path(_DAY + "sak/<uuid:entry>/", views.item, name="item"),
    path(_DAY + "aksjon/", views.add_follow_up, name="add_follow_up"),
    path(_DAY + "aksjon/<uuid:row>/", views.follow_up, name="follow_up"),
    path(_DAY + "godkjenn/", views.approve_minutes, name="approve_minutes"),
    path(_DAY + "kalender/", views.day_calendar, name="day_calendar"),
]
