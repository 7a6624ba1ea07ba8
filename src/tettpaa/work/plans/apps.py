from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "tettpaa.work.plans"
    label = "plans"
    verbose_name = "planer"

    def ready(self) -> None:
        from tettpaa.core.packs.registry import register  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui.panels import Link, register_items, register_knot, register_states  # noqa: PLC0415
        from tettpaa.work.plans import pack, panels  # noqa: PLC0415

        register(pack.PART)
        register_knot(Link.GOAL, panels.goal_knot)
        register_knot(Link.INDICATOR, panels.indicator_knot)
        register_states(Link.GOAL, panels.goal_states)
        register_states(Link.INDICATOR, panels.indicator_states)
        register_items("plans", panels.items)
