"""LibreOffice opens what we write, and shows as many pages and slides as there are."""

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.report.export.readers import png_of, poppler, words
from tests.report.export.sample import sample
from tettpaa.report.export import docx, pptx

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not shutil.which("soffice"), reason="LibreOffice is missing: apt-get install libreoffice-writer"
    ),
]


def converted(data: bytes, name: str, folder: Path) -> bytes:
    (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / name),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return (folder / name).with_suffix(".pdf").read_bytes()


def test_word_opens_with_all_its_words(tmp_path: Path) -> None:
    shown = converted(docx.render(sample(), png_of), "report.docx", tmp_path)
    told = words(poppler("pdftotext", data=shown, folder=tmp_path))
    for chapter in sample().sections:
        assert set(words(chapter.heading)) <= set(told)
    assert "Kommunedirektøren legger fram status i september 2027." in " ".join(
        poppler("pdftotext", data=shown, folder=tmp_path).split()
    )


def test_slides_open_one_page_each(tmp_path: Path) -> None:
    converted(pptx.render(sample(), png_of), "report.pptx", tmp_path)
    with pikepdf.open(tmp_path / "report.pdf") as shown:
        assert len(shown.pages) == len(sample().slides) + 1
