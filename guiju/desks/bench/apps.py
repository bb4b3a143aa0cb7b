"""How Django knows the bench."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenchConfig(AppConfig):
    """The bench; it owns no tables."""

    name = "guiju.desks.bench"
    label = "desks_bench"

    def ready(self) -> None:
        """Put the desk into the navigation."""
        from guiju.desks.bench.job import at_the_bench, unanswered
        from guiju.desks.common import desk, opening

        opening.register("bench", at_the_bench, order=30)
        desk.register(
            desk.Desk(
                "bench",
                _("Bench"),
                "bench:home",
                "tool",
                verbs=("dispatch.accept",),
                order=30,
                homes=frozenset({"TE"}),
                count=unanswered,
            )
        )
