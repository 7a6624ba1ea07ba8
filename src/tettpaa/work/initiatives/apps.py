from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "tettpaa.work.initiatives"
    label = "initiatives"
    verbose_name = "tiltak"

    def ready(self) -> None:
        from tettpaa.core.ui.panels import (  # noqa: PLC0415 - apps must be loaded first
            Link,
            register_items,
            register_knot,
            register_states,
        )
        from tettpaa.work.initiatives import panels  # noqa: PLC0415 - apps must be loaded first

        register_knot(Link.INITIATIVE, panels.initiative_knot)
        register_knot(Link.EFFECT, panels.effect_knot)
        register_states(Link.INITIATIVE, panels.initiative_states)
        register_states(Link.EFFECT, panels.effect_states)
        register_items("initiatives", panels.items)
