"""The forms of the price lists."""

from typing import Any

from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Unit
from guiju.standing.pricing import rules


class ListForm(forms.Form):
    """A price list that begins."""

    scope = plain.ChoiceField(label=_("Whose prices"), required=False)
    starts_on = forms.DayField(label=_("In force from"))
    ends_on = forms.DayField(label=_("Until"), required=False, help_text=_("Empty: until the next list is published."))

    def __init__(self, *args: Any, units: QuerySet[Unit], has_brand: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.units = {str(unit.pk): unit for unit in units if unit.parent_id is not None}
        named = [(key, f"{unit.code} {unit.name}") for key, unit in self.units.items()]
        brand = [("", _("The whole brand"))] if has_brand else []
        self.fields["scope"].choices = [*brand, *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The unit instead of its key."""
        data: dict[str, Any] = super().clean() or {}
        data["unit"] = self.units.get(data.pop("scope", ""))
        return data


class LineForm(forms.Form):
    """What one service or one part costs."""

    item = plain.CharField(
        label=_("Code of the service or part"), max_length=60, widget=plain.TextInput(attrs={"list": "codes"})
    )
    unit = plain.CharField(label=_("For what"), max_length=40, help_text=_("As it is shown, such as: per piece"))
    place = plain.ChoiceField(
        label=_("Where the work is done"),
        choices=[("", _("Everywhere")), *((each.value, _(word)) for each, word in rules.PLACE_LABELS.items())],
        required=False,
        help_text=_("Only where a service costs something else at home than in the shop."),
    )
    conditions = plain.CharField(label=_("Conditions"), max_length=200, required=False)

    def __init__(self, *args: Any, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        # In the currency of the list, whatever the person's own unit counts in; in the order of the page.
        least = forms.MoneyField(label=_("From"), currency=currency, min_minor=1)
        most = forms.MoneyField(
            label=_("To"), currency=currency, required=False, help_text=_("Empty: the price is fixed.")
        )
        self.fields |= {"min_minor": least, "max_minor": most}
        self.order_fields(["item", "min_minor", "max_minor", "unit", "place", "conditions"])

    def clean_item(self) -> ServiceItem | Part:
        """The service of that code, else the part."""
        code = self.cleaned_data["item"].strip()
        found = ServiceItem.objects.filter(code__iexact=code).first() or Part.objects.filter(code__iexact=code).first()
        if found is None:
            raise plain.ValidationError(_("Neither a service nor a part has this code."))
        return found

    def clean(self) -> dict[str, Any]:
        """A service and a part are different things to a price list."""
        data: dict[str, Any] = super().clean() or {}
        if isinstance(found := data.get("item"), Part):
            data["item"], data["part"] = None, found
        return data


class ReopenForm(forms.Form):
    """Why a list goes back to its author."""

    reason = plain.CharField(label=_("What is to be changed"), max_length=400)
