"""Files larger than allowed are dropped while they come in, so that they never fill the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

ROOM_FOR_THE_REST = 1_000_000  # the other fields and the borders between them


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Writes to a temporary file up to `settings.MAX_UPLOAD_BYTES`; beyond it the request is marked and the file skipped."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """See Django: nothing to return. The third argument is the length that the browser told."""
        self._is_refused = args[2] > settings.MAX_UPLOAD_BYTES + ROOM_FOR_THE_REST
        self._mark()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self._is_refused:
            raise SkipFile
        self._size = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > settings.MAX_UPLOAD_BYTES:
            self._is_refused = True
            self._mark()
            self.file.close()
            raise SkipFile
        super().receive_data_chunk(raw_data, start)

    def _mark(self) -> None:
        if self.request is not None and self._is_refused:
            self.request.upload_was_too_large = True  # type: ignore[attr-defined]
