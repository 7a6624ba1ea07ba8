"""Addresses of the room. Norwegian words, since people read and share them."""

from django.urls import path

from tettpaa.work.plans.views import plan, school, system

app_name = "plans"
PLAN = "<slug:owner>/plan"
SCHOOL = "<slug:owner>/skoler/<slug:school>/plan"
urlpatterns = [
    path(f"{PLAN}/", plan.plan, name="plan"),
    path(f"{PLAN}/ny/", plan.start, name="start"),
    path(f"{PLAN}/utkast/", plan.draft, name="draft"),
    path(f"{PLAN}/sammenheng/", system.sheet, name="sheet"),
    path(f"{PLAN}/arbeidsmaater/", system.ways, name="ways"),
    path(f"{PLAN}/forventninger/", system.expectations, name="expectations"),
    path(f"{PLAN}/historien/", system.history, name="history"),
    path(f"{PLAN}/skolene/", school.schools, name="schools"),
    path(f"{PLAN}/deler/<slug:kind>/ny/", system.row_new, name="row_new"),
    path(f"{PLAN}/deler/<slug:kind>/<uuid:row>/", system.row_edit, name="row_edit"),
    path(f"{PLAN}/deler/<slug:kind>/<uuid:row>/fjern/", system.row_remove, name="row_remove"),
    path(f"{PLAN}/maal/<uuid:goal>/", plan.goal, name="goal"),
    path(f"{PLAN}/maal/<uuid:goal>/rediger/", plan.goal_edit, name="goal_edit"),
    path(f"{PLAN}/maal/<uuid:goal>/utfall/", plan.outcome, name="outcome"),
    path(f"{PLAN}/maal/<uuid:goal>/tall/ny/", plan.indicator_new, name="indicator_new"),
    path(f"{PLAN}/maal/<uuid:goal>/tall/<uuid:row>/", plan.indicator_edit, name="indicator_edit"),
    path(f"{PLAN}/maal/<uuid:goal>/tall/<uuid:row>/fjern/", plan.indicator_remove, name="indicator_remove"),
    path(f"{PLAN}/<uuid:plan>/", plan.one, name="one"),
    path(f"{PLAN}/<uuid:plan>/utkast/", plan.draft_of, name="draft_of"),
    path(f"{PLAN}/<uuid:plan>/versjon/<int:number>/", plan.version, name="version"),
    path(f"{PLAN}/<uuid:plan>/rediger/", plan.edit, name="edit"),
    path(f"{PLAN}/<uuid:plan>/vei/", plan.move, name="move"),
    path(f"{PLAN}/<uuid:plan>/maal/ny/", plan.goal_new, name="goal_new"),
    path(f"{SCHOOL}/", school.school_plans, name="school_plans"),
    path(f"{SCHOOL}/ny/", school.school_start, name="school_start"),
    path(f"{SCHOOL}/<uuid:plan>/", school.school_plan, name="school_plan"),
    path(f"{SCHOOL}/<uuid:plan>/rediger/", school.school_edit, name="school_edit"),
    path(f"{SCHOOL}/<uuid:plan>/maal/ny/", school.school_goal_new, name="school_goal_new"),
    path(f"{SCHOOL}/<uuid:plan>/maal/<uuid:row>/", school.school_goal_edit, name="school_goal_edit"),
    path(
        f"{SCHOOL}/<uuid:plan>/maal/<uuid:row>/fjern/", school.school_goal_remove, name="school_goal_remove"
    ),
    path(f"{SCHOOL}/<uuid:plan>/hort/", school.school_heard, name="school_heard"),
    path(f"{SCHOOL}/<uuid:plan>/vei/", school.school_move, name="school_move"),
    path(f"{SCHOOL}/<uuid:plan>/status/", school.school_status, name="school_status"),
]
