"""A walk through the product by many people, each in an own browser, with a clock that can be moved."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from time_machine import Traveller

from tests.factories.cast import Cast

PASSWORD = "blåbær i skogen 7"
PHONE = 390
OWNER, SCHOOL = "9901", "F00000001"


@dataclass
class Walk:
    """One browser, one language, one clock. `said` keeps what a step tells a later one (addresses)."""

    browser: Browser
    address: str
    cast: Cast
    language: str
    clock: Traveller
    said: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    _open: list[BrowserContext] = field(default_factory=list)

    def words(self, text: str, **values: object) -> str:
        """A text of the interface as this walk's people read it."""
        with translation.override(self.language):
            found = translation.gettext(text)
        return found % values if values else found

    def day(self, on: str, hour: int = 8) -> date:
        """The clock goes to this day; whoever was there has gone home, since a sign-in does not last."""
        self.leave()
        moment = datetime.fromisoformat(f"{on}T{hour:02d}:00:00+00:00")
        self.clock.move_to(moment)
        return moment.date()

    def enter(self, name: str, width: int = 1280, *, scripts: bool = True) -> Page:
        """Somebody of the cast signs in now, in a browser of their own; with no name, nobody does."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            locale=f"{self.language}-NO",
            java_script_enabled=scripts,
        )
        self._open.append(context)
        cookies = {"django_language": self.language}
        if name:
            cookies["sessionid"] = self._signed_in(name).cookies["sessionid"].value
        context.add_cookies([{"name": n, "value": v, "url": self.address} for n, v in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def leave(self) -> None:
        """Everybody goes home."""
        while self._open:
            self._open.pop().close()

    def go(self, page: Page, route: str, **places: Any) -> int:
        """To a page by its route, at Fjordvik. Answers the status."""
        answer = page.goto(at(route, **places))
        assert answer is not None
        return answer.status

    def press(self, page: Page | Locator, text: str) -> None:
        """The button with this text, and wherever it leads."""
        self._click(page.get_by_role("button", name=self.words(text), exact=True).first)

    def follow(self, page: Page | Locator, text: str) -> None:
        """The link with this text."""
        self._click(page.get_by_role("link", name=self.words(text), exact=True).first)

    def follow_part(self, page: Page, text: str, **values: object) -> None:
        """A link whose text has something put into it."""
        self._click(page.get_by_role("link", name=self.words(text, **values)).first)

    def _click(self, found: Locator) -> None:
        page = found.page
        assert found.count(), f"{found} is not on {page.url}\n{page.locator('body').inner_text()[:2500]}"
        with page.expect_navigation() as going:
            found.click()
        answer = going.value
        assert answer is not None
        assert answer.status < 400, f"{answer.status} {page.url}\n{page.locator('main').inner_text()[:1500]}"

    def sees(self, page: Page, *texts: str) -> None:
        """Each of the texts stands on the page, in the walk's language."""
        shown = visible(page)
        for text in texts:
            assert self.words(text) in shown, f"{self.words(text)!r} is not on {page.url}\n{shown[:2500]}"

    def misses(self, page: Page, *texts: str) -> None:
        """None of these words stands on the page."""
        shown = visible(page)
        for text in texts:
            assert text not in shown, f"{text!r} is on {page.url}"

    def sign(self, page: Page, button: str) -> None:
        """A button that asks who you are once more: the password, back again, and the button again."""
        asked = page.url
        self.press(page, button)
        if "/konto/reauthenticate/" in page.url:
            page.locator('input[name="password"]').fill(PASSWORD)
            with page.expect_navigation():
                page.locator("main form:has(input[name=password]) button[type=submit]").first.click()
            assert page.url == asked
            self.press(page, button)

    def refused(self, names: list[str], *addresses: str) -> None:
        """None of these people is told that the addresses exist."""
        for name in names:
            client = self._signed_in(name)
            for address in addresses:
                status = client.get(urlsplit(address).path).status_code
                assert status == 404, f"{name} got {status} at {address}"

    def _signed_in(self, name: str) -> Client:
        client = Client()
        client.force_login(
            self.cast.users[name], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client


def at(route: str, **places: Any) -> str:
    """An address at Fjordvik."""
    return reverse(route, kwargs={"owner": OWNER, **places})


def visible(page: Page) -> str:
    """What a person reads on the page, with ordinary spaces."""
    return page.locator("main").inner_text().replace("\xa0", " ").replace("\u202f", " ")


def fill(place: Page | Locator, values: dict[str, str | date]) -> None:
    """Fill in fields by their names: text, dates, choices."""
    for name, value in values.items():
        text = value.isoformat() if isinstance(value, date) else value
        fields = place.locator(f'[name="{name}"]')
        first = fields.first
        what = first.evaluate("one => one.tagName === 'INPUT' ? one.type : one.tagName")
        if what == "radio":
            place.locator(f'[name="{name}"][value="{text}"]').check()
        elif what == "checkbox":
            first.check()
        elif what == "SELECT":
            first.select_option(text)
        else:
            first.fill(text)


def give_passwords(cast: Cast) -> None:
    """Everybody has a password of their own to sign with."""
    for user in cast.users.values():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
