"""The component tag: what it accepts, what it refuses, and that it escapes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import Context, Engine, TemplateSyntaxError

from tettpaa.core.ui import gallery

TEMPLATES = Path(gallery.__file__).parent / "templates" / "ui"
PARTS = {"topbar", "languages", "gallery"}  # parts of pages, not components
COMPONENTS = sorted(path.stem for path in TEMPLATES.glob("*.html") if path.stem not in PARTS)
SAMPLES = {
    "ui/box.html": (
        "{% load ui %}{% args label level=2 %}{% slots body extra %}"
        "<h{{ level }}>{{ label }}</h{{ level }}>[{{ body }}]{% if extra %}({{ extra }}){% endif %}"
    ),
    "ui/closed.html": "{% load ui %}{% args text='x' %}{{ text }}{{ secret }}",
}

Render = Callable[..., str]


@pytest.fixture
def render() -> Render:
    engine = Engine(
        loaders=[("django.template.loaders.locmem.Loader", SAMPLES)],
        libraries={"ui": "tettpaa.core.ui.templatetags.ui"},
    )

    def rendered(source: str, **values: object) -> str:
        return engine.from_string("{% load ui %}" + source).render(Context(values))

    return rendered


def test_body_and_slot_are_filled_and_defaults_hold(render: Render) -> None:
    text = render(
        '{% ui "box" label=name %}<b>{{ name }}</b>{% slot extra %}e{% endslot %}{% endui %}', name="Nes"
    )
    assert text == "<h2>Nes</h2>[<b>Nes</b>](e)"


def test_show_takes_no_content(render: Render) -> None:
    assert render('{% show "box" label="A" level=3 %}') == "<h3>A</h3>[]"


def test_an_empty_slot_counts_as_absent(render: Render) -> None:
    source = '{% ui "box" label="A" %}x{% slot extra %} {% if no %}y{% endif %} {% endslot %}{% endui %}'
    assert render(source) == "<h2>A</h2>[x]"


def test_arguments_are_escaped_and_content_is_not_escaped_twice(render: Render) -> None:
    source = '{% ui "box" label=bad %}{{ bad }}{% endui %}'
    assert render(source, bad="<i>&") == "<h2>&lt;i&gt;&amp;</h2>[&lt;i&gt;&amp;]"


def test_a_component_sees_only_its_arguments(render: Render) -> None:
    assert render('{% show "closed" %}', secret="s") == "x"


def test_components_nest(render: Render) -> None:
    source = (
        '{% ui "box" label="A" %}{% ui "box" label="B" %}{% show "closed" text="c" %}{% endui %}{% endui %}'
    )
    assert render(source) == "<h2>A</h2>[<h2>B</h2>[c]]"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('{% show "box" label="A" colour="red" %}', "component 'box' takes no argument 'colour'"),
        ('{% show "box" %}', "component 'box' needs the argument 'label'"),
        ('{% ui "closed" %}text{% endui %}', "component 'closed' has no slot 'body'"),
        (
            '{% ui "box" label="A" %}{% slot foot %}x{% endslot %}{% endui %}',
            "component 'box' has no slot 'foot'",
        ),
        ('{% show "box" "A" %}', 'show "box": \'"A"\' is not name=value'),
        ("{% show box %}", "show begins with the component's name in quotes"),
        ("{% show %}", "show begins with the component's name in quotes"),
        ("{% slot extra %}x{% endslot %}", "slot 'extra' must stand directly inside a component"),
        ("{% slot %}x{% endslot %}", "a slot has one name"),
    ],
)
def test_misuse_raises(render: Render, source: str, message: str) -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        render(source)
    assert str(caught.value) == message


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_documents_its_arguments(name: str) -> None:
    """The comment at the top names every argument and slot that the component declares."""
    text = (TEMPLATES / f"{name}.html").read_text("utf-8")
    comment = text.split("{% comment %}")[1].split("{% endcomment %}")[0]
    declared = []
    for tag in ("args", "slots"):
        for part in text.split(f"{{% {tag} ")[1:]:
            declared += [bit.split("=")[0] for bit in part.split("%}")[0].split()]
    assert declared
    assert [word for word in declared if word not in comment] == []


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_stands_in_the_gallery(name: str) -> None:
    sources = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.html"))
    assert f'"{name}"' in sources
