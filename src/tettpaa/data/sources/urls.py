"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.data.sources import column_views, register_views, views

app_name = "sources"
SHELF = "<slug:owner>/tall-inn/"
RELEASE = f"{SHELF}utgivelser/<int:release>/"
REGISTER = f"{SHELF}skoleregister/"
ITEM = f"{SHELF}<uuid:item>/"
urlpatterns = [
    path(SHELF, views.show_shelf, name="shelf"),
    path(f"{SHELF}last-opp/", views.upload, name="upload"),
    path(f"{SHELF}hent/<slug:dataset>/", views.fetch, name="fetch"),
    path(f"{SHELF}hent/framdrift/<uuid:job>/", views.fetching, name="fetching"),
    path(f"{SHELF}mal.<slug:format>", views.template, name="template"),
    path(f"{SHELF}skolenavn/", views.names, name="names"),
    path(f"{SHELF}skolenavn/lagre/", views.save_names, name="save_names"),
    path(REGISTER, register_views.register, name="register"),
    path(f"{REGISTER}ta-inn/", register_views.take_in_schools, name="take_in_schools"),
    path(f"{REGISTER}kobling/", register_views.link_schools, name="link_schools"),
    path(f"{REGISTER}kobling/<int:number>/fjern/", register_views.unlink_schools, name="unlink_schools"),
    path(f"{SHELF}kolonner/", column_views.profiles, name="profiles"),
    path(f"{SHELF}kolonner/les/", column_views.read_columns, name="read_columns"),
    path(f"{SHELF}kolonner/<uuid:row>/fjern/", column_views.remove_profile, name="remove_profile"),
    path(RELEASE, views.show_release, name="release"),
    path(f"{RELEASE}trekk/", views.withdraw, name="withdraw"),
    path(f"{RELEASE}original/", views.release_file, name="release_file"),
    path(ITEM, views.show_item, name="item"),
    path(f"{ITEM}framdrift/", views.progress, name="progress"),
    path(f"{ITEM}skolenavn/", views.match_names, name="match_names"),
    path(f"{ITEM}kontroller/", views.recheck, name="recheck"),
    path(f"{ITEM}publiser/", views.publish, name="publish"),
    path(f"{ITEM}forkast/", views.discard, name="discard"),
    path(f"{ITEM}merket.xlsx", views.marked, name="marked"),
    path(f"{ITEM}original/", views.original, name="original"),
]
