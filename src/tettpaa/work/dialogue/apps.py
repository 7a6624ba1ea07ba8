from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialogueConfig(AppConfig):
    name = "tettpaa.work.dialogue"
    label = "dialogue"
    verbose_name = "dialogmøter"

    def ready(self) -> None:
        from tettpaa.core.packs.registry import Part, register  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import menu, panels  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.dialogue import pack, queries, urls  # noqa: PLC0415 - apps must be loaded first

        pages = frozenset(f"dialogue:{one.name}" for one in urls.urlpatterns)
        lists = {"agreements:agreements", "initiatives:initiatives", "initiatives:board", "surveys:shared"}
        one = {"agreements:agreement", "initiatives:initiative", "initiatives:review", "surveys:round"}
        covers = pages | lists | one
        menu.register(
            menu.Item(
                key="meetings",
                label=_("Møter og avtaler"),
                route="dialogue:meetings",
                order=40,
                covers=covers,
            )
        )
        panels.register_knot(panels.Link.MEETING, queries.knot)
        panels.register_states(panels.Link.MEETING, queries.meeting_states)
        panels.register_items("dialogue", queries.items)
        register(Part("meetings", 50, pack.Meetings, pack.read, pack.write))
