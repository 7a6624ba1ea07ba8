"""Getting in and out: both steps, the limits on guessing, and nothing that tells who has an account (trust T12, T13)."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as site
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.core.accounts.conftest import PASSWORD, code_now, confirm, sign_in
from tests.factories.cast import Cast
from tettpaa.core.accounts.actions import close_account
from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.actions import end_role
from tettpaa.core.orgs.models import Membership
from tettpaa.core.orgs.viewer import load_viewer

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_password_then_code_lets_one_in(client: Client, berit: User, secret: str) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"], is_in(client)) == (302, "/konto/2fa/authenticate/", False)
    client.post("/konto/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    answer = client.post("/konto/2fa/authenticate/", {"code": code_now(secret)})
    assert (answer.status_code, answer["Location"], is_in(client)) == (302, "/", True)


def test_half_a_sign_in_opens_nothing(client: Client, secret: str) -> None:
    sign_in(client)
    for address in (
        "/ui/",
        "/konto/2fa/",
        "/konto/email/",
        "/konto/password/change/",
        "/konto/2fa/recovery-codes/",
    ):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[1].startswith("next=")) == (302, True)


def test_a_half_sign_in_can_be_cancelled(client: Client, secret: str) -> None:
    sign_in(client)
    assert client.get("/konto/login/")["Location"] == "/konto/2fa/authenticate/"
    answer = client.post("/konto/logout/", {"next": "/konto/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/konto/login/")
    assert client.get("/konto/login/").status_code == 200
    assert client.get("/konto/2fa/authenticate/")["Location"] == "/konto/login/"


def test_a_code_works_once(client: Client, berit: User, secret: str) -> None:
    code = code_now(secret)
    sign_in(client)
    client.post("/konto/2fa/authenticate/", {"code": code})
    assert is_in(client)
    other = Client()
    sign_in(other)
    other.post("/konto/2fa/authenticate/", {"code": code})
    assert not is_in(other)


def test_a_recovery_code_works_once(client: Client, berit: User, secret: str) -> None:
    code = Authenticator.objects.get(user=berit, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (True, False):
        browser = Client()
        sign_in(browser)
        browser.post("/konto/2fa/authenticate/", {"code": code})
        assert is_in(browser) is expected


def test_the_session_gets_a_new_key(client: Client, berit: User) -> None:
    client.post("/sprak/", {"language": "nn", "next": "/konto/login/"})
    session = client.session
    session["kept"] = 1
    session.save()
    before = session.session_key
    sign_in(client)
    assert (is_in(client), client.session.session_key != before) == (True, True)


def test_only_post_signs_out_and_the_old_cookie_is_dead(client: Client, berit: User) -> None:
    sign_in(client)
    old = client.cookies["sessionid"].value
    assert (client.get("/konto/logout/").status_code, is_in(client)) == (200, True)
    client.post("/konto/logout/")
    assert not is_in(client)
    thief = Client()
    thief.cookies["sessionid"] = old
    assert thief.get("/ui/").status_code == 302


def test_a_closed_account_is_out_on_the_next_click(client: Client, berit: User) -> None:
    sign_in(client)
    assert client.get("/ui/").status_code == 200
    close_account(user=berit, by="test")
    assert client.get("/ui/").status_code == 302
    assert sign_in(Client())["Location"] == "/konto/inactive/"
    assert sign_in(Client(), password="feil").status_code == 200


def test_a_role_that_ends_is_gone_on_the_next_click(client: Client, berit: User) -> None:
    sign_in(client)
    today = timezone.localdate()
    assert load_viewer(berit, today).owner_codes == ("9901",)
    end_role(membership=Membership.objects.get(user=berit), ends_on=today - timedelta(days=1), by="test")
    assert client.get("/9901/").status_code == 404


def test_a_new_password_ends_the_other_sessions(client: Client, berit: User) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "multer på myra 3"
    client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (client.get("/ui/").status_code, other.get("/ui/").status_code) == (200, 302)


def test_without_a_second_factor_the_figures_stay_closed(
    client: Client, berit: User, settings: object
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True  # type: ignore[attr-defined]
    sign_in(client)
    assert client.get("/9901/")["Location"] == "/konto/2fa/"
    assert client.get("/konto/2fa/").status_code == 200


def test_security_pages_ask_for_the_password_again(client: Client, berit: User) -> None:
    sign_in(client)
    wanted = "/konto/2fa/totp/activate/"
    assert client.get(wanted)["Location"].startswith("/konto/reauthenticate/?next=")
    assert client.post("/konto/reauthenticate/", {"password": "feil"}).status_code == 200
    assert client.get(wanted).status_code == 302
    confirm(client)
    assert client.get(wanted).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/konto/login/",
        "/konto/logout/",
        "/konto/reauthenticate/",
        "/konto/password/change/",
        "/konto/password/reset/",
        "/konto/2fa/totp/activate/",
        "/konto/2fa/totp/deactivate/",
        "/konto/2fa/recovery-codes/generate/",
        "/konto/2fa/webauthn/add/",
        "/konto/2fa/webauthn/login/",
    ],
)
def test_a_form_from_elsewhere_is_refused(berit: User, secret: str, address: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(berit)
    assert browser.post(address, {"password": PASSWORD}).status_code == 403
    assert browser.post(address, {}, headers={"origin": "null"}).status_code == 403


def test_next_leads_only_to_ourselves(berit: User) -> None:
    for wanted, found in (("/ui/", "/ui/"), ("https://evil.example/", "/"), ("//evil.example/", "/")):
        browser = Client()
        data = {"login": "berit@example.test", "password": PASSWORD, "next": wanted}
        assert browser.post("/konto/login/", data)["Location"] == found


# --- nothing tells who has an account


def told(address: str, data: dict[str, str], name: str) -> tuple[int, str, str]:
    """Status, place and bytes of an answer, with the token and the address that was typed left out."""
    answer = Client().post(address, data)
    text = TOKEN.sub("", answer.content.decode()).replace(name, "")
    return answer.status_code, answer.get("Location", ""), text


def test_a_wrong_password_and_an_unknown_address_look_the_same(berit: User, cast: Cast) -> None:
    answers = {
        told("/konto/login/", {"login": name, "password": "feil"}, name)
        for name in ("berit@example.test", "aud@example.test", "ingen@example.test")
    }
    assert [status for status, _, _ in answers] == [200]


def test_asking_for_a_new_password_looks_the_same(berit: User, cast: Cast, mailoutbox: list[object]) -> None:
    close_account(user=cast.users["aud"], by="test")
    answers = {
        told("/konto/password/reset/", {"email": name}, name)
        for name in ("berit@example.test", "aud@example.test", "ingen@example.test")
    }
    assert answers == {(302, "/konto/password/reset/done/", "")}
    assert len(mailoutbox) == 3  # the same work each time: one letter


def test_an_unknown_address_costs_a_password_hash(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(User, "set_password", lambda _self, password: hashed.append(password))
    assert authenticate(RequestFactory().post("/"), email="ingen@example.test", password="feil") is None
    assert hashed == ["feil"]


def test_an_account_without_password_costs_one_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    monkeypatch.setattr(hasher, lambda _self, password, _salt: hashed.append(password) or "md5$a$b")
    assert authenticate(RequestFactory().post("/"), email="aud@example.test", password="feil") is None
    assert len(hashed) == 1


# --- the limits


def test_ten_guesses_at_one_account_in_an_hour(berit: User) -> None:
    for number in range(10):
        assert "stemmer ikke" in guess(number, "feil"), number
    assert "Det ble for mange forsøk. Vent litt, og prøv igjen." in guess(10, PASSWORD)
    assert "for mange forsøk" not in guess(11, "feil", "eva@example.test")


def guess(number: int, password: str, email: str = "berit@example.test") -> str:
    """One attempt, each from an address of its own."""
    data = {"login": email, "password": password}
    return Client(REMOTE_ADDR=f"10.0.0.{number}").post("/konto/login/", data).content.decode()


def test_ten_guesses_at_a_code_in_an_hour(berit: User, secret: str) -> None:
    browser = Client()
    sign_in(browser)
    texts = [browser.post("/konto/2fa/authenticate/", {"code": "000000"}).content.decode() for _ in range(11)]
    assert [("Koden stemmer ikke" in text) for text in texts] == [True] * 10 + [False]
    assert "Det ble for mange forsøk." in texts[-1]
    assert not is_in(browser)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Det ble for mange forsøk på kort tid."),
        ("nn", "Det vart for mange forsøk på kort tid."),
        ("en", "There were too many attempts in a short time."),
    ],
)
def test_too_many_letters_give_a_page_that_says_so(
    berit: User, mailoutbox: list[object], language: str, sentence: str
) -> None:
    browser = Client(headers={"accept-language": language})
    answers = [browser.post("/konto/password/reset/", {"email": "berit@example.test"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert f'<h1 class="lead">{sentence} <span>' in answers[-1].content.decode()
    assert len(mailoutbox) == 5


def test_thirty_sign_ins_a_minute_from_one_place(client: Client) -> None:
    statuses = [client.post("/konto/login/", {}).status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]


def test_limits_are_kept_where_all_processes_see_them() -> None:
    from tettpaa.site import settings as product

    assert product.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert site.ACCOUNT_PREVENT_ENUMERATION == "strict"
    cache.clear()


def test_nobody_signs_up(client: Client) -> None:
    data = {"email": "ny@example.test", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/konto/signup/", data).status_code == 405
    assert User.objects.filter(email="ny@example.test").count() == 0


def test_a_new_person_gets_in_with_the_letter(client: Client, cast: Cast, mailoutbox: list[object]) -> None:
    """The whole road of somebody who was just given a role: letter, password, first sign-in."""
    client.post("/konto/password/reset/", {"email": "aud@example.test"})
    link = re.findall(r"http://testserver(/\S+)", mailoutbox[0].body)[0]  # type: ignore[attr-defined]
    form = client.get(link)
    assert form["Location"].endswith("-set-password/")
    answer = client.post(form["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"] == "/konto/password/reset/key/done/"
    assert not is_in(client)
    assert client.get(link).content.decode().count("Lenken virker ikke lenger.") == 1
    assert sign_in(client, "aud@example.test")["Location"] == "/"
    assert Membership.objects.get(user=cast.users["aud"]).starts_on == date(2020, 8, 1)
