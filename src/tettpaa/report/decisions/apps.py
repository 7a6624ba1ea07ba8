from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "tettpaa.report.decisions"
    label = "decisions"
    verbose_name = "vedtak"

    def ready(self) -> None:
        from tettpaa.core.packs.registry import register  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import panels as registry  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.report.annual import beside, work  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.report.decisions import pack, panels, telling  # noqa: PLC0415 - apps must be loaded first

        register(pack.PART)
        work.register(telling.ABOVE)
        beside.register(panels.report_links)
        registry.register_knot(registry.Link.REPORT, panels.report_knot)
        registry.register_knot(registry.Link.DECISION, panels.decision_knot)
        registry.register_states(registry.Link.DECISION, panels.decision_states)
        registry.register_items("decisions", panels.front_items)
        registry.register_papers("plan", panels.plan_cases)
