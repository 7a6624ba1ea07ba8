"""What no source of ours fetches or knows the layout of, and why. Such figures come by the template, or by a file whose columns a
person points at. Nothing is guessed: a layout that nobody recorded is left out until somebody has an answer to read.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tettpaa.data.indicators.definitions import definitions

# Which keys, and why not. The rules are tried in order and each indicator has one (a test holds them to the catalogue).
REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        r"np\d_\w+_niva[\d_]+_andel": (
            "Mastery levels. Udir's report of national tests gives them when it is asked with `VisMestringsnivaafordeling(1)`; "
            "lacking: an answer of that form, for its headings. KOSTRA table 12255 has levels 3 to 5 in grade 8; lacking: which "
            "autumn's test a KOSTRA year stands for."
        ),
        r"np\d_\w+_(?:deltakelse|fritak)": (
            "Who took part and who was exempted. The same report, with `VisDeltakelsestatusfordeling(1)`: not recorded."
        ),
        r"gs_gap": (
            "The difference between overall mark and exam. No table of Udir's has it, and one year's difference is mostly chance: "
            "an exam is a draw. The two marks are fetched, each by itself."
        ),
        r"vgo_gjennomforing": (
            "Completion of upper secondary. Statistics Norway's table 14863 has it for the counties of today; lacking: its dimensions, "
            "and which of its degrees of completion are to be added up (12971, on counties that are gone, has two: on time and later). "
            "An answer in json-stat2 names its parts, but not that. Udir's `VGO_Gjennomfoering_Fylk` ends with those who began in 2019."
        ),
        r"vgo_(?:sluttet|overgang)": (
            "Udir's reports of upper secondary (`VGO_slutta`) and of transitions (`OvergangerG`): no answer recorded."
        ),
        r"skolebidrag_\w+": "Udir's report `SkolebidragG`: irregular, no answer recorded.",
        r"laerertetthet_\w+|laerernorm_oppfylt|kompetanse_\w+|undervisningstimer_elev": (
            "Teacher density, the norm and competence. They come from GSI, but the code of its staff report is not known."
        ),
        r"vid_utd": "Udir's report `VidUtdLaerer`: no answer recorded.",
        r"(?:foreldre|laerer)_\w+": (
            "The Parents' and Teachers' surveys. Results are the school's and the owner's own; no open interface is known."
        ),
        r"kart\d_\w+": "Mapping tests are no national statistics. They are with the owner (PAS), in no published layout.",
        r"sykefravaer|veiledning_nyutdannede": "The owner's own figures, from its staff system or register.",
    }
)
# Systems and tables that hold more than single indicators.
OTHERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "PAS, Vokal, Conexus (PULS, Engage), 1310.no": "No layout is published. Their files are pointed at, and remembered.",
        "The Pupil Survey by question and answer (Udir's table 149)": (
            "Its headings are known and no answer is. Lacking: the codes and names of its themes and questions; the code of the row that "
            "means all answers; whether `AntallBesvart` of one answer counts those who chose it, as it does for bullying, or all who "
            "answered; whether a question may be given several answers. The indices made of the same questions are fetched (148). "
            "An answer of it is refused."
        ),
        "Marks by subject, before the first real answer": (
            "The form is as public programs use it that ask Udir's report or read its downloaded file; no whole answer was recorded. "
            "The three subjects with a written exam are read. A heading that is new stops it."
        ),
        "KOSTRA groups, before the first real answer": (
            "The address and the fields (Klass 112 against 131) are as public programs use them; no whole answer was recorded. "
            "One of another form stops it, and the groups that were known stay."
        ),
        "The school register's older interface (NSR v3)": (
            "Version 4 is current and has all that is used here. Of version 3 the names of some fields are known and no whole record is; "
            "it is not asked."
        ),
    }
)


def left_out() -> dict[str, list[str]]:
    """Why, with the keys of the indicators that only come by the template. Raises StopIteration for one without a reason."""
    found: dict[str, list[str]] = {}
    for key, one in definitions().items():
        if list(one.sources) == ["open_template"]:
            why = next(why for keys, why in REASONS.items() if re.fullmatch(keys, key))
            found.setdefault(why, []).append(key)
    return found
