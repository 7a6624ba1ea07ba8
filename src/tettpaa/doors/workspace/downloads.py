"""A table as a file to keep: CSV for spreadsheets, or a workbook. Neither can carry a formula."""

from django.http import Http404, HttpResponse

from tettpaa.data.indicators.tables import csv_bytes, xlsx_bytes
from tettpaa.doors.workspace.queries.tables import FileTable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(table: FileTable, kind: str, tongue: str) -> HttpResponse:
    """The table as `csv` or `xlsx`; 404 for anything else."""
    if kind == "csv":
        response = HttpResponse(
            csv_bytes(table.header, table.rows, tongue), content_type="text/csv; charset=utf-8"
        )
    elif kind == "xlsx":
        response = HttpResponse(xlsx_bytes(table.title, table.header, table.rows), content_type=XLSX)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{table.name}.{kind}"'
    return response
