"""Seals, states and versions: what keeps words and signatures safe."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.audit.states import NotAllowedError, move

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
PATHS = {"draft": {"signed", "dropped"}, "signed": {"ended"}}


@given(st.dictionaries(st.text(), plain, max_size=4))
def test_the_order_of_keys_does_not_change_the_fingerprint(content: dict[str, object]) -> None:
    turned = dict(reversed(list(content.items())))
    assert fingerprint(canonical(content)) == fingerprint(canonical(turned))


def test_another_word_gives_another_fingerprint() -> None:
    assert canonical({"b": "æ", "a": [1, None]}) == '{"a":[1,null],"b":"æ"}'
    assert fingerprint(canonical({"a": "ja"})) != fingerprint(canonical({"a": "nei"}))
    assert fingerprint("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("foreign", [{"a": float("nan")}, {"a": object()}])
def test_what_cannot_be_sealed_is_refused(foreign: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(foreign)


def test_only_drawn_steps_can_be_taken() -> None:
    paper = SimpleNamespace(state="draft")
    assert move(paper, "signed", paths=PATHS) == "draft"
    assert paper.state == "signed"
    with pytest.raises(NotAllowedError) as refused:
        move(paper, "draft", paths=PATHS)
    assert (refused.value.current, refused.value.wanted, paper.state) == ("signed", "draft", "signed")
    with pytest.raises(NotAllowedError, match="ended → draft"):
        move(SimpleNamespace(state="ended"), "draft", paths=PATHS)
