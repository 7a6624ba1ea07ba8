"""Freezing: both editions are built, hashed and kept for good. A change afterwards is a new version."""

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.queries import chain_head
from tettpaa.data.indicators.queries import watermark
from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual.assembly import Progress, Stamp, document, part
from tettpaa.report.annual.context import Context, Wish, context_for, owners_eyes
from tettpaa.report.annual.enums import State
from tettpaa.report.annual.facts import mark_of
from tettpaa.report.annual.models import AnnualReport, FrozenEdition
from tettpaa.report.annual.queries import plain_texts, seen_digest, texts_of
from tettpaa.report.export.canonical import to_json
from tettpaa.report.export.tree import Document


class ChangedSinceError(Exception):
    """A text or a figure changed after the person who freezes saw the report: look again, then freeze."""


def freeze(
    *, report: AnnualReport, seen: str, by: str, progress: Progress | None = None
) -> dict[Edition, FrozenEdition]:
    """Freeze the report as it was seen. `seen` is `queries.seen_digest` from the page with the button.

    The public edition is built from public figures only, the internal one from what the owner may see. Nothing
    is written if anything changed meanwhile: raises ChangedSinceError.
    """
    if seen_digest(report) != seen:
        raise ChangedSinceError
    now = timezone.now()
    head = chain_head(owner=report.owner.code)
    stamp = Stamp(report.next_version, timezone.localdate(now))
    made: dict[Edition, tuple[Context, Document]] = {}
    for turn, edition in enumerate((Edition.PUBLIC, Edition.INTERNAL)):
        context = _context(report, edition, head)
        made[edition] = context, document(context, stamp, part(progress, turn, 2))
    with transaction.atomic():
        held = AnnualReport.objects.select_for_update().get(pk=report.pk)
        if held.version != report.version or seen_digest(held) != seen:
            raise ChangedSinceError
        rows = {
            edition: FrozenEdition.objects.create(
                report=held,
                edition=edition.key,
                version=stamp.version,
                content=to_json(tree),
                sha256=tree.checksum,
                releases=[release.id for release in context.releases],
                chain_head=head,
                frozen_at=now,
                frozen_by=by,
            )
            for edition, (context, tree) in made.items()
        }
        held.version, held.state, held.figures_mark = stamp.version, State.FROZEN, mark_of(watermark())
        held.save(update_fields=["version", "state", "figures_mark"])
        _tell(held, stamp, rows, by)
    report.refresh_from_db()
    return rows


def _context(report: AnnualReport, edition: Edition, head: str) -> Context:
    wish = Wish(
        year=report.year,
        name=report.name,
        edition=edition,
        texts=plain_texts(texts_of(report)),
        chain_head=head,
    )
    return context_for(owners_eyes(report.owner), report.owner, wish)


def _tell(report: AnnualReport, stamp: Stamp, rows: dict[Edition, FrozenEdition], by: str) -> None:
    record(
        kind="annual.report_frozen",
        by=by,
        subject=str(report),
        subject_key=str(report.pk),
        owner=report.owner.code,
        detail={
            "version": stamp.version,
            "sha256": {edition.key: row.sha256 for edition, row in rows.items()},
            "releases": rows[Edition.PUBLIC].releases,
        },
    )
