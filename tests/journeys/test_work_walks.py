"""The core tasks of a year's work, walked without scripts, and by keyboard alone."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Enter

pytestmark = pytest.mark.journey
MOST_TABS = 250


@dataclass
class Hand:
    """A person at a page, who writes, chooses and presses; `keyboard`: with no mouse."""

    page: Page
    number: int
    keyboard: bool

    def write(self, name: str, text: str, *, within: str = "form") -> None:
        """Write in the field of that name."""
        field = self.page.locator(f'{within} [name="{name}"]:visible').first
        if self.keyboard:
            self._reach(field)
            self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.type(text)
        else:
            field.fill(text)

    def choose(self, name: str, value: str) -> None:
        """Choose one of the radio buttons of that name."""
        wanted = self.page.locator(f'input[name="{name}"][value="{value}"]')
        if not self.keyboard:
            wanted.check()
            return
        group = self.page.locator(f'input[name="{name}"]')
        self._tab(lambda: self._focused("name") == name)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never came to {name}={value}")

    def press(self, button: Locator) -> None:
        """Press a button and wait for the page it leads to."""
        if self.keyboard:
            self._reach(button)
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        else:
            button.click()

    def _reach(self, wanted: Locator) -> None:
        self._tab(lambda: bool(wanted.evaluate("e => e === document.activeElement")))
        outline = wanted.evaluate("e => getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow")
        assert outline != "nonenone", f"the focus is not seen on {wanted}"

    def _focused(self, attribute: str) -> str | None:
        found: str | None = self.page.evaluate("a => document.activeElement.getAttribute(a)", attribute)
        return found

    def _tab(self, is_there: Callable[[], bool]) -> None:
        for _ in range(MOST_TABS):
            if is_there():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("Tab never came there")

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=words, exact=True).first


type Sit = Callable[..., Hand]


@pytest.fixture(params=["no scripts", "keyboard"])
def sit(request: pytest.FixtureRequest, enter: Enter, keys: dict[str, str]) -> Sit:
    """Sit down at an address as a role: `sit("rektor.fjordvik", "/9901/…/{task}/")`. Lists are (first, second walk)."""
    number = ["no scripts", "keyboard"].index(request.param)

    def at(person: str | tuple[str, str], address: str | tuple[str, str]) -> Hand:
        who = person if isinstance(person, str) else person[number]
        where = address if isinstance(address, str) else address[number]
        page = enter(who, scripts=number == 1)
        answer = page.goto(where.format(**keys))
        assert answer is not None
        assert answer.status == 200
        return Hand(page, number, keyboard=number == 1)

    return at


def test_a_task_of_the_year_wheel_is_answered(sit: Sit) -> None:
    hand = sit("rektor.fjordvik", ("/9901/arshjul/gjoremal/{task}/", "/9901/arshjul/gjoremal/{task_2}/"))
    hand.choose("answer", "done")
    hand.write("text", "Alle trinn er med")
    hand.press(hand.button("Send svaret"))
    expect(hand.button("Angre svaret")).to_be_visible()
    expect(hand.page.get_by_text("Alle trinn er med").first).to_be_visible()


def test_parents_propose_an_item(sit: Sit) -> None:
    hand = sit("fau.fjordvik", "/9901/skoler/F00000015/moter/{open_meeting}/forslag/")
    title = f"Leksehjelp {hand.number}"
    hand.write("title", title)
    hand.write("text", "Mange foreldre spør om den.")
    hand.press(hand.button("Send forslaget"))
    expect(hand.page.get_by_text(title).first).to_be_visible()


def test_a_principal_writes_a_part_of_the_package_and_shares_it(sit: Sit) -> None:
    begin = "/9901/skoler/F00000015/moter/"
    hand = sit(
        "rektor.fjordvik", (begin + "{coming}/del/{analysis}/", begin + "{open_meeting}/del/{open_analysis}/")
    )
    hand.write("proud", "Elevene leser mer enn før.")
    hand.press(hand.button("Lagre"))
    part = hand.page.url
    hand.press(hand.button("Del med alle i møtet"))
    hand.page.goto(part)
    expect(hand.button("Trekk tilbake")).to_be_visible()
    expect(hand.page.locator('[name="proud"]')).to_have_value("Elevene leser mer enn før.")


def test_a_paragraph_of_the_minutes_is_written(sit: Sit) -> None:
    hand = sit("radgiver.fjordvik", "/9901/skoler/{drafted_school}/moter/{drafted}/sak/{drafted_entry}/")
    said = f"Lærerne fortalte om tirsdagene, {hand.number}"
    hand.write("said-text", said)
    hand.press(hand.button("Lagre"))
    expect(hand.page.get_by_text(said).first).to_be_visible()


def test_the_status_of_a_promise_is_told(sit: Sit) -> None:
    hand = sit("rektor.fjordvik", "/9901/skoler/F00000015/avtaler/{agreement}/lofter/{school_promise}/")
    hand.choose("status", "late")
    hand.write("note", f"Vikaren sluttet, {hand.number}")
    hand.press(hand.button("Lagre status"))
    assert f"Vikaren sluttet, {hand.number}" in hand.page.content()


def test_a_self_assessment_is_answered_once(sit: Sit) -> None:
    address = "/9901/skoler/F00000015/egenvurdering/{open_round}/svar/"
    hand = sit(("laerer.fjordvik", "avdelingsleder.fjordvik"), address)
    names = {field.get_attribute("name") or "" for field in hand.page.locator("main input[type=radio]").all()}
    for name in sorted(names, key=hand.page.content().index):
        hand.choose(name, "1")
    hand.press(hand.button("Send svaret"))
    hand.page.goto(hand.page.url)
    expect(hand.page.get_by_text("Takk. Du har svart.").first).to_be_visible()


def test_a_hearing_is_answered(sit: Sit) -> None:
    hand = sit(
        ("elevrad.fjordvik", "tillitsvalgt.fjordvik"),
        ("/9901/horing/{pupils_hearing}/", "/9901/horing/{staff_hearing}/"),
    )
    hand.write("text", "Vi vil ha mer gruppearbeid.")
    hand.press(hand.button("Send uttalelsen"))
    expect(hand.page.get_by_text("Vi vil ha mer gruppearbeid.").first).to_be_visible()


def test_an_initiative_is_moved(sit: Sit) -> None:
    hand = sit("rektor.fjordvik", ("/9901/tiltak/{lesekvart_1}/", "/9901/tiltak/{lesekvart_2}/"))
    hand.press(hand.page.locator('button[name="to"][value="started"]'))
    expect(hand.page.locator("#historikk, main").get_by_text("I gang").first).to_be_visible()
