"""Components: `{% ui "name" arg=… %}…{% slot "x" %}…{% endslot %}{% endui %}` and `{% show "name" arg=… %}`.

`templates/ui/<name>.html` says at its top what it takes; what is not declared there raises.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Template, Token, token_kwargs
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tettpaa.core.orgs.once import FIELD

register = template.Library()


@dataclass(frozen=True)
class Contract:
    """What a component takes: required names, optional names with their default, slots."""

    required: frozenset[str] = frozenset()
    optional: Mapping[str, FilterExpression] = field(default_factory=dict)
    slots: frozenset[str] = frozenset()

    def check(self, name: str, arguments: Iterable[str], slots: Iterable[str]) -> None:
        """Raise TemplateSyntaxError for an unknown or missing argument or an unknown slot."""
        given = set(arguments)
        if unknown := given - self.required - set(self.optional):
            raise TemplateSyntaxError(f"component {name!r} takes no argument {_names(unknown)}")
        if missing := self.required - given:
            raise TemplateSyntaxError(f"component {name!r} needs the argument {_names(missing)}")
        if strange := set(slots) - self.slots:
            raise TemplateSyntaxError(f"component {name!r} has no slot {_names(strange)}")


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(repr, sorted(names)))


class DeclarationNode(Node):
    """`{% args %}` and `{% slots %}`: they declare, they print nothing."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract

    def render(self, context: Context) -> str:
        return ""


@register.tag("args")
def declare_arguments(parser: Parser, token: Token) -> DeclarationNode:
    """`{% args label level=2 %}`: label is required, level is 2 unless given."""
    bits = token.split_contents()[1:]
    optional = token_kwargs([bit for bit in bits if "=" in bit], parser)
    return DeclarationNode(Contract(frozenset(bit for bit in bits if "=" not in bit), optional))


@register.tag("slots")
def declare_slots(parser: Parser, token: Token) -> DeclarationNode:  # noqa: ARG001 - a tag gets both
    """`{% slots body support %}`: the parts of a page that the component has room for."""
    return DeclarationNode(Contract(slots=frozenset(token.split_contents()[1:])))


def contract_of(component: Template) -> Contract:
    """The component's declarations, read once per loaded template."""
    known = vars(component)
    if "ui_contract" not in known:
        found = [node.contract for node in component.nodelist if isinstance(node, DeclarationNode)]
        known["ui_contract"] = Contract(
            required=frozenset().union(*(part.required for part in found)),
            optional={name: value for part in found for name, value in part.optional.items()},
            slots=frozenset().union(*(part.slots for part in found)),
        )
    return cast("Contract", known["ui_contract"])


class SlotNode(Node):
    """A named part of a component's content; only `{% ui %}` reads it."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        raise TemplateSyntaxError(f"slot {self.name!r} must stand directly inside a component")


@register.tag("slot")
def slot(parser: Parser, token: Token) -> SlotNode:
    """`{% slot "support" %}…{% endslot %}` directly inside `{% ui %}`."""
    try:
        _tag, name = token.split_contents()
    except ValueError as error:
        raise TemplateSyntaxError("a slot has one name") from error
    content = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name.strip("\"'"), content)


class ComponentNode(Node):
    """One use of a component on a page."""

    def __init__(self, name: str, arguments: dict[str, FilterExpression], slots: dict[str, NodeList]) -> None:
        self.name = name
        self.arguments = arguments
        self.slot_nodes = slots

    def render(self, context: Context) -> str:
        engine = context.template.engine  # type: ignore[union-attr]
        component = engine.get_template(f"ui/{self.name}.html")
        contract = contract_of(component)
        contract.check(self.name, self.arguments, self.slot_nodes)
        inner: dict[str, Any] = {name: value.resolve(context) for name, value in contract.optional.items()}
        inner |= dict.fromkeys(contract.slots, "")
        inner |= {name: value.resolve(context) for name, value in self.arguments.items()}
        for name, nodes in self.slot_nodes.items():
            content = nodes.render(context)
            inner[name] = content if content.strip() else ""
        inner["csrf_token"] = context.get("csrf_token")
        return component.render(context.new(inner))


def _component(parser: Parser, token: Token, slots: dict[str, NodeList]) -> ComponentNode:
    tag, *bits = token.split_contents()
    if not bits or bits[0][0] not in "\"'":
        raise TemplateSyntaxError(f"{tag} begins with the component's name in quotes")
    name = bits.pop(0)
    arguments = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"{tag} {name}: {bits[0]!r} is not name=value")
    return ComponentNode(name.strip("\"'"), arguments, slots)


@register.simple_tag
def once() -> SafeString:
    """A hidden field that makes the form have one effect however often it is sent (core/orgs/once.py)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid4().hex)


@register.tag("show")
def show(parser: Parser, token: Token) -> ComponentNode:
    """A component without content: `{% show "certainty" key="likely" %}`."""
    return _component(parser, token, {})


@register.tag("ui")
def ui(parser: Parser, token: Token) -> ComponentNode:
    """A component with content; what stands outside the slots is the slot `body`."""
    content = parser.parse(("endui",))
    parser.delete_first_token()
    slots = {node.name: node.nodelist for node in content if isinstance(node, SlotNode)}
    rest = NodeList(node for node in content if not isinstance(node, SlotNode))
    if any(str(getattr(node, "s", "x")).strip() for node in rest):
        slots["body"] = rest
    return _component(parser, token, slots)
