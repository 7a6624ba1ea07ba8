"""Secret addresses: made once, kept only as a hash, refused unread when the signature is not ours."""

import hashlib
import secrets

from django.core import signing


def new_token(purpose: str) -> str:
    """256 random bits with our signature; `purpose` keeps a token of one kind from being used as another."""
    return signing.Signer(salt=f"yearwheel.{purpose}", sep="~").sign(secrets.token_urlsafe(32))


def token_hash(token: str) -> str:
    """What the database keeps."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_ours(token: str, purpose: str) -> bool:
    """Whether we signed it. A guess or a cut address never reaches the database."""
    try:
        signing.Signer(salt=f"yearwheel.{purpose}", sep="~").unsign(token)
    except signing.BadSignature:
        return False
    return True
