"""What the rows of this context share."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from guiju.kernel.constraints import Never


def words(members: Iterable[StrEnum]) -> list[str]:
    """Plain words in a fixed order: a migration must not change with the enumeration that it was written from."""
    return sorted(member.value for member in members)


def pieces_add_up(name: str, *, worth: str = "NEW.amount_minor") -> Never:
    """The notes and coins of a row are worth its amount.

    worth   where it stands, in SQL that both databases know
    """
    on_postgres = "(SELECT coalesce(sum(p.key::bigint * p.value::bigint), 0) FROM jsonb_each_text(NEW.pieces) p)"
    on_sqlite = "(SELECT coalesce(sum(CAST(p.key AS INTEGER) * p.value), 0) FROM json_each(NEW.pieces) p)"
    return Never(name=name, when_postgres=f"{on_postgres} <> {worth}", when_sqlite=f"{on_sqlite} <> {worth}")


def changes(*columns: str) -> str:
    """Whether one of these columns is changed once it is written, in SQL that both databases know."""
    return " OR ".join(
        f"(OLD.{column} IS NOT NULL AND (NEW.{column} IS NULL OR NEW.{column} <> OLD.{column}))" for column in columns
    )
