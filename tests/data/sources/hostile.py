"""More than 60 kinds of hostile file (T16), each with the problem it must be refused with."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable

from tests.data.sources.helpers import TEMPLATE_HEADS, udir_heads

type Make = Callable[[], bytes]
ROW = "F00000001;Nes;2024-25;7;eu_trivsel;;;4,2;48;;;;ok;\n"
HEAD = TEMPLATE_HEADS + "\n"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12)
) + "]>"  # fmt: skip


def template_cells() -> list[list[str]]:
    return [TEMPLATE_HEADS.split(";"), ROW.strip().split(";")]


def sheet_xml(rows: Iterable[Iterable[str]], *, before: str = "", after: str = "") -> str:
    lines = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
        for row in rows
    )
    return f'<?xml version="1.0"?>{before}<worksheet {NS}><sheetData>{lines}{after}</sheetData></worksheet>'


def parts(sheet: str | bytes | None = None) -> dict[str, str | bytes]:
    """The smallest workbook that is read: one sheet with one good row."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"></Types>',
        "xl/workbook.xml": f'<workbook {NS} xmlns:r="{RELATIONS}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": sheet if sheet is not None else sheet_xml(template_cells()),
    }


def packed(
    content: dict[str, str | bytes] | list[tuple[str | zipfile.ZipInfo, str | bytes]],
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as container:
        for name, data in content.items() if isinstance(content, dict) else content:
            container.writestr(name, data)
    return out.getvalue()


def book(**changes: str | bytes) -> bytes:
    """The smallest workbook with parts changed or added; `__` in a name stands for `/`, `_dot_` for `.`."""
    return packed(
        parts() | {name.replace("__", "/").replace("_dot_", "."): data for name, data in changes.items()}
    )


def with_part(name: str, data: str | bytes = b"x") -> bytes:
    return packed(parts() | {name: data})


def with_sheet(sheet: str | bytes) -> bytes:
    return packed(parts(sheet))


def relation(kind: str, target: str, mode: str = "External") -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="x" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'


def symlink() -> bytes:
    info = zipfile.ZipInfo("xl/media/link")
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return packed([*parts().items(), (info, "/etc/passwd")])


def flagged(bit: int) -> bytes:
    """The smallest workbook with a flag set in every entry, as encrypted files have."""
    data = bytearray(packed(parts()))
    at = -1
    while (at := data.find(b"PK\x03\x04", at + 1)) >= 0:
        data[at + 6] |= bit
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= bit
    return bytes(data)


def overlapping() -> bytes:
    """Entries that share one body: the directory points to the same bytes many times."""
    data = packed(parts() | {"xl/media/a.bin": b"\0" * 100_000})
    end = data.rfind(b"PK\x05\x06")
    offset = struct.unpack("<L", data[end + 16 : end + 20])[0]
    directory = data[offset:end]
    last = directory[directory.rfind(b"PK\x01\x02") :]
    extra = b"".join(last.replace(b"a.bin", f"{chr(98 + i)}.bin".encode()) for i in range(20))
    count = len(parts()) + 21
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory + extra), offset, 0)
    return data[:offset] + directory + extra + tail


def lying(file_size: int) -> bytes:
    """The first entry of the directory claims another unpacked size."""
    data = bytearray(packed(parts()))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", file_size)
    return bytes(data)


def damaged() -> bytes:
    """A byte changed inside a packed sheet: its checksum no longer holds."""
    data = bytearray(packed(parts(), zipfile.ZIP_STORED))
    data[data.find(b"eu_trivsel")] ^= 1
    return bytes(data)


def claimed_entries(count: int) -> bytes:
    data = bytearray(packed(parts()))
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = struct.pack("<2H", count, count)
    return bytes(data)


def many_sheets(count: int) -> bytes:
    content = parts()
    for number in range(2, count):
        content[f"xl/worksheets/sheet{number}.xml"] = "<a/>"
    return packed(content)


