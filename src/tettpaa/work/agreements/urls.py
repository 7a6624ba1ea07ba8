"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.work.agreements import views, writing_views

app_name = "agreements"
ROOM = "<slug:owner>/skoler/<slug:school>/avtaler/"
ONE = f"{ROOM}<uuid:agreement>/"

urlpatterns = [
    path("<slug:owner>/avtaler/", views.agreements, name="agreements"),
    path(f"{ROOM}ny/", writing_views.new, name="new"),
    path(ONE, views.agreement, name="agreement"),
    path(f"{ONE}apen-del/", views.open_part, name="open_part"),
    path(f"{ONE}vedlegg/", views.annex, name="annex"),
    path(f"{ONE}vedlegg/ny/", writing_views.new_paragraph, name="new_paragraph"),
    path(f"{ONE}vedlegg/<uuid:row>/", writing_views.paragraph, name="paragraph"),
    path(f"{ONE}vedlegg/<uuid:row>/fjern/", writing_views.remove_paragraph, name="remove_paragraph"),
    path(f"{ONE}versjoner/<int:number>/", views.version, name="version"),
    path(f"{ONE}versjoner/<int:number>/forskjell/", views.difference, name="difference"),
    path(f"{ONE}tekst/", views.text, name="text"),
    path(f"{ONE}tekst/rammer/", writing_views.terms, name="terms"),
    path(f"{ONE}tekst/steg/", writing_views.move, name="move"),
    path(f"{ONE}tekst/endre/", writing_views.change, name="change"),
    path(f"{ONE}tekst/<slug:kind>/ny/", writing_views.new_line, name="new_line"),
    path(f"{ONE}tekst/<slug:kind>/<uuid:row>/", writing_views.line, name="line"),
    path(f"{ONE}tekst/<slug:kind>/<uuid:row>/fjern/", writing_views.remove_line, name="remove_line"),
    path(f"{ONE}signer/", views.signing, name="signing"),
    path(f"{ONE}lofter/<uuid:row>/", views.promise, name="promise"),
    path(f"{ONE}sjekkpunkt/<uuid:checkpoint>/", views.checkpoint, name="checkpoint"),
    path(f"{ONE}sjekkpunkt/<uuid:checkpoint>/holdt/", views.hold, name="hold"),
    path(f"{ONE}avslutt/", views.end, name="end"),
]
