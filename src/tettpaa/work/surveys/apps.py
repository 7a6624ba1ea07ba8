from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "tettpaa.work.surveys"
    label = "surveys"
    verbose_name = "undersøkelser"

    def ready(self) -> None:
        from tettpaa.core.packs.registry import register  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui.panels import (  # noqa: PLC0415 - apps must be loaded first
            Link,
            register_items,
            register_knot,
            register_states,
        )
        from tettpaa.work.surveys import pack, panels  # noqa: PLC0415 - apps must be loaded first

        register(pack.PART)
        register_knot(Link.ASSESSMENT, panels.assessment_knot)
        register_states(Link.ASSESSMENT, panels.assessment_states)
        register_items("surveys", panels.items)
