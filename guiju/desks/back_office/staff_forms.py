"""The forms of people, keys, stores and tills."""

from collections.abc import Iterable
from typing import Any

from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guiju.books.stock.models import Store
from guiju.books.stock.rules import STORE_LABELS, StoreKind
from guiju.desks.common import forms
from guiju.kernel.words import LANGUAGES
from guiju.standing.people.models import Unit
from guiju.standing.people.rules import LABELS, Role

# Each language by its own name, as on every page.
TONGUES = {"en": "English", "zh-hans": "简体中文", "zh-hant": "繁體中文"}


class UnitChoice(plain.ModelChoiceField):  # type: ignore[type-arg]
    """One of the units where the person may do this."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), empty_label=None, **more)

    def label_from_instance(self, unit: Unit) -> str:
        """Its code and its name."""
        return f"{unit.code} {unit.name}"


class InUnitForm(forms.Form):
    """A form about something in a unit."""

    unit = UnitChoice(label=_("Unit"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class HireForm(InUnitForm):
    """Somebody who begins to work here."""

    number = plain.CharField(label=_("Number on the badge"), max_length=20)
    name = plain.CharField(label=_("Name"), max_length=80)
    phone = forms.PhoneField(label=_("Phone"), required=False)


class RoleForm(InUnitForm):
    """A role, in one unit and all under it."""

    role = plain.ChoiceField(label=_("Role"), choices=[(role.value, _(LABELS[role])) for role in Role])
    starts_on = forms.DayField(label=_("From"))
    ends_on = forms.DayField(label=_("Until"), required=False, help_text=_("The first day without the role."))


class LoginForm(forms.Form):
    """The name and first password by which a person comes in."""

    username = plain.CharField(label=_("Sign-in name"), max_length=150)
    password = plain.CharField(
        label=_("First password"),
        help_text=_("They change it themselves. It is not shown again."),
        widget=plain.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = plain.ChoiceField(label=_("Language"), choices=[(code, TONGUES[code]) for code in LANGUAGES])


class ReasonForm(forms.Form):
    """Why somebody is suspended, reinstated or let go."""

    reason = plain.CharField(label=_("Reason"), max_length=240)


class KeyForm(forms.Form):
    """What a program may do in one's own name."""

    label = plain.CharField(label=_("What the key is for"), max_length=80)
    verbs = plain.MultipleChoiceField(
        label=_("What it may do"),
        error_messages={"required": _("Name at least one thing that the key may do.")},
        widget=plain.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, verbs: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["verbs"].choices = [(verb, verb) for verb in verbs]  # type: ignore[attr-defined]


class StoreForm(InUnitForm):
    """A room for parts."""

    code = plain.CharField(label=_("Code"), max_length=20)
    kind = plain.ChoiceField(
        label=_("What it is for"),
        choices=[(kind.value, _(STORE_LABELS[kind])) for kind in StoreKind],
        initial=StoreKind.OUTLET.value,
    )
    name_en = plain.CharField(label=_("Name in English"), max_length=80, required=False)
    name_zh_hans = plain.CharField(label=_("Name in simplified Chinese"), max_length=80, required=False)
    name_zh_hant = plain.CharField(label=_("Name in traditional Chinese"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """The names by language."""
        data: dict[str, Any] = super().clean() or {}
        spoken = {language: data.pop(f"name_{language.replace('-', '_')}", "") for language in LANGUAGES}
        data["names"] = {language: name for language, name in spoken.items() if name}
        return data


class StoreChoice(plain.ModelChoiceField):  # type: ignore[type-arg]
    """One of the stores."""

    def label_from_instance(self, store: Store) -> str:
        """Where it is, and its name."""
        return f"{store.unit.code} {store.code} {store.name}"


class BinForm(forms.Form):
    """A shelf, a drawer or a box."""

    store = StoreChoice(label=_("Store"), queryset=Store.objects.none(), empty_label=None)
    code = plain.CharField(label=_("Code of the bin"), max_length=40)

    def __init__(self, *args: Any, stores: QuerySet[Store], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]


class TillForm(InUnitForm):
    """A drawer for money."""

    code = plain.CharField(label=_("Code of the till"), max_length=12)


class ClosedDayForm(InUnitForm):
    """A day on which a unit is closed; the head office's day is the whole brand's."""

    on = forms.DayField(label=_("Day"))
    reason = plain.CharField(
        label=_("Reason"), help_text=_("The holiday, or why else nobody is there."), max_length=120
    )
