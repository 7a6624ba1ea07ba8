"""What the trail's events and an owner's choices are called, in words. A house test sees that every event has its sentence."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.enums import BodyLevel, Voice, WheelProfile

WHEEL_PROFILES: Mapping[str, Promise | str] = {
    WheelProfile.AUTUMN.value: _("Om høsten"),
    WheelProfile.EARLY_SPRING.value: _("Tidlig på våren"),
    WheelProfile.BEFORE_SUMMER.value: _("Før sommeren"),
}
BODY_LEVELS: Mapping[str, Promise | str] = {
    BodyLevel.SCHOOL.value: _("Ved hver skole"),
    BodyLevel.OWNER.value: _("I kommunen"),
}
VOICES: Mapping[str, Promise | str] = {
    "": _("Ingen egen plass i dialogmøtet"),
    Voice.PUPILS.value: _("Elevene"),
    Voice.PARENTS.value: _("Foreldrene"),
    Voice.STAFF.value: _("De ansatte"),
}

EVENTS: Mapping[str, Promise | str] = {
    "accounts.account_closed": _("Stengte en konto"),
    "accounts.account_opened": _("Åpnet en konto"),
    "annual.file_exported": _("Lastet ned rapporten"),
    "annual.report_frozen": _("Låste rapporten"),
    "annual.report_started": _("Begynte på rapporten"),
    "annual.texts_written": _("Skrev i rapporten"),
    "demo.signed_in": _("Gikk inn i demoen"),
    "indicators.release_published": _("Publiserte tall"),
    "indicators.release_withdrawn": _("Trakk tilbake tall"),
    "orgs.body_ended": _("Avsluttet et organ"),
    "orgs.body_saved": _("Skrev inn et organ"),
    "orgs.own_schools_chosen": _("Valgte hvilke skoler kommunen driver"),
    "orgs.owner_added": _("La til skoleeieren"),
    "orgs.registers_loaded": _("Lastet registre over kommuner"),
    "orgs.role_ended": _("Avsluttet en rolle"),
    "orgs.role_given": _("Ga en rolle"),
    "orgs.settings_changed": _("Endret innstillinger"),
    "orgs.units_added": _("La til enheter"),
    "sources.file_discarded": _("Kastet en fil som ikke var publisert"),
    "sources.file_received": _("Tok imot en fil"),
    "sources.names_saved": _("Lagret hvilke skoler navn i filer betyr"),
    "sources.preview_renewed": _("Lagde ny forhåndsvisning av en fil"),
    "packs.pack_loaded": _("Lastet en pakke"),
    "plans.body_heard": _("Skrev ned at et organ er hørt"),
    "plans.goal_settled": _("Vurderte et mål"),
    "plans.goal_written": _("Skrev et mål"),
    "plans.indicator_removed": _("Sluttet å følge et mål med et tall"),
    "plans.indicator_written": _("Knyttet et tall til et mål"),
    "plans.pack_written": _("Fikk planen fra en pakke"),
    "plans.plan_moved": _("Flyttet planen videre"),
    "plans.plan_sealed": _("Låste en vedtatt plan"),
    "plans.plan_started": _("Begynte på en plan"),
    "plans.plan_written": _("Skrev i planen"),
    "plans.premise_added": _("La til et premiss for skolens plan"),
    "plans.row_removed": _("Tok bort en del av systemet"),
    "plans.row_written": _("Skrev om en del av systemet"),
    "plans.school_goal_removed": _("Tok bort et mål fra skolens plan"),
    "plans.school_goal_written": _("Skrev et mål i skolens plan"),
    "plans.school_plan_moved": _("Flyttet skolens plan videre"),
    "plans.school_plan_sealed": _("Låste skolens vedtatte plan"),
    "plans.school_plan_started": _("Begynte på skolens plan"),
    "plans.school_plan_written": _("Skrev i skolens plan"),
    "initiatives.evaluation_agreed": _("Avtalte når vi ser på effekten"),
    "initiatives.initiative_edited": _("Skrev i et tiltak"),
    "initiatives.initiative_moved": _("Flyttet et tiltak"),
    "initiatives.initiative_started": _("Begynte på et tiltak"),
    "initiatives.review_checked": _("Kontrollerte en effektvurdering"),
    "initiatives.review_planned": _("Planla en effektvurdering"),
    "initiatives.review_ready": _("Meldte at tallene til en effektvurdering er klare"),
    "initiatives.review_sent_back": _("Sendte en effektvurdering tilbake"),
    "initiatives.review_used": _("Brukte en effektvurdering i meldingen"),
    "initiatives.review_written": _("Skrev en effektvurdering"),
    "surveys.result_seen": _("Så en delt egenvurdering"),
    "surveys.round_archived": _("Arkiverte en egenvurdering"),
    "surveys.round_closed": _("Lukket en egenvurdering"),
    "surveys.round_completed": _("Ferdigstilte en egenvurdering"),
    "surveys.round_opened": _("Åpnet en egenvurdering"),
    "surveys.round_planned": _("Planla en egenvurdering"),
    "surveys.round_shared": _("Delte en egenvurdering med skoleeier"),
    "surveys.round_withdrawn": _("Trakk tilbake delingen av en egenvurdering"),
    "surveys.scale_set": _("Valgte ord for egenvurdering"),
    "yearwheel.date_dropped": _("Tok bort en dato i årshjulet"),
    "yearwheel.date_finished": _("Meldte en dato i årshjulet som gjort"),
    "yearwheel.date_put": _("Satte en dato i årshjulet"),
    "yearwheel.year_rolled": _("Laget årets gjøremål"),
    "yearwheel.task_answered": _("Svarte på et gjøremål"),
    "yearwheel.answer_undone": _("Angret et svar på et gjøremål"),
    "yearwheel.task_reopened": _("Åpnet et gjøremål igjen"),
    "yearwheel.task_given": _("Tilbød et gjøremål til noen andre"),
    "yearwheel.offer_accepted": _("Tok over et gjøremål"),
    "yearwheel.offer_declined": _("Sa nei til et gjøremål"),
    "yearwheel.offer_withdrawn": _("Tok et tilbud om et gjøremål tilbake"),
    "yearwheel.procedure_added": _("La til en prosedyre"),
    "yearwheel.procedure_changed": _("Endret en prosedyre"),
    "yearwheel.procedure_ended": _("Avsluttet en prosedyre"),
    "yearwheel.procedure_resumed": _("Tok opp igjen en prosedyre"),
    "yearwheel.feed_opened": _("Laget en kalenderadresse"),
    "yearwheel.feed_renewed": _("Laget en ny kalenderadresse"),
    "yearwheel.feed_closed": _("Stengte en kalenderadresse"),
}


def event_words(kind: str) -> str:
    """The sentence of a kind; an unknown one is shown as it is, never left out."""
    return str(EVENTS.get(kind, kind))
