"""People with passwords and second factors, and what a page says to its reader."""

import json
import re
import time
from hashlib import sha256
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from tests.factories.cast import Cast
from tettpaa.core.accounts.models import User

PASSWORD = "blåbær i skogen 7"
HIDDEN = re.compile(r"<(script|style|svg)\b.*?</\1>", re.S)
SPOKEN = re.compile(r'\b(?:placeholder|aria-label|alt|title|value)="([^"]*)"')
# Words that betray another language than the page's. Names of products and of languages stand.
ENGLISH = re.compile(
    r"\b(the|your|you|please|sign|password|e?mail|code|codes|security|required|invalid|enter|key|keys|name|"
    r"confirm|has|been|two-factor|authentication|again|current|verification)\b",
    re.I,
)
BOKMAAL = re.compile(
    r"\b(ikke|noe|noen|hver|jeg|skole\w*|lenke[nr]?|bare|fra|tallene|enheten|koblet|lagret|endret|byttet|velg|"
    r"også|sikkerhet\w*|reservekoder|nøkler|åpne|brukes|bekreft\w*)\b",
    re.I,
)
NORWEGIAN = re.compile(r"[æøåÆØÅ]|\b(passord\w*|ikke|ikkje|kode\w*|og|til|med|logg|konto\w*)\b")
FOREIGN = {"nb": [ENGLISH], "nn": [ENGLISH, BOKMAAL], "en": [NORWEGIAN]}
NAMES = re.compile(r"Tett på|Bokmål|Nynorsk|English|\S+@example\.test|Vik skole|Nes skole")


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """The attempts of one test do not count in the next."""
    cache.clear()


@pytest.fixture
def berit(cast: Cast) -> User:
    """Berit with a password and nothing more."""
    user = cast.users["berit"]
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def secret(berit: User) -> str:
    """Berit's code app and recovery codes; the secret of the app."""
    made = generate_totp_secret()
    TOTP.activate(berit, made)
    RecoveryCodes.activate(berit)
    return made


@pytest.fixture
def passkey(berit: User) -> Authenticator:
    """A passkey as a device makes it, usable without a password; the private key is thrown away."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid.NONE, b"0123456789abcdef", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    seen = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 0, credential)
    client = {"type": "webauthn.create", "challenge": "AAAA", "origin": "http://testserver"}
    response = {
        "id": websafe_encode(b"0123456789abcdef"),
        "rawId": websafe_encode(b"0123456789abcdef"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(json.dumps(client).encode()),
            "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    data = {"name": "Telefonen", "credential": response}
    return Authenticator.objects.create(user=berit, type=Authenticator.Type.WEBAUTHN, data=data)


@pytest.fixture
def signed_in(berit: User, secret: str, client: Client) -> Client:
    """Berit, through both steps by the pages themselves."""
    sign_in(client)
    client.post("/konto/2fa/authenticate/", {"code": code_now(secret)})
    assert client.session["_auth_user_id"] == str(berit.pk)
    confirm(client)
    return client


def sign_in(client: Client, email: str = "berit@example.test", password: str = PASSWORD) -> HttpResponse:
    return client.post("/konto/login/", {"login": email, "password": password})  # type: ignore[return-value]


def confirm(client: Client) -> None:
    """Show once more that it is oneself, as the pages about security ask for."""
    client.post("/konto/reauthenticate/", {"password": PASSWORD})


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def words(response: HttpResponse) -> str:
    """What a reader sees and hears of a page: text and spoken attributes, names left out."""
    page = HIDDEN.sub(" ", response.content.decode())
    main = page.split('<main id="innhold"')[1].split("</main>")[0]
    title = re.findall(r"<title>(.*?)</title>", page)
    spoken = [text for text in SPOKEN.findall(main) if "@" not in text and not text.startswith("/")]
    text = " ".join([*title, re.sub(r"<[^>]+>", " ", main), *spoken])
    return NAMES.sub(" ", " ".join(unescape(text).split()))


def foreign(text: str, language: str) -> list[str]:
    """Words of another language than the page's."""
    return [found.group(0) for pattern in FOREIGN[language] for found in pattern.finditer(text)]
