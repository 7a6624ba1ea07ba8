"""All doors. Each route must stand in `access.toml`, or the start stops."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("", include("tettpaa.core.ui.urls")),
    path("", include("tettpaa.data.sources.urls")),
    path("", include("tettpaa.work.yearwheel.urls")),
    path("", include("tettpaa.work.plans.urls")),
    path("", include("tettpaa.work.initiatives.urls")),
    path("", include("tettpaa.work.surveys.urls")),
    path("", include("tettpaa.work.agreements.urls")),
    path("", include("tettpaa.work.programmes.urls")),
    path("", include("tettpaa.work.competence.urls")),
    path("", include("tettpaa.work.offers.urls")),
    path("", include("tettpaa.work.funds.urls")),
    path("", include("tettpaa.work.dialogue.urls")),
    path("", include("tettpaa.work.followup.urls")),
    path("", include("tettpaa.report.annual.urls")),
    path("", include("tettpaa.report.decisions.urls")),
    path("", include("tettpaa.doors.office.urls")),
    path("", include("tettpaa.doors.workspace.urls")),
]
if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("tettpaa.doors.demo.urls")))

handler400 = "tettpaa.core.ui.views.bad_request"
handler403 = "tettpaa.core.ui.views.forbidden"
handler404 = "tettpaa.core.ui.views.not_found"
handler500 = "tettpaa.core.ui.views.server_error"
