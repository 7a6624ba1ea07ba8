from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class CompetenceConfig(AppConfig):
    name = "tettpaa.work.competence"
    label = "competence"
    verbose_name = "kompetanse"
    shows_figures = False

    def ready(self) -> None:
        from tettpaa.core.packs.registry import register  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import menu  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui.panels import (  # noqa: PLC0415 - apps must be loaded first
            Link,
            register_items,
            register_knot,
            register_part,
            register_states,
        )
        from tettpaa.work.competence import pack, panels  # noqa: PLC0415 - apps must be loaded first

        register(pack.PART)
        register_knot(Link.COMPETENCE, panels.competence_knot)
        register_states(Link.COMPETENCE, panels.competence_states)
        register_items("competence", panels.items)
        register_part("competence", panels.package_part)
        pages = (
            "plans",
            "one",
            "coverage",
            "requirements",
            "deviations",
            "deviation",
            "mine",
            "owner_staff",
            "owner_list",
        )
        more = ("employee", "mentoring", "staff", "list", "rounds", "round", "walk", "resources", "guidance")
        covers = frozenset(f"competence:{name}" for name in pages + more)
        menu.register(
            menu.Item("competence", gettext_lazy("Kompetanse"), "competence:plan", order=50, covers=covers)
        )
