"""The guide «Kom i gang» is true: its commands, in their order, bring an owner from nothing to its own schools' figures."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data.sources.fetch.everything import NP5, NP8, everything, schools
from tests.data.sources.fetch.stand_in import standing_in
from tests.data.sources.helpers import ROOT, read, real_file

GUIDE = (ROOT / "docs/kom-i-gang.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.S)
    for line in block.splitlines()
    if line.startswith(".venv/bin/tettpaa")
]
FILE = "2024-25_20260224-1157_Nasjonale_proever_5._trinn.csv"


def test_the_guide_has_its_commands_and_pictures() -> None:
    assert [shlex.split(line)[1] for line in COMMANDS] == [
        "migrate", "createcachetable", "collectstatic", "owner", "user", "fetch", "import", "serve"
    ]  # fmt: skip
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", GUIDE)
    assert len(pictures) == 4
    for name in pictures:
        assert (ROOT / "docs" / name).read_bytes().startswith(b"\x89PNG")


def test_the_guides_sample_lines_are_read() -> None:
    lines = re.findall(r"```csv\n(.*?)```", GUIDE, re.S)
    found = read(lines[0].encode())
    assert [(cell.indicator, round(cell.value or 0, 1)) for cell in found.cells] == [
        ("sykefravaer", 6.4), ("foreldre_svarprosent", 69.2), ("laerer_svarprosent", 86.4)
    ]  # fmt: skip


@pytest.mark.slow
def test_the_guides_commands_end_with_figures_of_the_owners_schools(tmp_path: Path) -> None:
    (tmp_path / "nasjonale_prover.csv").write_bytes(real_file(FILE))
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TETTPAA", "DATABASE", "DJANGO"))
    } | {"TETTPAA_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tettpaa", *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    mine = [shlex.split(line)[1:] for line in COMMANDS if "serve" not in line]
    with standing_in(everything("1103")) as server:
        environment |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "TETTPAA_TEST_STAND_IN": server.address}
        told = {words[0]: run(*words) for words in mine}
        assert {question.split("/", 1)[0] for question in server.asked} >= {
            "data-nsr.udir.no", "statistikkportalen.udir.no",
        }  # fmt: skip
    schools_there = len(schools(NP5, "1103") | schools(NP8, "1103"))
    assert f"  {schools_there} nye skoler. 0 forslag venter" in told["fetch"]
    assert "Publisert som utgivelse 2." in told["fetch"]
    assert "1103 Stavanger is an owner here" in told["owner"]
    assert "head_of_schools at 1103 Stavanger" in told["user"]
    assert "Publisert som utgivelse 3." in told["import"]
    figures = run("figures", "--unit", "1103", "--indicator", "np5_lesing", "--edition", "public")
    assert len(figures.splitlines()) > 1
