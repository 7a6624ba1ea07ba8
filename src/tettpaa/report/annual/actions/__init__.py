"""Changing reports: start one, write in it, freeze it, hand it out as files."""

from tettpaa.report.annual.actions.export import export, file_name, render
from tettpaa.report.annual.actions.freeze import ChangedSinceError, freeze
from tettpaa.report.annual.actions.publish import NotFrozenError, hold_report, publish_report
from tettpaa.report.annual.actions.write import Conflict, Writing, start_report, write_texts

__all__ = [
    "ChangedSinceError",
    "Conflict",
    "NotFrozenError",
    "Writing",
    "export",
    "file_name",
    "freeze",
    "hold_report",
    "publish_report",
    "render",
    "start_report",
    "write_texts",
]
