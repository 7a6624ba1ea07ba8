"""Addresses of the room. Norwegian words, since people read and share them.

A meeting stands at its school, or at the owner when it is the owner's own: the same pages under two beginnings.
"""

from django.urls import URLPattern, path

from tettpaa.work.dialogue.views import agenda, meetings, minutes, package, writing

app_name = "dialogue"

_OF_MEETING = (
    ("meeting", "", meetings.meeting),
    ("step", "steg/<slug:key>/", meetings.step),
    ("setup", "oppsett/", meetings.setup),
    ("package", "pakke/", package.package),
    ("part", "del/<uuid:part>/", package.part),
    ("share", "del/<uuid:part>/del/", package.share),
    ("withdraw", "del/<uuid:part>/trekk/", package.withdraw),
    ("addition", "del/<uuid:part>/tillegg/", package.addition),
    ("agenda", "saklista/", agenda.agenda),
    ("propose", "forslag/", agenda.propose),
    ("take", "forslag/<uuid:proposal>/ta-med/", agenda.take),
    ("elsewhere", "forslag/<uuid:proposal>/svar/", agenda.elsewhere),
    ("entry", "sak/<uuid:entry>/", writing.entry),
    ("add_paragraph", "sak/<uuid:entry>/avsnitt/", writing.add_paragraph),
    ("add_row", "sak/<uuid:entry>/linje/", writing.add_row),
    ("paragraph", "avsnitt/<uuid:statement>/", writing.paragraph),
    ("strike_paragraph", "avsnitt/<uuid:statement>/stryk/", writing.strike_paragraph),
    ("row", "linje/<uuid:row>/", writing.row),
    ("strike_row", "linje/<uuid:row>/stryk/", writing.strike_row),
    ("aloud", "avtalen/", minutes.aloud),
    ("minutes", "referat/", minutes.minutes),
    ("held", "referat/holdt/", minutes.held),
    ("comment", "referat/kommentar/", minutes.comment),
    ("reopen", "referat/rett/", minutes.reopen),
    ("approve", "referat/godkjenn/", minutes.approve),
    ("public", "offentlig/", minutes.public),
)

urlpatterns: list[URLPattern] = [
    path("<slug:owner>/moter/", meetings.meetings, name="meetings"),
    path("<slug:owner>/moter/aret/", meetings.year, name="year"),
    path("<slug:owner>/moter/typer/", meetings.kinds, name="kinds"),
    path("<slug:owner>/moter/typer/<slug:key>/", meetings.kind, name="kind"),
    path("<slug:owner>/skoler/<slug:school>/moter/", meetings.school_meetings, name="school_meetings"),
    *(
        path(f"<slug:owner>/skoler/<slug:school>/moter/<uuid:meeting>/{end}", view, name=name)
        for name, end, view in _OF_MEETING
    ),
    *(
        path(f"<slug:owner>/moter/<uuid:meeting>/{end}", view, name=f"owner_{name}")
        for name, end, view in _OF_MEETING
    ),
]