TEXT: dict[str, tuple[Make, str]] = {
    "empty": (lambda: b"", "empty_file"),
    "only a mark": (lambda: b"\xef\xbb\xbf", "unknown_heading"),
    "only blanks": (lambda: b" \r\n\t\r\n", "empty_file"),
    "nul in utf-8": (lambda: (HEAD + ROW).encode().replace(b"Nes", b"N\0s"), "forbidden_character"),
    "nul in utf-16": (lambda: (HEAD + ROW).replace("Nes", "N\0s").encode("utf-16"), "forbidden_character"),
    "nothing but nul": (lambda: b"\0" * 100_000, "forbidden_character"),
    "escape sequence": (lambda: (HEAD + ROW).replace("Nes", "\x1b[31m").encode(), "forbidden_character"),
    "direction override": (lambda: (HEAD + ROW).replace("Nes", "\u202eseN").encode(), "forbidden_character"),
    "zero width": (lambda: (HEAD + ROW).replace("Nes", "N\u200bes").encode(), "forbidden_character"),
    "lost letters": (lambda: (HEAD + ROW).replace("Nes", "N\ufffds").encode(), "forbidden_character"),
    "utf-32": (lambda: (HEAD + ROW).encode("utf-32"), "unknown_encoding"),
    "half a letter": (lambda: (HEAD + ROW).encode("utf-16")[:-1], "cut_off"),
    "lone surrogate": (lambda: HEAD.encode("utf-16") + b"\x00\xd8\x00\x00" + ROW.encode("utf-16-le"), "damaged_bytes"),
    "two encodings": (lambda: (HEAD + "æøå" * 9).encode() + "æøå\n".encode("cp1252"), "damaged_bytes"),
    "overlong zero": (lambda: (HEAD + ROW).encode() + "ø".encode() + b"\xc0\x80\n", "damaged_bytes"),
    "unassigned cp1252": (lambda: (HEAD + ROW).encode() + b"\xe6\xf8\x81\x8d\n", "damaged_bytes"),
    "one endless line": (lambda: b"a" * 30_000_000, "line_too_long"),
    "endless line in utf-16": (lambda: ("a" * 9_000_000).encode("utf-16-le"), "line_too_long"),
    "open quotation mark": (lambda: (HEAD + '"' + ROW * 20).encode(), "bad_quotes"),
    "open quotation mark in a large file": (lambda: (HEAD + '"' + ROW * 100_000).encode(), "cell_too_long"),
    "giant cell": (lambda: (HEAD + "x" * 900_000 + ROW).encode(), "cell_too_long"),
    "100,000 columns": (lambda: b";".join(b"a" for _ in range(100_000)) + b"\n", "too_many_columns"),
    "separator of its own": (lambda: b"sep=\x01\n" + HEAD.encode(), "forbidden_character"),
    "separator x": (lambda: b"sep=x\n" + HEAD.encode(), "unknown_separator"),
    "pdf": (lambda: b"%PDF-1.7\n" + b"\0" * 999, "pdf"),
    "pdf that is also csv": (lambda: b"%PDF-1.7\n" + (HEAD + ROW).encode(), "pdf"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 999, "image"),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0" + b"\0" * 999, "image"),
    "gif that is also script": (lambda: b"GIF89a=1;alert(1);" + HEAD.encode(), "image"),
    "gzip": (lambda: b"\x1f\x8b\x08" + b"\0" * 999, "archive"),
    "bzip2": (lambda: b"BZh9" + b"\0" * 999, "archive"),
    "xz": (lambda: b"\xfd7zXZ\0" + b"\0" * 999, "archive"),
    "rar": (lambda: b"Rar!\x1a\x07\0" + b"\0" * 999, "archive"),
    "zstandard": (lambda: b"\x28\xb5\x2f\xfd" + b"\0" * 999, "archive"),
    "windows program": (lambda: b"MZ" + b"\0" * 999, "program"),
    "linux program": (lambda: b"\x7fELF" + b"\0" * 999, "program"),
    "shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", "program"),
    "web page": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", "markup"),
    "web page in utf-16": (lambda: "<html><table></table></html>".encode("utf-16"), "markup"),
    "drawing with script": (lambda: b"  <svg onload='alert(1)'/>", "markup"),
    "external entity": (lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "markup"),
    "a billion laughs": (lambda: f'<?xml version="1.0"?>{LAUGHS}<l>&m;</l>'.encode(), "markup"),
    "php": (lambda: b"<?php system($_GET['x']); ?>", "markup"),
    "rich text": (lambda: b"{\\rtf1 hello}", "text_document"),
    "old or encrypted excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999, "old_excel"),
    "database": (lambda: b"SQLite format 3\0" + b"\0" * 999, "unknown_kind"),
    "formulas for figures": (lambda: (HEAD + ROW.replace("4,2", "=cmd|' /C calc'!A0")).encode(), "formula"),
    "number of 400 digits": (lambda: (HEAD + ROW.replace("4,2", "9" * 400)).encode(), "not_a_number"),
    "number beyond numbers": (lambda: (HEAD + ROW.replace("4,2", "1e999")).encode(), "not_a_number"),
    "digits of other scripts": (lambda: (HEAD + ROW.replace("4,2", "٤")).encode(), "not_a_number"),
    "100,000 wrong rows": (lambda: (HEAD + ROW.replace("4,2", "x") * 100_000).encode(), "not_a_number"),
    "50,000 unknown keys": (lambda: (HEAD + "".join(ROW.replace("eu_t", f"eu_{i}t") for i in range(50_000))).encode(), "unknown_indicator"),
    "heading of 100,000 dots": (lambda: udir_lines(["2024-25" + ".a" * 100_000]), "cell_too_long"),
    "heading of 9,000 dots": (lambda: udir_lines(["2024-25" + ".a" * 9_000]), "unknown_measure"),
    "1,900 headings alike": (lambda: udir_lines(udir_heads()[9:10] * 1_900), "doubled_head"),
    "list of pupils": (lambda: b"fodselsnummer;navn\n1;2\n", "pupil_level"),
    "heading and nothing else": (lambda: HEAD.encode(), "no_rows"),
}  # fmt: skip


