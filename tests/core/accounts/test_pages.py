"""Every account page in three languages: it answers, opens with its own sentence, and speaks one language."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from tests.core.accounts.conftest import code_now, confirm, foreign, sign_in, words
from tests.factories.cast import Cast
from tettpaa.core.accounts.models import User
from tettpaa.core.ui.context import page

pytestmark = pytest.mark.django_db
LANGUAGES = ("nb", "nn", "en")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:", re.I
)
OUTSIDE = {
    "/konto/login/": ("Logg inn.", "Logg inn.", "Sign in."),
    "/konto/inactive/": ("Kontoen din er stengt.", "Kontoen din er stengd.", "Your account is closed."),
    "/konto/signup/": (
        "Skoleeieren lager kontoen for deg.",
        "Skuleeigaren lagar kontoen for deg.",
        "The school owner makes the account for you.",
    ),
    "/konto/confirm-email/": (
        "Bekreft e-postadressen din.",
        "Stadfest e-postadressa di.",
        "Confirm your e-mail address.",
    ),
    "/konto/confirm-email/gammel/": (
        "Lenken virker ikke lenger.",
        "Lenkja verkar ikkje lenger.",
        "The link no longer works.",
    ),
    "/konto/password/reset/": ("Få nytt passord.", "Få nytt passord.", "Get a new password."),
    "/konto/password/reset/done/": ("Se i innboksen din.", "Sjå i innboksen din.", "Look in your inbox."),
    "/konto/password/reset/key/1-gammel/": (
        "Lenken virker ikke lenger.",
        "Lenkja verkar ikkje lenger.",
        "The link no longer works.",
    ),
    "/konto/password/reset/key/done/": (
        "Det nye passordet er lagret.",
        "Det nye passordet er lagra.",
        "The new password has been saved.",
    ),
}
INSIDE = {
    "/konto/logout/": ("Vil du logge ut?", "Vil du logge ut?", "Do you want to sign out?"),
    "/konto/reauthenticate/": (
        "Bekreft at det er deg.",
        "Stadfest at det er deg.",
        "Confirm that it is you.",
    ),
    "/konto/email/": (
        "Du logger inn med denne adressen.",
        "Du loggar inn med denne adressa.",
        "You sign in with this address.",
    ),
    "/konto/password/change/": ("Bytt passord.", "Byt passord.", "Change your password."),
    "/konto/2fa/": (
        "Innloggingen din har to trinn.",
        "Innlogginga di har to trinn.",
        "You sign in with two steps.",
    ),
    "/konto/2fa/reauthenticate/": (
        "Bekreft at det er deg.",
        "Stadfest at det er deg.",
        "Confirm that it is you.",
    ),
    "/konto/2fa/webauthn/reauthenticate/": (
        "Bekreft at det er deg.",
        "Stadfest at det er deg.",
        "Confirm that it is you.",
    ),
    "/konto/2fa/totp/deactivate/": (
        "Vil du koble fra kodeappen?",
        "Vil du kople frå kodeappen?",
        "Do you want to disconnect the code app?",
    ),
    "/konto/2fa/recovery-codes/": (
        "Du har 10 reservekoder igjen.",
        "Du har 10 reservekodar att.",
        "You have 10 recovery codes left.",
    ),
    "/konto/2fa/recovery-codes/generate/": (
        "Vil du lage nye reservekoder?",
        "Vil du lage nye reservekodar?",
        "Do you want to make new recovery codes?",
    ),
    "/konto/2fa/webauthn/": (
        "Du har én tilgangsnøkkel.",
        "Du har éin tilgangsnøkkel.",
        "You have one passkey.",
    ),
    "/konto/2fa/webauthn/add/": (
        "Legg til en tilgangsnøkkel.",
        "Legg til ein tilgangsnøkkel.",
        "Add a passkey.",
    ),
    "/konto/2fa/webauthn/keys/{pk}/edit/": (
        "Endre navn på tilgangsnøkkelen.",
        "Endre namn på tilgangsnøkkelen.",
        "Rename the passkey.",
    ),
    "/konto/2fa/webauthn/keys/{pk}/remove/": (
        "Vil du fjerne tilgangsnøkkelen?",
        "Vil du fjerne tilgangsnøkkelen?",
        "Do you want to remove the passkey?",
    ),
}


def lead(response: HttpResponse) -> str:
    """The first sentence of the page's h1."""
    found = re.search(r'<h1 class="lead">(.*?)(?: <span>|</h1>)', response.content.decode(), re.S)
    return found[1] if found else ""


def check(response: HttpResponse, language: str, sentence: str) -> None:
    text = response.content.decode()
    assert (response.status_code, lead(response)) == (200, sentence)
    assert f'<html lang="{language}"' in text
    assert foreign(words(response), language) == []
    assert INLINE.findall(text) == []
    filled = re.findall(r"<(?:a|button) class=\"ds-button\"(?! data-variant)", text.split("</header>")[1])
    assert len(filled) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", OUTSIDE)
