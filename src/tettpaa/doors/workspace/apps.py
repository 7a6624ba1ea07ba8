from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class WorkspaceConfig(AppConfig):
    name = "tettpaa.doors.workspace"
    label = "workspace"
    verbose_name = "arbeidsrom"

    def ready(self) -> None:
        from tettpaa.core.ui.menu import Item, register  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui.panels import register_papers  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.doors.workspace import competence_view  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.doors.workspace.agreement_papers import papers  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.doors.workspace.certificate_view import papers as certificates  # noqa: PLC0415 - as above

        register_papers("agreement", papers)
        register_papers("certificate", certificates)
        register_papers("competence_plan", competence_view.papers)

        own = frozenset({"workspace:school", "workspace:school_indicator"})
        names = (
            "plan",
            "one",
            "draft",
            "draft_of",
            "version",
            "goal",
            "sheet",
            "ways",
            "expectations",
            "history",
        )
        thread = frozenset({"workspace:thread", "workspace:threads", *(f"plans:{name}" for name in names)})
        register(Item("overview", gettext_lazy("Oversikt"), "workspace:overview", order=10, covers=thread))
        register(Item("schools", gettext_lazy("Skoler"), "workspace:schools", order=20, covers=own))
        register(
            Item(
                "indicators",
                gettext_lazy("Indikatorer"),
                "workspace:indicators",
                order=30,
                covers=frozenset({"workspace:indicator", "workspace:cohorts"}),
            )
        )
