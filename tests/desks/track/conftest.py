"""The customer's page, asked for by a stranger's browser."""

from tests.desks.reception.conftest import _own_files, lin_browser, shop

__all__ = ["_own_files", "lin_browser", "shop"]