def test_page_outside(client: Client, address: str, language: str) -> None:
    answer = client.get(address, headers={"accept-language": language})
    check(answer, language, OUTSIDE[address][LANGUAGES.index(language)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", INSIDE)
def test_page_inside(signed_in: Client, passkey: Authenticator, address: str, language: str) -> None:
    answer = signed_in.get(address.format(pk=passkey.pk), headers={"accept-language": language})
    check(answer, language, INSIDE[address][LANGUAGES.index(language)])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nb", "Velg passord."), ("nn", "Vel passord."), ("en", "Choose a password.")],
)
def test_choosing_the_first_password(client: Client, cast: Cast, language: str, sentence: str) -> None:
    client.force_login(cast.users["aud"])
    assert client.get("/konto/password/change/")["Location"] == "/konto/password/set/"
    check(client.get("/konto/password/set/", headers={"accept-language": language}), language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nb", "Koble til en kodeapp."), ("nn", "Kople til ein kodeapp."), ("en", "Connect a code app.")],
)
def test_connecting_a_code_app(client: Client, berit: User, language: str, sentence: str) -> None:
    sign_in(client)
    confirm(client)
    answer = client.get("/konto/2fa/totp/activate/", headers={"accept-language": language})
    check(answer, language, sentence)
    assert 'src="data:image/svg+xml;base64,' in answer.content.decode()
    assert "otpauth://totp/berit%40example.test?secret=" in answer.content.decode()
    assert "issuer=Tett%20p%C3%A5" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nb", "Passordet stemmer."), ("nn", "Passordet stemmer."), ("en", "The password is right.")],
)
def test_step_two(client: Client, secret: str, passkey: Authenticator, language: str, sentence: str) -> None:
    assert sign_in(client)["Location"] == "/konto/2fa/authenticate/"
    answer = client.get("/konto/2fa/authenticate/", headers={"accept-language": language})
    check(answer, language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nb", "Er dette adressen din?"), ("nn", "Er dette adressa di?"), ("en", "Is this your address?")],
)
def test_confirming_an_address(client: Client, berit: User, language: str, sentence: str) -> None:
    address = EmailAddress.objects.create(user=berit, email="ny@example.test", verified=False)
    key = EmailConfirmationHMAC.create(address).key
    check(
        client.get(f"/konto/confirm-email/{key}/", headers={"accept-language": language}), language, sentence
    )
    address.refresh_from_db()
    assert not address.verified  # mail scanners open links; only the button confirms
    client.post(f"/konto/confirm-email/{key}/")
    address.refresh_from_db()
    assert address.verified


def test_an_address_of_somebody_else_is_not_confirmed(client: Client, berit: User, cast: Cast) -> None:
    address = EmailAddress.objects.create(user=berit, email="aud@example.test", verified=False)
    key = EmailConfirmationHMAC.create(address).key
    answer = client.get(f"/konto/confirm-email/{key}/")
    assert lead(answer) == "Adressen hører til en annen konto."
    client.post(f"/konto/confirm-email/{key}/")
    address.refresh_from_db()
    assert not address.verified


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("nb", "Innloggingen din har ett trinn.", "Du mangler trinn to."),
        ("nn", "Innlogginga di har eitt trinn.", "Du manglar trinn to."),
        ("en", "You sign in with one step.", "You lack step two."),
    ],
)
def test_overview_without_step_two(
    client: Client, berit: User, settings: object, language: str, first: str, second: str
) -> None:
    sign_in(client)
    check(client.get("/konto/2fa/", headers={"accept-language": language}), language, first)
    settings.REQUIRE_SECOND_FACTOR = True  # type: ignore[attr-defined]
    check(client.get("/konto/2fa/", headers={"accept-language": language}), language, second)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Skriv koden fra e-posten."),
        ("nn", "Skriv koden frå e-posten."),
        ("en", "Enter the code from the e-mail."),
    ],
)
def test_code_by_mail_is_ready_though_switched_off(client: Client, language: str, sentence: str) -> None:
    from allauth.account.forms import ConfirmLoginCodeForm

    assert client.get("/konto/login/code/confirm/")["Location"] == "/konto/login/"
    request = RequestFactory().get("/konto/login/code/confirm/")
    with translation.override(language):
        context = {"verify_form": ConfirmLoginCodeForm(), "email": "a@example.test", **page(request)}
        text = render_to_string("account/confirm_login_code.html", context)
    assert f'<h1 class="lead">{sentence} <span>' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_said_in_the_readers_language(
    client: Client, berit: User, cast: Cast, language: str
) -> None:
    spoken = {"accept-language": language}
    for data in (
        {"login": "", "password": ""},
        {"login": "ingen", "password": "x"},
        {"login": "berit@example.test", "password": "feil"},
    ):
        answer = client.post("/konto/login/", data, headers=spoken)
        assert 'class="error-summary' in answer.content.decode()
        assert foreign(words(answer), language) == []  # type: ignore[arg-type]
    sign_in(client)
    confirm(client)
    for password, again in (
        ("kort", "kort"),
        ("passord1234passord", "noe annet her"),
        ("berit@example.test",) * 2,
    ):
        data = {"oldpassword": "feil", "password1": password, "password2": again}
        answer = client.post("/konto/password/change/", data, headers=spoken)
        assert 'class="error-summary' in answer.content.decode()
        assert foreign(words(answer), language) == []  # type: ignore[arg-type]
        cache.clear()
    answer = client.post("/konto/2fa/totp/activate/", {"code": "000000"}, headers=spoken)
    assert 'class="error-summary' in answer.content.decode()
    assert foreign(words(answer), language) == []  # type: ignore[arg-type]


