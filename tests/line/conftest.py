"""The counter and the bench, for every station's tests."""

from tests.line.cast_line import other_shop, shop

__all__ = ["other_shop", "shop"]
