"""The forms at a controlled store: opening it, signing, moving, counting, and what belongs to the store itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from guiju.books.stock import queries as lying
from guiju.desks.common import forms, second
from guiju.kernel.words import LANGUAGES
from guiju.readiness.custody import rules
from guiju.readiness.custody.models import ControlledMovement
from guiju.standing.people.models import Person, Unit


def _choices(labels: Any) -> list[tuple[str, Any]]:
    return [(code.value, _(label)) for code, label in labels.items()]


class OpenForm(forms.Form):
    """Because of which document a store is opened."""

    authority_kind = plain.ChoiceField(label=_("Document"), choices=_choices(rules.AUTHORITY_LABELS))
    authority = plain.CharField(label=_("Its number"), max_length=40)
    purpose = plain.CharField(label=_("What for"), max_length=200)


class PasswordForm(second.SecondForm):
    """Who signs shows again who they are."""


class SecondForm(PasswordForm):
    """The second one has looked at the camera."""

    camera_ok = plain.BooleanField(label=_("The camera runs"), required=False, initial=True)


class EmergencyForm(PasswordForm):
    """Alone, and why."""

    reason = plain.CharField(label=_("Why it cannot wait for a second person"), max_length=200)
    field_order = ("reason", "password")


class MoveForm(forms.Form):
    """What is put in or taken out."""

    direction = plain.ChoiceField(
        label=_("Which way"), choices=_choices(rules.DIRECTION_LABELS), widget=plain.RadioSelect
    )
    item = plain.CharField(label=_("What"), max_length=120, widget=plain.TextInput(attrs={"list": "known-things"}))
    serial = plain.CharField(label=_("Serial number or lot"), max_length=40, required=False)
    quantity = plain.IntegerField(label=_("How many"), min_value=1, max_value=1_000_000)
    before = plain.IntegerField(label=_("How many lie there before"), min_value=0, max_value=1_000_000_000)
    authority = plain.CharField(
        label=_("Its own document"),
        max_length=40,
        required=False,
        help_text=_("Where it is another than that of the opening."),
    )
    return_by = forms.DayField(label=_("Must be back by"), required=False)


class CountForm(forms.Form):
    """How many lie there now, of each thing that was touched; the record is not shown."""

    def __init__(self, *args: Any, touched: Sequence[ControlledMovement], **more: Any) -> None:
        super().__init__(*args, **more)
        for each in touched:
            self.fields[f"line_{each.line}"] = plain.IntegerField(label=str(each), min_value=0, max_value=10**9)

    def clean(self) -> dict[str, Any]:
        """The counts by line, as the verb takes them."""
        data: dict[str, Any] = super().clean() or {}
        return {"counted": {int(name.removeprefix("line_")): count for name, count in data.items()}}


class NoteForm(forms.Form):
    """What was found, and what is done about it."""

    note = plain.CharField(label=_("What was found, and what is done about it"), max_length=300)


class NewStoreForm(forms.Form):
    """A store that nobody opens alone."""

    unit = plain.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    kind = plain.ChoiceField(label=_("What for"), choices=_choices(rules.STORE_LABELS))
    code = plain.CharField(label=_("Code"), max_length=20)
    inside = plain.CharField(
        label=_("What lies behind its door"), max_length=62, required=False,
        help_text=_("A store such as MAIN, or a bin such as MAIN/C-1: its parts then move only while two stand inside."),
    )  # fmt: skip
    cameras = plain.CharField(label=_("Cameras"), max_length=80, required=False)
    name_en = plain.CharField(label=_("Name in English"), max_length=80)
    name_zh_hans = plain.CharField(label=_("Name in simplified Chinese"), max_length=80, required=False)
    name_zh_hant = plain.CharField(label=_("Name in traditional Chinese"), max_length=80, required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The names in one piece, and the place that is guarded."""
        data: dict[str, Any] = super().clean() or {}
        inside, data["guards"] = data.pop("inside", ""), None
        if inside and "unit" in data:
            data["guards"] = lying.place_named(inside, data["unit"])
            if data["guards"] is None:
                self.add_error("inside", say("The unit has no store and no bin of this code."))
        typed = {language: data.pop(f"name_{language.replace('-', '_')}", "") for language in LANGUAGES}
        return data | {"names": {language: name for language, name in typed.items() if name}}


class LockForm(forms.Form):
    """A lock, and its group."""

    number = plain.CharField(label=_("Lock"), max_length=40)
    kind = plain.ChoiceField(label=_("Opens by"), choices=_choices(rules.LOCK_LABELS))
    lock_group = plain.ChoiceField(label=_("Group"), choices=_choices(rules.GROUP_LABELS))


class PersonChoice(plain.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody, with the number on the badge."""

    def label_from_instance(self, person: Person) -> str:
        """The name and the number."""
        return say("%(name)s (%(number)s)") % {"name": person.name, "number": person.number}


class GrantForm(forms.Form):
    """Who holds the locks of a group."""

    person = PersonChoice(label=_("Who"), queryset=Person.objects.none(), empty_label=None)
    lock_group = plain.ChoiceField(label=_("Group"), choices=_choices(rules.GROUP_LABELS))
    starts_on = forms.DayField(label=_("From"))
    ends_on = forms.DayField(label=_("Until the day before"), required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """What was tested."""

    item = plain.ChoiceField(label=_("What was tested"), choices=_choices(rules.PROTECTION_LABELS))
    is_ok = plain.BooleanField(label=_("It is in order"), required=False)
    next_on = forms.DayField(label=_("Due again on"))
    note = plain.CharField(label=_("What is wrong with it"), max_length=200, required=False)


class EndForm(forms.Form):
    """Why the locks are taken back."""

    reason = plain.CharField(label=_("Why"), max_length=200)
