"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.work.funds.views import applications, board, needs, reading, schemes

app_name = "funds"
_ROOT = "<slug:owner>/midler/"
_SCHEME = f"{_ROOT}ordning/<uuid:scheme>/"
_CALL = f"{_ROOT}runde/<uuid:call>/"
_ONE = f"{_ROOT}soknad/<uuid:application>/"
_NEED = f"{_ROOT}behov/<uuid:need>/"
_SCHOOL = "<slug:owner>/skoler/<slug:school>/midler/"
urlpatterns = [
    path(_ROOT, reading.funds, name="funds"),
    path(f"{_ROOT}mine/", reading.mine, name="mine"),
    path(f"{_ROOT}mine/opplysninger/", reading.my_data, name="my_data"),
    path(f"{_ROOT}ansatte/", reading.owner_staff, name="owner_staff"),
    path(_SCHOOL, reading.staff, name="staff"),
    path(f"{_SCHOOL}runde/<uuid:call>/sok/", applications.school_apply, name="school_apply"),
    path(f"{_ROOT}ordninger/hent/", schemes.add_known, name="add_known"),
    path(_SCHEME, schemes.scheme, name="scheme"),
    path(f"{_SCHEME}endre/", schemes.edit, name="scheme_edit"),
    path(f"{_SCHEME}datoer/", schemes.dates, name="scheme_dates"),
    path(f"{_SCHEME}sats/ny/", schemes.rate_new, name="rate_new"),
    path(f"{_SCHEME}sats/<uuid:row>/", schemes.rate, name="rate"),
    path(f"{_SCHEME}utlys/", schemes.call_new, name="call_new"),
    path(_CALL, schemes.call, name="call"),
    path(f"{_CALL}endre/", schemes.call_edit, name="call_edit"),
    path(f"{_CALL}steg/", schemes.call_move, name="call_move"),
    path(f"{_CALL}sok/", applications.apply, name="apply"),
    path(f"{_CALL}prioriter/", board.board, name="board"),
    path(f"{_CALL}liste.<slug:kind>", board.export, name="export"),
    path(f"{_CALL}svar/", board.answers, name="answers"),
    path(_ONE, applications.application, name="application"),
    path(f"{_ONE}endre/", applications.edit, name="application_edit"),
    path(f"{_ONE}send/", applications.submit, name="submit"),
    path(f"{_ONE}uttalelse/", applications.speak, name="speak"),
    path(f"{_ONE}steg/", applications.step, name="step"),
    path(f"{_ONE}plass/", board.rank, name="rank"),
    path(f"{_ONE}rapport/", applications.report, name="report"),
    path(f"{_ROOT}behov/ny/", needs.new, name="need_new"),
    path(_NEED, needs.need, name="need"),
    path(f"{_NEED}endre/", needs.edit, name="need_edit"),
    path(f"{_NEED}steg/", needs.move, name="need_move"),
    path(f"{_NEED}ar/<int:number>/", needs.year, name="need_year"),
]
