"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.report.decisions import views

app_name = "decisions"
ROOT = "<slug:owner>/vedtak"
CASE = f"{ROOT}/sak/<uuid:case>"
STEP = f"{ROOT}/steg/<uuid:row>"
ITEM = f"{ROOT}/punkt/<uuid:decision>"
PUBLISHING = f"{ROOT}/publisering/<slug:year>"
urlpatterns = [
    path(f"{ROOT}/", views.decisions, name="decisions"),
    path(f"{ROOT}/ny/", views.start, name="start"),
    path(f"{CASE}/", views.case, name="case"),
    path(f"{CASE}/skriv/", views.write, name="write"),
    path(f"{CASE}/saksframlegg/", views.paper, name="paper"),
    path(f"{CASE}/saksframlegg.docx", views.paper_file, name="paper_file"),
    path(f"{CASE}/saksgang/", views.road, name="road"),
    path(f"{CASE}/horing/", views.invite, name="invite"),
    path(f"{CASE}/send/", views.submit, name="submit"),
    path(f"{CASE}/gjenoppta/", views.reopen, name="reopen"),
    path(f"{CASE}/avslutt/", views.close, name="close"),
    path(f"{STEP}/holdt/", views.held, name="held"),
    path(f"{STEP}/protokoll/", views.protocol, name="protocol"),
    path("<slug:owner>/horing/<uuid:hearing>/", views.hearing, name="hearing"),
    path(f"{ROOT}/uttalelse/<uuid:statement>/", views.changed, name="changed"),
    path(f"{ITEM}/", views.item, name="item"),
    path(f"{ITEM}/status/", views.report_back, name="report_back"),
    path(f"{PUBLISHING}/", views.publication, name="publication"),
    path(f"{PUBLISHING}/leser/", views.early_reader, name="early_reader"),
    path(f"{PUBLISHING}/bekreft/", views.confirm, name="confirm"),
    path(f"{PUBLISHING}/publiser/", views.publish, name="publish"),
]
