"""Long work of the room: freezing and exporting. Each may be run again after a crash."""

from collections.abc import Mapping
from typing import Any

from tettpaa.core.jobs.registry import Progress, job
from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual.actions import ChangedSinceError, export, freeze
from tettpaa.report.annual.assembly import part
from tettpaa.report.annual.enums import FileKind
from tettpaa.report.annual.queries import report_by_id, seen_digest

FREEZE = "annual.freeze"
EXPORT = "annual.export"


@job(FREEZE)
def freeze_report(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Freeze as seen, then make the public files; a run that was cut off after the freeze only makes the files."""
    report = report_by_id(arguments["report"])
    if report.version < arguments["version"]:
        try:
            freeze(report=report, seen=arguments["seen"], by=arguments["by"], progress=part(progress, 0, 2))
        except ChangedSinceError:
            return {"changed": True, "seen": seen_digest(report)}
    made = export(
        report=report,
        edition=Edition.PUBLIC,
        kinds=list(FileKind),
        by=arguments["by"],
        progress=part(progress, 1, 2),
    )
    return {"version": report.version, "artefacts": [artefact.pk for artefact in made]}


@job(EXPORT)
def export_report(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Make one file of the report as it stands."""
    report = report_by_id(arguments["report"])
    edition = Edition[arguments["edition"].upper()]
    made = export(
        report=report,
        edition=edition,
        kinds=[FileKind(arguments["kind"])],
        by=arguments["by"],
        progress=progress,
    )
    return {"artefacts": [artefact.pk for artefact in made]}
