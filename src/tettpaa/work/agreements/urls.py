"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.work.agreements.views import reading, writing

app_name = "agreements"
ROOM = "<slug:owner>/skoler/<slug:school>/avtaler/"
ONE = f"{ROOM}<uuid:agreement>/"

urlpatterns = [
    path("<slug:owner>/avtaler/", reading.agreements, name="agreements"),
    path(f"{ROOM}ny/", writing.new, name="new"),
    path(ONE, reading.agreement, name="agreement"),
    path(f"{ONE}apen-del/", reading.open_part, name="open_part"),
    path(f"{ONE}vedlegg/", reading.annex, name="annex"),
    path(f"{ONE}vedlegg/ny/", writing.new_paragraph, name="new_paragraph"),
    path(f"{ONE}vedlegg/<uuid:row>/", writing.paragraph, name="paragraph"),
    path(f"{ONE}vedlegg/<uuid:row>/fjern/", writing.remove_paragraph, name="remove_paragraph"),
    path(f"{ONE}versjoner/<int:number>/", reading.version, name="version"),
    path(f"{ONE}versjoner/<int:number>/forskjell/", reading.difference, name="difference"),
    path(f"{ONE}tekst/", reading.text, name="text"),
    path(f"{ONE}tekst/rammer/", writing.terms, name="terms"),
    path(f"{ONE}tekst/steg/", writing.move, name="move"),
    path(f"{ONE}tekst/endre/", writing.change, name="change"),
    path(f"{ONE}tekst/<slug:kind>/ny/", writing.new_line, name="new_line"),
    path(f"{ONE}tekst/<slug:kind>/<uuid:row>/", writing.line, name="line"),
    path(f"{ONE}tekst/<slug:kind>/<uuid:row>/fjern/", writing.remove_line, name="remove_line"),
    path(f"{ONE}signer/", reading.signing, name="signing"),
    path(f"{ONE}lofter/<uuid:row>/", reading.promise, name="promise"),
    path(f"{ONE}sjekkpunkt/<uuid:checkpoint>/", reading.checkpoint, name="checkpoint"),
    path(f"{ONE}sjekkpunkt/<uuid:checkpoint>/holdt/", reading.hold, name="hold"),
    path(f"{ONE}avslutt/", reading.end, name="end"),
]