def test_passwords_must_be_long_own_and_the_same(client: Client, berit: User) -> None:
    sign_in(client)

    def complaints(first: str, second: str) -> list[str]:
        data = {"oldpassword": "blåbær i skogen 7", "password1": first, "password2": second}
        text = client.post("/konto/password/change/", data).content.decode()
        cache.clear()
        return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<li><a href=\"#.*?</li>", text)]

    assert complaints("kort", "kort") == ["Nytt passord: Passordet er for kort. Det må ha minst 12 tegn."]
    assert complaints("berit@example", "berit@example") == [
        "Nytt passord: Passordet ligner for mye på navnet eller e-postadressen din."
    ]
    assert complaints("qwertyqwerty", "qwertyqwerty") == [
        "Nytt passord: Dette passordet bruker mange. Velg et annet."
    ]
    assert complaints("multer på myra 3", "multer på myra 4") == [
        "Nytt passord en gang til: De to passordene er ikke like."
    ]
    assert complaints("multer på myra 3", "multer på myra 3") == []


@pytest.mark.django_db(transaction=True)
def test_recovery_codes_are_shown_downloaded_and_replaced(signed_in: Client) -> None:
    listed = signed_in.get("/konto/2fa/recovery-codes/").content.decode()
    shown = re.findall(r"<li><code>(\d{8})</code></li>", listed)
    file = signed_in.get("/konto/2fa/recovery-codes/download/")
    assert (len(shown), file.content.decode().split()) == (10, shown)
    signed_in.post("/konto/2fa/recovery-codes/generate/")
    fresh = signed_in.get("/konto/2fa/recovery-codes/").content.decode()
    assert "Du har fått nye reservekoder." in fresh
    assert not set(shown) & set(re.findall(r"<code>(\d{8})</code>", fresh))


def test_passkeys_are_renamed_and_removed(signed_in: Client, passkey: Authenticator) -> None:
    listed = signed_in.get("/konto/2fa/webauthn/").content.decode()
    assert ("Telefonen" in listed, "Ikke brukt ennå." in listed, "Kan brukes uten passord." in listed) == (
        True,
    ) * 3
    signed_in.post(f"/konto/2fa/webauthn/keys/{passkey.pk}/edit/", {"name": "Jobbtelefonen"})
    assert "Jobbtelefonen" in signed_in.get("/konto/2fa/webauthn/").content.decode()
    signed_in.post(f"/konto/2fa/webauthn/keys/{passkey.pk}/remove/")
    after = signed_in.get("/konto/2fa/webauthn/")
    assert lead(after) == "Du har ingen tilgangsnøkkel."
    assert "Tilgangsnøkkelen er fjernet." in after.content.decode()


def test_a_new_passkey_gets_a_name_and_may_be_used_alone(signed_in: Client, passkey: Authenticator) -> None:
    text = signed_in.get("/konto/2fa/webauthn/add/").content.decode()
    assert 'value="Tilgangsnøkkel 2"' in text
    assert re.search(r'<input type="checkbox" name="passwordless"[^>]* checked', text)


@pytest.mark.django_db(transaction=True)
def test_the_code_app_is_connected_and_disconnected(client: Client, berit: User) -> None:
    sign_in(client)
    confirm(client)
    page_before = client.get("/konto/2fa/totp/activate/").content.decode()
    secret = re.findall(r'<code class="secret">(\w+)</code>', page_before)[0]
    client.post("/konto/2fa/totp/activate/", {"code": code_now(secret)})
    answer = client.get("/konto/2fa/recovery-codes/")
    assert lead(answer) == "Du har 10 reservekoder igjen."  # type: ignore[arg-type]
    assert "Kodeappen er koblet til." in answer.content.decode()
    client.post("/konto/2fa/totp/deactivate/")
    gone = client.get("/konto/2fa/")
    assert "Kodeappen er koblet fra." in gone.content.decode()
    assert Authenticator.objects.filter(user=berit).count() == 0


def test_the_overview_counts_what_one_has(signed_in: Client, passkey: Authenticator) -> None:
    text = signed_in.get("/konto/2fa/").content.decode()
    assert re.findall(r"<h2>(.*?)</h2>", text) == [
        "Kodeappen er koblet til.",
        "Du har én tilgangsnøkkel.",
        "Du har 10 reservekoder igjen.",
    ]
    cache.clear()
    Authenticator.objects.filter(type="recovery_codes").delete()
    assert "<h2>Du har ingen reservekoder.</h2>" in signed_in.get("/konto/2fa/").content.decode()
