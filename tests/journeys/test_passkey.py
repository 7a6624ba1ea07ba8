"""A passkey in a real browser: added, used for step two, used alone, refused; under the product's own strict CSP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Browser, CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories.cast import build_cast
from tettpaa.core.accounts.models import User

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "blåbær i skogen 7"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def berit() -> User:
    cache.clear()
    user = build_cast().users["berit"]
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def tab(browser: Browser, live_server: LiveServer, berit: User) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="nb-NO")
    page = context.new_page()
    page.set_default_timeout(10_000)
    reports: list[str] = []
    page.on("console", lambda message: reports.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert [report for report in reports if "Content Security Policy" in report] == []


@pytest.fixture
def device(tab: Page) -> CDPSession:
    session = tab.context.new_cdp_session(tab)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session


def sign_in(page: Page) -> None:
    page.goto("/konto/login/?next=/konto/2fa/")
    page.get_by_label("E-postadresse").fill("berit@example.test")
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()


def add_passkey(page: Page, *, alone: bool) -> None:
    page.goto("/konto/2fa/webauthn/add/")
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bekreft").click()
    expect(page.get_by_label("Navn på tilgangsnøkkelen")).to_have_value("Tilgangsnøkkel 1")
    page.get_by_label("Kan brukes uten passord").set_checked(alone)
    page.get_by_role("button", name="Legg til tilgangsnøkkelen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Du har 10 reservekoder igjen.")


def sign_out(page: Page) -> None:
    page.goto("/konto/logout/")
    page.get_by_role("main").get_by_role("button", name="Logg ut").click()
    page.wait_for_url(lambda address: "logout" not in address)


def test_a_passkey_is_enough_by_itself(tab: Page, device: CDPSession, berit: User) -> None:
    sign_in(tab)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Innloggingen din har ett trinn.")
    add_passkey(tab, alone=True)
    assert Authenticator.objects.filter(user=berit, type="webauthn").count() == 1
    sign_out(tab)
    tab.goto("/konto/login/?next=/konto/2fa/")
    tab.get_by_role("button", name="Logg inn med tilgangsnøkkel").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Innloggingen din har to trinn.")


def test_a_passkey_is_step_two(tab: Page, device: CDPSession, berit: User) -> None:
    sign_in(tab)
    add_passkey(tab, alone=False)
    sign_out(tab)
    sign_in(tab)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Nå gjenstår trinn to.")
    tab.get_by_role("button", name="Bruk tilgangsnøkkel").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Innloggingen din har to trinn.")


def test_a_browser_without_the_key_is_told_on_the_page(tab: Page, device: CDPSession) -> None:
    tab.goto("/konto/login/")
    failed = tab.get_by_text("Tilgangsnøkkelen ble ikke brukt.")
    expect(failed).to_be_hidden()
    tab.get_by_role("button", name="Logg inn med tilgangsnøkkel").click()
    expect(failed).to_be_visible()


def test_without_scripts_the_password_still_works(
    browser: Browser, live_server: LiveServer, berit: User
) -> None:
    context = browser.new_context(base_url=live_server.url, locale="nb-NO", java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Innloggingen din har ett trinn.")
    page.goto("/konto/2fa/webauthn/add/")
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bekreft").click()
    expect(page.get_by_text("Denne nettleseren kan ikke bruke tilgangsnøkler her.")).to_be_visible()
    expect(page.get_by_role("button", name="Legg til tilgangsnøkkelen")).to_be_hidden()
    context.close()
    assert Path(page.url.split("?")[0]).name == "add"
