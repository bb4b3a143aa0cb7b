"""The kernel as a Django app: it owns the trail, the news, the approvals and the counters."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "guiju.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Write the database's own sentences around every migration: the one use of Django's signals."""
        from django.core import checks
        from django.db.models.signals import post_migrate, pre_migrate

        from guiju.kernel import installing

        # The kernel migrates like any app, so asking for its signal alone runs each of them once per database.
        pre_migrate.connect(installing.drop_before_migrating, sender=self)
        post_migrate.connect(installing.install, sender=self)
        checks.register(installing.check_sentences, checks.Tags.database)
