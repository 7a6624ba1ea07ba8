"""What people write about competence in the story."""

TITLES = {"head_of_schools": "Skolesjef, Fjordvik", "adviser": "Rådgiver, Fjordvik"}
REASON = "Skolen har ikke nok lærere med studiepoeng i faget dette skoleåret. Læreren har undervist i det i fem år."
TRIED = "Vi har lyst ut stillingen to ganger og byttet timer mellom trinnene."
DECISION = "Nødvendig for dette skoleåret. Læreren er satt opp på videreutdanning."
MENTOR_PLAN = (
    "Et møte hver fjortende dag. I høst: klasseledelse og samarbeid med hjemmene. Til våren: vurdering."
)
TALKS = ((-80, "Den første tiden"), (-60, "Klasseledelse"), (-40, "Samtaler med foreldre"))
TALK_NOTE = "Vi ble enige om én ting å prøve til neste gang."
SPREADS = (
    (-60, "To måter å be om hjelp på", "mellomtrinnet"),
    (-25, "Lesestrategier i naturfag", "hele personalet"),
)
ROUND = (
    "Hvor lenge venter elevene på hjelp?",
    "Elevene vet hvordan de ber om hjelp. Læreren er innom alle i løpet av timen.",
    "Elevene sier at de venter lenge. Vi vil se hva som virker hos oss.",
)
SEEN = "Åtte elever rakk opp hånda. De fleste fikk hjelp innen to minutter. Tre ventet lenger."
WORKED = "Hjelpekøen på tavla. Elevene arbeidet videre mens de ventet."
QUESTION = "Hva gjør du når du ser at noen har sluttet å spørre?"
NEXT_STEPS = ("Prøve hjelpekø i matematikk", "Gå runden motsatt vei", "Spørre to som ikke rekker opp hånda")
PATTERN = "Der det er en fast måte å be om hjelp på, arbeider elevene videre mens de venter. Det vil vi ha i alle timer."
GUIDANCE = "Spørsmål som får flere med"
PEER_NOTE = "Jeg stiller færre spørsmål og venter lenger."
WHAT = {
    "stotte": "Lærende nettverk med ressurslærere fra alle skolene, og klassevandring om støtte i timene.",
    "lesing": "Leseveileder på hver skole, og lesing i fagene på felles tid.",
    "nye-laerere": "Veileder og plan for alle nyutdannede, to år.",
}
SAID = "Tiden til nettverk må tas av fellestid, ikke komme i tillegg."
CHANGED = "Samlingene ligger på fellestid, og rektor setter av vikar."
NEED = "Vi trenger å lære mer om støtte til elever som har sluttet å spørre."
OUTCOME = "I gang på alle skolene. Fortsetter."
EVALUATION = "Nettverket nådde alle skolene. Det som ble delt på fellestid, ser vi igjen i timene. Det andre ser vi lite til."
