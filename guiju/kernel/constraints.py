"""What must be true of a row, held by the database itself, alike on SQLite and on PostgreSQL.

Three sentences that Django has no constraint for. Each is an exclusion constraint or a trigger. A migration only
remembers them; `kernel.installing` writes them into the database when the migration is done, and says there why.
"""

# ruff: noqa: SLF001, S608  (Django documents _meta; the SQL is made of names from our own models)

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql.query import Query
from django.utils.translation import gettext_lazy as _

# Our objects are known by this mark: SQLite's triggers by their name, PostgreSQL's by their comment.
MARK = "guiju"
# PostgreSQL cuts names after 63 bytes; the longest that we add is "_truncate".
NAME_LENGTH_MAX = 54


@dataclass(frozen=True)
class Installed:
    """One object in the database: how to make it, and how to take it away.

    before   what is done before it is made, each time that it is
    """

    name: str
    create: tuple[str, ...]
    drop: str
    before: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return what tells this object from an older wording of the same name."""
        return hashlib.sha256("\n".join(self.create).encode()).hexdigest()[:16]


class DatabaseSentence(models.BaseConstraint):
    """A constraint that the database holds by a trigger or an exclusion; its name is a sentence."""

    def __init__(
        self, *, name: str, violation_error_code: str | None = None, violation_error_message: Any = None
    ) -> None:
        super().__init__(
            name=name,
            violation_error_code=violation_error_code,
            violation_error_message=violation_error_message,
        )

    def objects(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        """Return what has to stand in this database for the sentence to hold."""
        if len(self.name) > NAME_LENGTH_MAX:
            raise ValueError(f"The constraint name {self.name!r} is longer than {NAME_LENGTH_MAX} letters.")
        if connection.vendor == "postgresql":
            return self.on_postgres(model, connection)
        return self.on_sqlite(model, connection)

    def on_postgres(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        raise NotImplementedError

    def on_sqlite(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        raise NotImplementedError

    # Migrations only remember the sentence; `install` writes it once all tables stand.

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        return ""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        return f"SELECT 1 -- {self.name} is installed when the migration is done"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return f"SELECT 1 -- {self.name} is removed when the migration is done"

    def validate(
        self, model: Any, instance: Any, exclude: Iterable[str] | None = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Leave the answer to the database; the verb puts it in words with `refusing`."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return the constructor's arguments, for migrations."""
        path, arguments, keywords = super().deconstruct()
        return path, arguments, keywords | {key: value for key, value in self.said().items() if value}

    def said(self) -> dict[str, Any]:
        """Return the arguments that make this sentence."""
        return {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def refusal(self) -> ValidationError:
        """Return the courtesy answer of a form."""
        return ValidationError(self.get_violation_error_message(), code=self.violation_error_code)


class AppendOnly(DatabaseSentence):
    """A line in a book is written once: no change, no erasure.

    may_change   fields that a later deed may fill in; all others stay as written
    may_go_when  SQL over OLD.column, sub-selects allowed: which rows are no book's and may be swept away when their time is over
    """

    default_violation_error_message = _("What is written here is never changed. Correct it with a new entry.")

    def __init__(self, *, name: str, may_change: Sequence[str] = (), may_go_when: str = "", **others: Any) -> None:
        self.may_change, self.may_go_when = tuple(may_change), may_go_when
        super().__init__(name=name, **others)

    def said(self) -> dict[str, Any]:
        return {"may_change": self.may_change, "may_go_when": self.may_go_when}

    @property
    def kept(self) -> str | None:
        """Return the SQL that is true of a row that must not be erased; None when none may."""
        return f"({self.may_go_when}) IS NOT TRUE" if self.may_go_when else None

    def changed(self, model: type[models.Model], differs: str) -> str | None:
        """Return the SQL that is true when a fixed column changes; None when all are fixed."""
        if not self.may_change:
            return None
        fixed = [f.column for f in model._meta.concrete_fields if f.name not in self.may_change]
        return " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in fixed)

    def on_postgres(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        table = model._meta.db_table
        return [
            postgres_trigger(self.name, table, "UPDATE", self.changed(model, "IS DISTINCT FROM")),
            postgres_trigger(f"{self.name}_delete", table, "DELETE", self.kept, names=self.name),
            # TRUNCATE goes round row triggers. Django empties a test database with it between tests, so a database
            # whose name says test may; no session setting, because whoever may set it could empty the real one.
            postgres_trigger(
                f"{self.name}_truncate",
                table,
                "TRUNCATE",
                "left(current_database(), 5) <> 'test_'",
                names=self.name,
            ),
        ]

    def on_sqlite(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        table = model._meta.db_table
        return [
            sqlite_trigger(self.name, table, "UPDATE", self.changed(model, "IS NOT")),
            sqlite_trigger(self.name, table, "DELETE", self.kept),
        ]

    def validate(
        self, model: Any, instance: Any, exclude: Iterable[str] | None = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Say at once what the trigger would say."""
        if not instance._state.adding and not self.may_change:
            raise self.refusal()


class Never(DatabaseSentence):
    """A row for which `when` is true is refused.

    when      SQL over NEW.column (and OLD.column on updates), sub-selects allowed, in words that both databases know;
              `when_postgres`, `when_sqlite` where they differ
    events    INSERT and UPDATE unless told otherwise

    A sub-select does not see what a transaction beside it is writing: the verb locks the row that it asks about.
    """

    default_violation_error_message = _("This can never be so: %(name)s.")

    def __init__(
        self,
        *,
        name: str,
        when: str = "",
        when_postgres: str = "",
        when_sqlite: str = "",
        events: Sequence[str] = ("INSERT", "UPDATE"),
        **others: Any,
    ) -> None:
        if not (when or (when_postgres and when_sqlite)):
            raise ValueError(f"{name} needs its condition for both databases.")
        if not set(events) <= {"INSERT", "UPDATE", "DELETE"}:
            raise ValueError(f"{name} listens to {events}, which are not events of a row.")
        self.when, self.when_postgres, self.when_sqlite = when, when_postgres, when_sqlite
        self.events = tuple(events)
        super().__init__(name=name, **others)

    def said(self) -> dict[str, Any]:
        return {
            "when": self.when,
            "when_postgres": self.when_postgres,
            "when_sqlite": self.when_sqlite,
            "events": self.events,
        }

    def on_postgres(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        events = " OR ".join(self.events)
        return [postgres_trigger(self.name, model._meta.db_table, events, self.when_postgres or self.when)]

    def on_sqlite(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        table, when = model._meta.db_table, self.when_sqlite or self.when
        return [sqlite_trigger(self.name, table, event, when) for event in self.events]


class NoOverlap(DatabaseSentence):
    """Two spans [start, end) of the same thing never share an instant.

    fields      what makes it the same thing; nothing is a value too: two rows without a unit are of the same (no) unit
    start, end  names of two date or two datetime fields; an empty end is open
    condition   only rows for which this holds are compared

    An empty span meets nothing. Declare a CHECK that the end comes after the start beside it.
    """

    default_violation_error_message = _("That time is already taken.")

    def __init__(
        self,
        fields: Sequence[str] = (),
        start: str = "starts_at",
        end: str = "ends_at",
        *,
        name: str,
        condition: Q | None = None,
        **others: Any,
    ) -> None:
        self.fields, self.start, self.end, self.condition = tuple(fields), start, end, condition
        super().__init__(name=name, **others)

    def said(self) -> dict[str, Any]:
        return {"fields": self.fields, "start": self.start, "end": self.end, "condition": self.condition}

    def condition_sql(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
        """Return the condition over bare column names."""
        if self.condition is None:
            return ""
        query = Query(model=model, alias_cols=False)
        where = query.build_where(self.condition)
        sql, values = where.as_sql(query.get_compiler(connection=connection), connection)
        editor = connection.schema_editor()
        # quote_value doubles the percent signs on PostgreSQL for the filling-in that happens here.
        return str(sql % tuple(editor.quote_value(value) for value in values))

    def columns(self, model: type[models.Model]) -> tuple[list[Any], str, str]:
        """Return the key fields, and the columns of start and end."""
        found: dict[str, Any] = {field.name: field for field in model._meta.concrete_fields}
        return [found[name] for name in self.fields], found[self.start].column, found[self.end].column

    def on_postgres(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        keys, start, end = self.columns(model)
        table = model._meta.db_table
        is_instant = isinstance(model._meta.get_field(self.start), models.DateTimeField)
        span = "tstzrange" if is_instant else "daterange"
        parts = [
            f"(coalesce(\"{key.column}\"::text, '')) WITH =" if key.null else f'"{key.column}" WITH =' for key in keys
        ]
        parts.append(f'{span}("{start}", "{end}", \'[)\') WITH &&')
        condition = self.condition_sql(model, connection)
        where, among = f" WHERE ({condition})" if condition else "", ", ".join(parts)
        return [
            Installed(
                self.name,
                (
                    # Equality of numbers and words inside a GiST index; trusted, so the owner of the database may.
                    "CREATE EXTENSION IF NOT EXISTS btree_gist",
                    f'ALTER TABLE "{table}" ADD CONSTRAINT "{self.name}" EXCLUDE USING gist ({among}){where}',
                ),
                f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{self.name}"',
            )
        ]

    def on_sqlite(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        keys, start, end = self.columns(model)
        table, key = model._meta.db_table, model._meta.pk.column
        same = "".join(f' AND other."{k.column}" IS NEW."{k.column}"' for k in keys)
        condition = self.condition_sql(model, connection)
        guard = ""
        if condition:
            # The condition names bare columns: for the other row they are there; for NEW they are laid out first.
            new = ", ".join(f'NEW."{f.column}" AS "{f.column}"' for f in model._meta.concrete_fields)
            guard = f"EXISTS (SELECT 1 FROM (SELECT {new}) WHERE {condition}) AND "
            same += f" AND ({condition})"
        meet = (
            f'(NEW."{end}" IS NULL OR other."{start}" IS NULL OR other."{start}" < NEW."{end}")'
            f' AND (other."{end}" IS NULL OR NEW."{start}" IS NULL OR NEW."{start}" < other."{end}")'
            f' AND (NEW."{start}" = NEW."{end}") IS NOT TRUE AND (other."{start}" = other."{end}") IS NOT TRUE'
        )
        others = f'{guard}EXISTS (SELECT 1 FROM "{table}" AS other WHERE {meet}{same}'
        return [
            sqlite_trigger(self.name, table, "INSERT", f"{others})"),
            sqlite_trigger(self.name, table, "UPDATE", f'{others} AND other."{key}" <> OLD."{key}")'),
        ]

    def validate(
        self, model: Any, instance: Any, exclude: Iterable[str] | None = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Say in the form what the database would say: a courtesy, which two people can still race."""
        if {*self.fields, self.start, self.end} & set(exclude or ()):
            return
        starts, ends = getattr(instance, self.start), getattr(instance, self.end)
        if starts is None or starts == ends:
            return
        if self.condition is not None:
            values = instance._get_field_expression_map(meta=model._meta, exclude=exclude)
            if not self.condition.check(values, using=using):
                return
        same = {name: getattr(instance, model._meta.get_field(name).attname) for name in self.fields}
        rows = model._default_manager.using(using).exclude(pk=instance.pk)
        for name, value in same.items():
            rows = rows.filter(**({f"{name}__isnull": True} if value is None else {name: value}))
        rows = rows.filter(Q(**{f"{self.end}__isnull": True}) | Q(**{f"{self.end}__gt": starts}))
        rows = rows.exclude(**{self.start: models.F(self.end)})
        if ends is not None:
            rows = rows.filter(**{f"{self.start}__lt": ends})
        if self.condition is not None:
            rows = rows.filter(self.condition)
        if rows.exists():
            raise self.refusal()


def sqlite_trigger(name: str, table: str, event: str, when: str | None) -> Installed:
    """Return a trigger that refuses the event with the constraint's name as its message."""
    trigger = f"{MARK}_{name}_{event.lower()}"
    condition = f" WHEN ({when})" if when else ""
    create = (
        f'CREATE TRIGGER "{trigger}" BEFORE {event} ON "{table}" FOR EACH ROW{condition}'
        f" BEGIN SELECT RAISE(ABORT, '{name}'); END"
    )
    return Installed(trigger, (create,), f'DROP TRIGGER IF EXISTS "{trigger}"')


# What a sentence asks of other rows it asks of all of them, not of those within the reach of whoever writes (kernel.isolation). Said in the
# function's body: beside it, as its SET, only a superuser may. A refusal rolls it back.
_SEES_ALL = (
    "DECLARE guiju_reach text := current_setting('guiju.units', true); ",
    "PERFORM set_config('guiju.units', 'all', true); ",
    "PERFORM set_config('guiju.units', coalesce(guiju_reach, ''), true); ",
)


def postgres_trigger(trigger: str, table: str, events: str, when: str | None, *, names: str | None = None) -> Installed:
    """Return a trigger that fails like a broken CHECK of the constraint's name, so one reader serves both."""
    name = names or trigger
    declares, widens, narrows = _SEES_ALL if when and "SELECT" in when else ("", "", "")
    row = "ROW" if events != "TRUNCATE" else "STATEMENT"
    done = {"TRUNCATE": "NULL", "DELETE": "OLD"}.get(events, "NEW")
    if "DELETE" in events and done == "NEW":
        done = "coalesce(NEW, OLD)"
    return Installed(
        trigger,
        (
            (
                f'CREATE OR REPLACE FUNCTION "{trigger}"() RETURNS trigger LANGUAGE plpgsql AS $sentence$ {declares}BEGIN '
                f"{widens}IF ({when or 'true'}) THEN RAISE EXCEPTION USING MESSAGE = '{name}', ERRCODE = '23514', "
                f"CONSTRAINT = '{name}', TABLE = '{table}'; END IF; {narrows}RETURN {done}; END $sentence$"
            ),
            f'CREATE TRIGGER "{trigger}" BEFORE {events} ON "{table}" FOR EACH {row} EXECUTE FUNCTION "{trigger}"()',
        ),
        f'DROP FUNCTION IF EXISTS "{trigger}"() CASCADE',
    )
