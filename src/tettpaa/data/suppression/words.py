"""What the suppression commands say, in bokmål, nynorsk and English."""

from typing import Final, NamedTuple


class Words(NamedTuple):
    """The same text in three languages; `{}` fields are filled by `say`."""

    nb: str
    nn: str
    en: str


SAYS: Final = {
    "unreadable": Words(
        "{file}: filen kan ikke leses ({reason}). Kontroller navnet, og at filen er CSV i UTF-8.",
        "{file}: fila kan ikkje lesast ({reason}). Kontroller namnet, og at fila er CSV i UTF-8.",
        "{file}: cannot be read ({reason}). Check the name, and that the file is CSV in UTF-8.",
    ),
    "empty": Words(
        "{file}: filen har ingen rader. Den skal ha en rad per indre celle.",
        "{file}: fila har ingen rader. Ho skal ha ei rad per indre celle.",
        "{file}: has no rows. It must have one row per inner cell.",
    ),
    "no_column": Words(
        "{file}: mangler kolonnen «{column}». Filen har: {columns}. Rett navnet i filen eller på kommandolinjen.",
        "{file}: manglar kolonna «{column}». Fila har: {columns}. Rett namnet i fila eller på kommandolinja.",
        "{file}: has no column “{column}”. It has: {columns}. Correct the name in the file or the command.",
    ),
    "column_twice": Words(
        "Kolonnen «{column}» er nevnt to ganger. Nevn hver kolonne én gang.",
        "Kolonna «{column}» er nemnd to gonger. Nemn kvar kolonne éin gong.",
        "The column “{column}” is named twice. Name each column once.",
    ),
    "extra_column": Words(
        "{file}: kolonnen «{column}» er ikke nevnt i --hierarchy, --dimensions eller --count. Nevn den, eller fjern den.",
        "{file}: kolonna «{column}» er ikkje nemnd i --hierarchy, --dimensions eller --count. Nemn ho, eller fjern ho.",
        "{file}: the column “{column}” is in none of --hierarchy, --dimensions and --count. Name it or remove it.",
    ),
    "wrong_width": Words(
        "{file}, linje {line}: har {found} felter, men overskriften har {wanted}. Rett raden.",
        "{file}, linje {line}: har {found} felt, men overskrifta har {wanted}. Rett rada.",
        "{file}, line {line}: has {found} fields, but the heading has {wanted}. Correct the row.",
    ),
    "no_code": Words(
        "{file}, linje {line}, kolonne «{column}»: er tom. Skriv en kode.",
        "{file}, linje {line}, kolonne «{column}»: er tom. Skriv ein kode.",
        "{file}, line {line}, column “{column}”: is empty. Write a code.",
    ),
    "total_inside": Words(
        "{file}, linje {line}, kolonne «{column}»: «Total» er reservert for summer. Filen skal bare ha indre celler.",
        "{file}, linje {line}, kolonne «{column}»: «Total» er reservert for summar. Fila skal berre ha indre celler.",
        "{file}, line {line}, column “{column}”: “Total” is reserved for sums. The file must hold inner cells only.",
    ),
    "not_count": Words(
        "{file}, linje {line}, kolonne «{column}»: «{value}» er ikke et helt tall fra 0 og opp. Skriv antallet elever.",
        "{file}, linje {line}, kolonne «{column}»: «{value}» er ikkje eit heilt tal frå 0 og opp. Skriv talet på elevar.",
        "{file}, line {line}, column “{column}”: “{value}” is not a whole number from 0 up. Write the number of pupils.",
    ),
    "row_twice": Words(
        "{file}, linje {line}: samme celle står på linje {first}. Slå radene sammen.",
        "{file}, linje {line}: same celle står på linje {first}. Slå radene saman.",
        "{file}, line {line}: the same cell stands in line {first}. Merge the rows.",
    ),
    "not_status": Words(
        "{file}, linje {line}, kolonne «status»: «{value}» er verken «shown» eller «hidden». Rett raden.",
        "{file}, linje {line}, kolonne «status»: «{value}» er verken «shown» eller «hidden». Rett rada.",
        "{file}, line {line}, column “status”: “{value}” is neither “shown” nor “hidden”. Correct the row.",
    ),
    "bad_sum": Words(
        "--sum «{value}»: skriv slik: kolonne:navn=kode+kode, for eksempel year:2022-24=2022+2023+2024.",
        "--sum «{value}»: skriv slik: kolonne:namn=kode+kode, til dømes year:2022-24=2022+2023+2024.",
        "--sum “{value}”: write it like column:label=code+code, for instance year:2022-24=2022+2023+2024.",
    ),
    "sum_taken": Words(
        "{file}, kolonne «{column}»: --sum kaller en sum «{value}», men koden finnes i filen. Velg et annet navn.",
        "{file}, kolonne «{column}»: --sum kallar ein sum «{value}», men koden finst i fila. Vel eit anna namn.",
        "{file}, column “{column}”: --sum calls a sum “{value}”, but the file has that code. Choose another label.",
    ),
    "no_member": Words(
        "{file}, kolonne «{column}»: --sum legger sammen «{value}», men filen har ingen slik kode. Rett koden.",
        "{file}, kolonne «{column}»: --sum legg saman «{value}», men fila har ingen slik kode. Rett koden.",
        "{file}, column “{column}”: --sum adds up “{value}”, but the file has no such code. Correct the code.",
    ),
    "bad_threshold": Words(
        "--threshold {value}: grensen må være minst 1.",
        "--threshold {value}: grensa må vere minst 1.",
        "--threshold {value}: the threshold must be at least 1.",
    ),
    "unwritable": Words(
        "{file}: kan ikke skrives ({reason}). Velg en mappe du har lov til å skrive i.",
        "{file}: kan ikkje skrivast ({reason}). Vel ei mappe du har lov til å skrive i.",
        "{file}: cannot be written ({reason}). Choose a folder you may write to.",
    ),
    "refused": Words(
        "Ingenting er skrevet. {count} celler kan ikke vernes, blant dem {cells}. {remedy}",
        "Ingenting er skrive. {count} celler kan ikkje vernast, mellom dei {cells}. {remedy}",
        "Nothing was written. {count} cells cannot be protected, among them {cells}. {remedy}",
    ),
    "coarser": Words(
        "Uten «{dimension}» kan tabellen publiseres.",
        "Utan «{dimension}» kan tabellen publiserast.",
        "Without “{dimension}” the table can be published.",
    ),
    "no_coarser": Words(
        "Heller ingen grovere tabell kan publiseres: det som er publisert før, gir cellene bort.",
        "Heller ingen grovare tabell kan publiserast: det som er publisert før, gir bort cellene.",
        "No coarser table can be published either: what was published before gives the cells away.",
    ),
    "exposed": Words(
        "Merk: {count} små celler er allerede vist i en tidligere publisering, blant dem {cells}.",
        "Merk: {count} små celler er alt viste i ei tidlegare publisering, mellom dei {cells}.",
        "Note: {count} small cells are shown in an earlier release already, among them {cells}.",
    ),
    "done": Words(
        "Kontrollert: ingen av de {small} små tallene kan regnes ut eller avgrenses til under {threshold}. "
        "{hidden} av {cells} tall er skjult. Bevis: {certificates} mot-tabeller.",
        "Kontrollert: ingen av dei {small} små tala kan reknast ut eller avgrensast til under {threshold}. "
        "{hidden} av {cells} tal er skjulte. Bevis: {certificates} mot-tabellar.",
        "Checked: none of the {small} small numbers can be worked out or narrowed to under {threshold}. "
        "{hidden} of {cells} numbers are hidden. Proof: {certificates} counter-tables.",
    ),
    "loss": Words(
        "Slik tabellen er, skjules {hidden} % av tallene.",
        "Slik tabellen er, blir {hidden} % av tala skjulte.",
        "As the table is, {hidden} % of the numbers are hidden.",
    ),
    "loss_without": Words(
        "Uten «{dimension}» skjules {hidden} %.",
        "Utan «{dimension}» blir {hidden} % skjulte.",
        "Without “{dimension}”, {hidden} %.",
    ),
    "loss_refused": Words(
        "Uten «{dimension}» kan tabellen ikke publiseres.",
        "Utan «{dimension}» kan tabellen ikkje publiserast.",
        "Without “{dimension}” the table cannot be published.",
    ),
    "proposal": Words(
        "Mye skjules. Vurder å publisere uten «{dimension}».",
        "Mykje blir skjult. Vurder å publisere utan «{dimension}».",
        "Much is hidden. Consider publishing without “{dimension}”.",
    ),
    "not_certificates": Words(
        "{file}, linje {line}: er ikke en mot-tabell ({reason}). Bruk filen som tettpaa suppress skrev.",
        "{file}, linje {line}: er ikkje ein mot-tabell ({reason}). Bruk fila som tettpaa suppress skreiv.",
        "{file}, line {line}: is no counter-table ({reason}). Use the file that tettpaa suppress wrote.",
    ),
    "checked": Words(
        "Kontrollert: alle mot-tabellene stemmer, og alle små tall er bevist.",
        "Kontrollert: alle mot-tabellane stemmer, og alle små tal er prova.",
        "Checked: all counter-tables add up, and all small numbers are proved.",
    ),
}


def say(key: str, language: str = "nb", /, **fields: object) -> str:
    """The text in a language (`nb`, `nn` or `en`). Raises KeyError for an unknown text."""
    text: str = getattr(SAYS[key], language)
    return text.format(**fields)
