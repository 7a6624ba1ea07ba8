"""An owner's configuration of today as the files of a pack."""

import io
import zipfile

from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.heads import About, PackHead
from tettpaa.core.packs.queries import loaded_pack, today
from tettpaa.core.packs.writing import files_of


def export_pack(owner: Unit) -> dict[str, str]:
    """The files by name. They can be checked and loaded again, here or by another owner."""
    loaded = loaded_pack(owner)
    about = (
        f"Slik {owner.label} har det."
        if loaded is None
        else f"Slik {owner.label} har det, bygd på {loaded.title}."
    )
    head = PackHead(
        name=owner.label,
        about=About(nb=about),
        municipality="" if owner.is_invented else owner.code,
        is_invented=owner.is_invented,
    )
    return files_of(head, today(owner))


def zipped(files: dict[str, str]) -> bytes:
    """The files in one archive, the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return buffer.getvalue()
