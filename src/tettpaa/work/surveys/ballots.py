"""A set of answers as bytes under a key that is not in the database, so that a copy of the database tells nothing.

AES-GCM with a random nonce, one key a round, derived from the installation's secret (HKDF, RFC 5869). One byte an
answer: all ballots of a round are equally long. No time, no number, nothing of the person.
"""

import secrets
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from tettpaa.work.surveys.models import UNKNOWN

_NONCE: Final = 12
_UNKNOWN_BYTE: Final = 255


class UnreadableError(Exception):
    """No secret of the installation opens the ballot: it was changed without being kept as a fallback."""


def sealed(round_id: UUID, steps: Sequence[int]) -> bytes:
    """The answers, one step for each question in its order (UNKNOWN for "vet ikke"), as a ballot."""
    plain = bytes(_UNKNOWN_BYTE if step == UNKNOWN else step for step in steps)
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key(round_id, settings.SECRET_KEY)).encrypt(nonce, plain, round_id.bytes)


def opened(round_id: UUID, content: bytes) -> list[int]:
    """The answers of a ballot. Raises UnreadableError when it is of another round, or no secret fits."""
    nonce, body = content[:_NONCE], content[_NONCE:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            plain = AESGCM(_key(round_id, secret)).decrypt(nonce, body, round_id.bytes)
        except InvalidTag:
            continue
        return [UNKNOWN if byte == _UNKNOWN_BYTE else byte for byte in plain]
    raise UnreadableError(round_id)


def _key(round_id: UUID, secret: str | bytes) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=round_id.bytes, info=b"tettpaa.surveys.ballot")
    return derive.derive(secret if isinstance(secret, bytes) else secret.encode())
