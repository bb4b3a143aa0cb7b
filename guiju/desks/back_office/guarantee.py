"""A law of the guarantee as people read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext

from guiju.kernel.words import N_, pick
from guiju.standing.catalogue.rules import LABELS as TRADE_LABELS
from guiju.standing.warranty.models import GuaranteeProfile
from guiju.standing.warranty.rules import LABELS, Profile

# Each figure that a profile may have (rules.FIGURES), with what it counts.
FIGURES: Mapping[str, str] = {
    "return_days": N_("Days in which a faulty appliance may be returned"),
    "exchange_days": N_("Days in which a faulty appliance may be exchanged"),
    "repairs_before_exchange": N_("Repairs of one fault before an exchange"),
    "max_repair_days": N_("Days that a repair may take"),
    "late_remedies": N_("What is due when it takes longer"),
    "max_parts_days": N_("Days in which the producer must supply a part"),
    "cumulative_repair_days": N_("Days in repair, taken together, before an exchange"),
    "repair_warranty_days": N_("Days for which a repair is warranted"),
    "fallback_months": N_("Months where no product is named"),
    "main_parts_months": N_("Months of the main parts"),
    "main_parts_cover": N_("What is free when a main part fails later"),
    "depreciation_percent_day": N_("Depreciation, per cent a day"),
    "starts_by": N_("The guarantee runs from"),
    "production_grace_days": N_("Days after production, where the sale is not known"),
    "proof_required": N_("A proof of the purchase is needed"),
    "exchange_restarts": N_("An exchange begins the guarantee anew"),
    "excluded_causes": N_("Causes that are not covered"),
}
# The same word means another thing as a cause: a faulty installation is not the day of the installation.
WORDS_OF: Mapping[str, Mapping[StrEnum, str]] = {"excluded_causes": TRADE_LABELS}


def said(value: Any, labels: Mapping[StrEnum, str] = LABELS) -> str:
    """A figure of a law in the reader's language."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Collection) and not isinstance(value, str):
        return ", ".join(sorted(said(each, labels) for each in value)) or "—"
    if isinstance(value, str):
        # A file says a word, which is the key of its label; one that nobody has named shows itself.
        label = {str(key): word for key, word in labels.items()}.get(value)
        return gettext(label) if label else value
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def law(profile: Profile, adopted: GuaranteeProfile | None) -> Mapping[str, Any]:
    """A law for the page: its figures and kinds of appliances; who adopted it, where it did not come with the house."""
    return {
        "profile": profile,
        "name": pick(profile.names),
        "adopted": adopted,
        "figures": [
            (gettext(FIGURES.get(name, name)), said(told.value, WORDS_OF.get(name, LABELS)), told.source)
            for name, told in profile.figures.items()
        ],
        "lines": [
            (
                rule,
                ", ".join(f"{code} {'' if months is None else months}".strip() for code, months in rule.parts.items()),
            )
            for rule in profile.lines.values()
        ],
    }
