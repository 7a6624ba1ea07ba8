"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.work.yearwheel.views import letterbox, pages, procedures

app_name = "yearwheel"
urlpatterns = [
    path("<slug:owner>/arshjul/", pages.wheel, name="wheel"),
    path("<slug:owner>/arshjul/skoler/", pages.schools, name="schools"),
    path("<slug:owner>/arshjul/kalender/", pages.calendar, name="calendar"),
    path("<slug:owner>/arshjul/prosedyrer/", procedures.procedures, name="procedures"),
    path("<slug:owner>/arshjul/prosedyrer/ny/", procedures.new_procedure, name="new_procedure"),
    path("<slug:owner>/arshjul/prosedyrer/rull/", procedures.roll, name="roll"),
    path("<slug:owner>/arshjul/prosedyrer/<uuid:procedure>/", procedures.procedure, name="procedure"),
    path("<slug:owner>/arshjul/prosedyrer/<uuid:procedure>/slutt/", procedures.end, name="end"),
    path("<slug:owner>/arshjul/gjoremal/<uuid:task>/", pages.task, name="task"),
    path("<slug:owner>/arshjul/gjoremal/<uuid:task>/svar/", pages.answer, name="task_answer"),
    path("<slug:owner>/arshjul/gjoremal/<uuid:task>/angre/", pages.undo, name="task_undo"),
    path("<slug:owner>/arshjul/gjoremal/<uuid:task>/gi-videre/", pages.give, name="task_give"),
    path("<slug:owner>/arshjul/gjoremal/<uuid:task>/ta-imot/", pages.take, name="task_take"),
    path("<slug:owner>/arshjul/gjoremal/<uuid:task>/dato.ics", pages.task_date, name="task_date"),
    path("svar/<str:token>/", letterbox.receipt, name="receipt"),
    path("svar/<str:token>/angre/", letterbox.undo, name="answer_undo"),
    path("svar/<str:token>/<str:kind>/", letterbox.answer, name="answer"),
    path("kalender/<str:token>/arshjul.ics", letterbox.feed, name="feed"),
]
