"""Uploaded files have no name on the disk, and those larger than allowed are dropped while they come in."""

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

ROOM_FOR_THE_REST = 1_000_000  # the other fields and the borders between them


class CappedUploadHandler(FileUploadHandler):
    """Writes to a nameless file up to `settings.MAX_UPLOAD_BYTES`; beyond it the request is marked and the file skipped.

    A file may be about persons until the door has looked at it (`actions.take_in`). A nameless file is in no backup,
    and is gone with the process, also when that is killed.
    """

    file: UploadedFile[bytes]

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """See Django: nothing to return. The third argument is the length that the browser told."""
        self._is_refused = args[2] > settings.MAX_UPLOAD_BYTES + ROOM_FOR_THE_REST
        self._mark()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self._is_refused:
            raise SkipFile
        super().new_file(*args, **kwargs)
        self._size = 0
        self.file = UploadedFile(
            tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR),  # noqa: SIM115 - Django closes it
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        del start
        self._size += len(raw_data)
        if self._size > settings.MAX_UPLOAD_BYTES:
            self._is_refused = True
            self._mark()
            self.file.close()
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def _mark(self) -> None:
        if self.request is not None and self._is_refused:
            self.request.upload_was_too_large = True  # type: ignore[attr-defined]