def udir_lines(figures: list[str]) -> bytes:
    return ("\t".join([*udir_heads()[:9], *figures]) + "\n1\tI\n").encode()


BOOKS: dict[str, tuple[Make, str]] = {
    "bomb": (lambda: with_part("xl/media/a.bin", b"\0" * 50_000_000), "bomb"),
    "bomb in the sheet": (lambda: with_sheet(sheet_xml(template_cells()) + " " * 60_000_000), "bomb"),
    "bomb of many parts": (lambda: packed(parts() | {f"xl/media/{i}.bin": noise(i) for i in range(120)}), "bomb"),
    "overlapping parts": (overlapping, "bomb"),
    "65,535 parts": (lambda: claimed_entries(65_535), "too_many_parts"),
    "2,000 parts": (lambda: packed(parts() | {f"xl/media/{i}": b"" for i in range(2_000)}), "too_many_parts"),
    "zip in zip": (lambda: with_part("xl/media/a.zip", packed({"b": b"x"})), "nested_archive"),
    "workbook in workbook": (lambda: with_part("xl/media/b.XLSX", packed(parts())), "nested_archive"),
    "program inside": (lambda: with_part("xl/media/a.exe", b"MZ"), "nested_archive"),
    "macro": (lambda: with_part("xl/vbaProject.bin"), "macros"),
    "macro workbook": (lambda: packed(parts() | {"[Content_Types].xml": "<Types><Override ContentType='application/vnd.ms-excel.sheet.macroEnabled.main+xml'/></Types>"}), "macros"),
    "excel 4 macro": (lambda: with_part("xl/macrosheets/sheet1.xml", "<a/>"), "macros"),
    "active control": (lambda: with_part("xl/activeX/activeX1.xml", "<a/>"), "macros"),
    "own ribbon": (lambda: with_part("customUI/customUI.xml", "<a/>"), "macros"),
    "link to another workbook": (lambda: with_part("xl/externalLinks/externalLink1.xml", "<a/>"), "external_links"),
    "link to a share": (lambda: with_part("xl/worksheets/_rels/sheet1.xml.rels", relation("oleObject", r"\\10.0.0.1\x")), "external_links"),
    "picture from a server": (lambda: with_part("xl/drawings/_rels/d.xml.rels", relation("image", "http://192.0.2.1/x.png")), "external_links"),
    "data connection": (lambda: with_part("xl/connections.xml", "<a/>"), "external_links"),
    "web query": (lambda: with_part("xl/queryTables/queryTable1.xml", "<a/>"), "external_links"),
    "embedded object": (lambda: with_part("xl/embeddings/oleObject1.bin"), "embedded_files"),
    "data model": (lambda: with_part("xl/model/item.data"), "embedded_files"),
    "external entity in the sheet": (lambda: with_sheet(sheet_xml([["&x;"]], before='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')), "entities"),
    "laughs in the sheet": (lambda: with_sheet(sheet_xml([["&m;"]], before=LAUGHS)), "entities"),
    "laughs in the texts": (lambda: with_part("xl/sharedStrings.xml", f"{LAUGHS}<sst {NS}><si><t>&m;</t></si></sst>"), "entities"),
    "laughs in the workbook": (lambda: packed(parts() | {"xl/workbook.xml": f"{LAUGHS}<workbook>&m;</workbook>"}), "entities"),
    "entity in utf-16": (lambda: with_part("xl/styles.xml", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16")), "entities"),
    "declaration behind a long comment": (lambda: with_sheet(sheet_xml([["&m;"]], before=f"<!--{'x' * 9_000}-->{LAUGHS}")), "entities"),
    "name that climbs": (lambda: with_part("xl/../../../etc/passwd"), "unsafe_name"),
    "name from the root": (lambda: with_part("/etc/passwd"), "unsafe_name"),
    "name with backslashes": (lambda: with_part("xl\\..\\x"), "unsafe_name"),
    "name with a drive": (lambda: with_part("C:/x"), "unsafe_name"),
    "symbolic link": (symlink, "unsafe_name"),
    "encrypted": (lambda: flagged(1), "encrypted"),
    "part twice": (lambda: packed([*parts().items(), ("XL/workbook.xml", "<a/>")]), "doubled_part"),
    "something in front": (lambda: packed(parts()) + packed(parts()), "polyglot"),
    "something behind": (lambda: packed(parts()) + b"<script>alert(1)</script>", "polyglot"),
    "cut": (lambda: packed(parts())[:-200], "cut_workbook"),
    "cut to the mark": (lambda: b"PK\x03\x04", "cut_workbook"),
    "size that lies low": (lambda: lying(1), "damaged_workbook"),
    "size that lies high": (lambda: lying(0xFFFF_FFF0), "bomb"),
    "damaged sheet": (damaged, "damaged_workbook"),
    "word document": (lambda: packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}), "no_workbook"),
    "open document": (lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), "no_workbook"),
    "nothing inside": (lambda: packed({}), "no_workbook"),
    "65,000 sheets claimed": (lambda: many_sheets(400), "too_many_sheets"),
    "no sheet": (lambda: packed(parts() | {"xl/workbook.xml": f"<workbook {NS}/>"}), "no_sheets"),
    "sheet that is not there": (lambda: packed({k: v for k, v in parts().items() if "sheet1" not in k}), "damaged_workbook"),
    "sheet outside": (lambda: packed(parts() | {"xl/_rels/workbook.xml.rels": relation("worksheet", "../../../etc/passwd", "Internal").replace('"x"', '"r1"')}), "damaged_workbook"),
    "no relations": (lambda: packed({k: v for k, v in parts().items() if "rels" not in k}), "damaged_workbook"),
    "broken xml": (lambda: with_sheet(sheet_xml(template_cells())[:-20]), "damaged_workbook"),
    "xml of unknown encoding": (lambda: with_sheet(sheet_xml(template_cells()).replace('"1.0"', '"1.0" encoding="x-evil"')), "damaged_workbook"),
    "200,000 rows": (lambda: with_sheet(sheet_xml(template_cells(), after=tall(200_000))), "too_many_rows"),
    "cell in the last column": (lambda: with_sheet(sheet_xml(template_cells(), after='<row><c r="XFD3"><v>1</v></c></row>')), "too_many_columns"),
    "column beyond all columns": (lambda: with_sheet(sheet_xml(template_cells(), after=f'<row><c r="{"Z" * 50}3"><v>1</v></c></row>')), "too_many_columns"),
    "text that is not there": (lambda: with_sheet(sheet_xml(template_cells(), after='<row><c t="s"><v>99</v></c></row>')), "damaged_workbook"),
    "giant text": (lambda: with_sheet(sheet_xml([*template_cells(), ["x" * 30_000]])), "cell_too_long"),
    "giant shared text": (lambda: with_part("xl/sharedStrings.xml", f"<sst {NS}><si><t>{'x' * 30_000}</t></si></sst>"), "cell_too_long"),
    "a million texts": (lambda: with_part("xl/sharedStrings.xml", f"<sst {NS}>{noisy('<si><t>{}</t></si>', 600_000)}</sst>"), "too_many_rows"),
    "deep nesting": (lambda: with_sheet(sheet_xml(template_cells(), after=noisy("<a{}>", 300_000))), "damaged_workbook"),
    "formula for a figure": (lambda: with_sheet(sheet_xml(template_cells(), after=formula_row())), "formula"),
    "a hundred thousand attributes": (lambda: with_sheet(sheet_xml(template_cells(), before=f"<!--x--><?x {noisy('a{}=1 ', 100_000)}?>", after="<row")), "damaged_workbook"),
}  # fmt: skip


def noise(seed: int) -> bytes:
    """Two million bytes that pack well, but not too well."""
    return b"".join(struct.pack("<L", (seed * 7919 + i * 104_729) % 65_536) for i in range(1_900)) * 260


def noisy(pattern: str, count: int) -> str:
    return "".join(pattern.format(i * 7919 % 99_991) for i in range(count))


def tall(count: int) -> str:
    return noisy('<row><c t="inlineStr"><is><t>#{}</t></is></c></row>', count)


def formula_row() -> str:
    cells = ROW.strip().split(";")
    start = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in cells[:7])
    return f"<row>{start}<c><f>HYPERLINK(1)</f><v>4.2</v></c></row>"
