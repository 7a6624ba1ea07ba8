"""Addresses of the room."""

from django.urls import URLPattern, path

from tettpaa.work.competence.views import coverage, development, lists, own, plan, practice, staff

app_name = "competence"
HERE = "<slug:owner>/kompetanse"
PLAN = f"{HERE}/planer/<uuid:plan>"
PERSON = f"{HERE}/ansatte/<uuid:employee>"
MENTORING = f"{HERE}/veiledning/<uuid:mentorship>"
SCHOOL = "<slug:owner>/skoler/<slug:school>"
ROUND = f"{SCHOOL}/klassevandring/<uuid:round>"
WALK = f"{SCHOOL}/vandringer/<uuid:walk>"
GUIDANCE = f"{SCHOOL}/kollegaveiledning/<uuid:guidance>"

_plan: list[URLPattern] = [
    path("apent/<slug:unit>/kompetanseplan/", plan.open_page, name="open"),
    path(f"{HERE}/", plan.plan, name="plan"),
    path(f"{HERE}/planer/", plan.plans, name="plans"),
    path(f"{HERE}/planer/ny/", plan.start, name="start"),
    path(f"{PLAN}/", plan.one, name="one"),
    path(f"{PLAN}/rediger/", plan.edit, name="edit"),
    path(f"{PLAN}/behov/", plan.gather, name="gather"),
    path(f"{PLAN}/behov/omraader/", plan.place, name="place"),
    path(f"{PLAN}/drofting/", plan.discuss, name="discuss"),
    path(f"{PLAN}/uttalelse/", plan.statement, name="statement"),
    path(f"{PLAN}/omraade/ny/", plan.area_new, name="area_new"),
    path(f"{PLAN}/omraade/<uuid:part>/", plan.area, name="area"),
    path(f"{PLAN}/omraade/<uuid:part>/fjern/", plan.area_remove, name="area_remove"),
    path(f"{PLAN}/steg/", plan.move, name="move"),
    path(f"{PLAN}/evaluering/", plan.evaluate, name="evaluate"),
    path(f"{HERE}/dekning/", coverage.coverage, name="coverage"),
    path(f"{HERE}/dekning/hylla/", coverage.to_shelf, name="to_shelf"),
    path(f"{HERE}/krav/", coverage.requirements, name="requirements"),
    path(f"{HERE}/krav/nytt/", coverage.requirement_new, name="requirement_new"),
    path(f"{HERE}/fravik/", coverage.deviations, name="deviations"),
    path(f"{HERE}/fravik/<uuid:decision>/", coverage.deviation, name="deviation"),
]

_people: list[URLPattern] = [
    path(f"{HERE}/min/", own.mine, name="mine"),
    path(f"{HERE}/min/data/", own.my_data, name="my_data"),
    path(f"{HERE}/ansatte/", staff.owner_staff, name="owner_staff"),
    path(f"{HERE}/ansatte/liste/", lists.owner_list, name="owner_list"),
    path(f"{HERE}/ansatte/tom-liste/", lists.empty_list, name="empty_list"),
    path(f"{HERE}/ansatte/ny/", staff.owner_employee_new, name="owner_employee_new"),
    path(f"{PERSON}/", staff.employee, name="employee"),
    path(f"{PERSON}/rediger/", staff.employee_edit, name="employee_edit"),
    path(f"{PERSON}/slutt/", staff.end, name="end"),
    path(f"{PERSON}/kompetanse/", staff.qualification_new, name="qualification_new"),
    path(f"{PERSON}/kompetanse/<uuid:row>/fjern/", staff.qualification_remove, name="qualification_remove"),
    path(f"{PERSON}/unntak/", staff.exemption_new, name="exemption_new"),
    path(f"{PERSON}/unntak/<uuid:exemption>/fjern/", staff.exemption_remove, name="exemption_remove"),
    path(f"{PERSON}/undervisning/", staff.teaching, name="teaching"),
    path(f"{PERSON}/fravik/", staff.propose, name="propose"),
    path(f"{PERSON}/fravik/<uuid:decision>/trekk/", staff.take_back, name="take_back"),
    path(f"{PERSON}/veiledning/", development.mentoring_new, name="mentoring_new"),
    path(f"{PERSON}/utdanning/", development.study_new, name="study_new"),
    path(f"{PERSON}/fagbrev/", development.trade_new, name="trade_new"),
    path(f"{PERSON}/rolle/", development.role_new, name="role_new"),
    path(f"{MENTORING}/", development.mentoring, name="mentoring"),
    path(f"{MENTORING}/rediger/", development.mentoring_edit, name="mentoring_edit"),
    path(f"{MENTORING}/steg/", development.mentoring_move, name="mentoring_move"),
    path(f"{MENTORING}/samtale/", development.talk, name="talk"),
    path(f"{HERE}/utdanning/<uuid:study>/steg/", development.study_move, name="study_move"),
    path(f"{HERE}/fagbrev/<uuid:trade>/steg/", development.trade_move, name="trade_move"),
    path(f"{HERE}/roller/<uuid:role>/steg/", development.role_move, name="role_move"),
]

_schools: list[URLPattern] = [
    path(f"{SCHOOL}/kompetanse/", staff.staff, name="staff"),
    path(f"{SCHOOL}/kompetanse/ny/", staff.employee_new, name="employee_new"),
    path(f"{SCHOOL}/kompetanse/liste/", lists.school_list, name="list"),
    path(f"{SCHOOL}/kompetanse/behov/", plan.need, name="need"),
    path(f"{SCHOOL}/kompetanse/ressurser/", development.resources, name="resources"),
    path(f"{SCHOOL}/kompetanse/spredning/", development.spread, name="spread"),
    path(f"{SCHOOL}/klassevandring/", practice.rounds, name="rounds"),
    path(f"{SCHOOL}/klassevandring/ny/", practice.round_new, name="round_new"),
    path(f"{ROUND}/", practice.round_page, name="round"),
    path(f"{ROUND}/avtalt/", practice.agreed, name="agreed"),
    path(f"{ROUND}/evaluert/", practice.evaluated, name="evaluated"),
    path(f"{ROUND}/monster/", practice.pattern, name="pattern"),
    path(f"{ROUND}/vandring/", practice.walk_new, name="walk_new"),
    path(f"{WALK}/", practice.walk, name="walk"),
    path(f"{WALK}/steg/", practice.walk_move, name="walk_move"),
    path(f"{WALK}/overlever/", practice.hand_over, name="hand_over"),
    path(f"{WALK}/notat/", practice.own_words, name="own_words"),
    path(f"{WALK}/notat/slett/", practice.note_delete, name="note_delete"),
    path(f"{SCHOOL}/kollegaveiledning/ny/", practice.guidance_new, name="guidance_new"),
    path(f"{GUIDANCE}/", practice.guidance, name="guidance"),
    path(f"{GUIDANCE}/okt/", practice.guidance_session, name="guidance_session"),
    path(f"{GUIDANCE}/notat/", practice.guidance_note, name="guidance_note"),
    path(f"{GUIDANCE}/avslutt/", practice.guidance_end, name="guidance_end"),
]

urlpatterns: list[URLPattern] = [*_plan, *_people, *_schools]
