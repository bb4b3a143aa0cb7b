"""The words of the catalogue: kinds, units, outcomes, and how names and serials are compared."""

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from guiju.kernel.search import fold
from guiju.kernel.words import N_

LANGUAGES = ("en", "zh-hans", "zh-hant")


class CodeKind(StrEnum):
    """Who says it: the customer, or the technician."""

    SYMPTOM = "SYMPTOM"
    FAULT = "FAULT"
    CAUSE = "CAUSE"


class Cause(StrEnum):
    """Why it broke; what warranty turns on."""

    PRODUCT_DEFECT = "PRODUCT_DEFECT"
    MISUSE = "MISUSE"
    INSTALLATION = "INSTALLATION"
    ENVIRONMENT = "ENVIRONMENT"
    WEAR = "WEAR"
    NO_FAULT = "NO_FAULT"


# What the house's own lists call the families of faults; a brand may bring others, which are said as they are written.
FAMILY_LABELS: Mapping[str, str] = {
    "AIRFLOW": N_("Airflow"),
    "BATTERY": N_("Battery"),
    "BODY": N_("Body and doors"),
    "CONTROL": N_("Control and electronics"),
    "COOLING": N_("Cooling"),
    "DEFROST": N_("Defrosting"),
    "DRAIN": N_("Draining"),
    "DRIVE": N_("Motor and drive"),
    "HEATING": N_("Heating"),
    "INPUT": N_("Keys and inputs"),
    "INSULATION": N_("Insulation"),
    "MECHANICAL": N_("Mechanics"),
    "PICTURE": N_("Picture"),
    "POWER": N_("Power supply"),
    "SIGNAL": N_("Signal and reception"),
    "SOUND": N_("Sound"),
    "SYSTEM": N_("Software and system"),
    "WATER": N_("Water"),
}


class BaseUnit(StrEnum):
    """What a quantity of the part counts."""

    PIECE = "PIECE"
    GRAM = "GRAM"
    MM = "MM"
    ML = "ML"


class ItemKind(StrEnum):
    """The section of the price sheet in which a service stands (S6-37, S6-38)."""

    TEST = "TEST"
    LABOUR = "LABOUR"
    CALL_OUT = "CALL_OUT"
    OTHER = "OTHER"


# 0 inspection, 1 minor, 2 medium, 3 major, 4 special (domain 2.8).
LABOUR_LEVEL_MAX = 4


class Outcome(StrEnum):
    """How a repair ended."""

    FIXED = "FIXED"
    REPAIRABLE = "REPAIRABLE"
    END_OF_LIFE = "END_OF_LIFE"
    DECLINED = "DECLINED"
    UNKNOWN = "UNKNOWN"


class Barrier(StrEnum):
    """What stood in the way of a repair."""

    PARTS_UNAVAILABLE = "PARTS_UNAVAILABLE"
    PARTS_TOO_EXPENSIVE = "PARTS_TOO_EXPENSIVE"
    NO_WAY_IN = "NO_WAY_IN"
    NO_INFORMATION = "NO_INFORMATION"
    NO_EQUIPMENT = "NO_EQUIPMENT"
    WORN_OUT = "WORN_OUT"
    OTHER = "OTHER"


class Sheet(StrEnum):
    """What a file that is brought in holds."""

    PARTS = "PARTS"
    MODELS = "MODELS"
    SERVICE_ITEMS = "SERVICE_ITEMS"
    FAULT_CODES = "FAULT_CODES"
    OPEN_REPAIR = "OPEN_REPAIR"
    APPLIANCES = "APPLIANCES"
    # Kept by contexts above, which tell `actions.keep_by_file` how.
    SUPPLIERS = "SUPPLIERS"
    SUPPLIER_PRICES = "SUPPLIER_PRICES"
    OPENING_STOCK = "OPENING_STOCK"


class BatchState(StrEnum):
    """Where a file that was brought in stands."""

    STAGED = "STAGED"
    COMMITTED = "COMMITTED"
    ABANDONED = "ABANDONED"


BATCH_ARROWS: Mapping[BatchState, Mapping[BatchState, str]] = {
    BatchState.STAGED: {
        BatchState.COMMITTED: "catalogue.commit_import",
        BatchState.ABANDONED: "catalogue.abandon_import",
    },
    BatchState.COMMITTED: {},
    BatchState.ABANDONED: {},
}


class RowVerdict(StrEnum):
    """What one row of a file would do."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"
    REJECTED = "REJECTED"


LABELS: Mapping[StrEnum, str] = {
    CodeKind.SYMPTOM: N_("Symptom"),
    CodeKind.FAULT: N_("Fault"),
    CodeKind.CAUSE: N_("Cause"),
    Cause.PRODUCT_DEFECT: N_("Product defect"),
    Cause.MISUSE: N_("Misuse"),
    Cause.INSTALLATION: N_("Faulty installation"),
    Cause.ENVIRONMENT: N_("Surroundings"),
    Cause.WEAR: N_("Wear"),
    Cause.NO_FAULT: N_("No fault found"),
    BaseUnit.PIECE: N_("piece"),
    BaseUnit.GRAM: N_("gram"),
    BaseUnit.MM: N_("millimetre"),
    BaseUnit.ML: N_("millilitre"),
    ItemKind.TEST: N_("Test and inspection"),
    ItemKind.LABOUR: N_("Labour"),
    ItemKind.CALL_OUT: N_("Call-out"),
    ItemKind.OTHER: N_("Other service"),
    Outcome.FIXED: N_("Repaired"),
    Outcome.REPAIRABLE: N_("Could be repaired"),
    Outcome.END_OF_LIFE: N_("Beyond repair"),
    Outcome.DECLINED: N_("Customer declined the repair"),
    Outcome.UNKNOWN: N_("Outcome not known"),
    Barrier.PARTS_UNAVAILABLE: N_("Spare parts not available"),
    Barrier.PARTS_TOO_EXPENSIVE: N_("Spare parts too expensive"),
    Barrier.NO_WAY_IN: N_("No way to open the product"),
    Barrier.NO_INFORMATION: N_("Repair information not available"),
    Barrier.NO_EQUIPMENT: N_("Lack of equipment"),
    Barrier.WORN_OUT: N_("Too worn out"),
    Barrier.OTHER: N_("Another reason"),
    Sheet.PARTS: N_("Parts"),
    Sheet.MODELS: N_("Models"),
    Sheet.SERVICE_ITEMS: N_("Service items"),
    Sheet.FAULT_CODES: N_("Symptom, fault and cause codes"),
    Sheet.OPEN_REPAIR: N_("Open Repair data"),
    Sheet.APPLIANCES: N_("Appliances by serial number"),
    Sheet.SUPPLIERS: N_("Suppliers"),
    Sheet.SUPPLIER_PRICES: N_("Prices of suppliers"),
    Sheet.OPENING_STOCK: N_("Opening stock"),
    BatchState.STAGED: N_("Waiting to be committed"),
    BatchState.COMMITTED: N_("Committed"),
    BatchState.ABANDONED: N_("Abandoned"),
    RowVerdict.NEW: N_("New"),
    RowVerdict.CHANGED: N_("Changed"),
    RowVerdict.SAME: N_("Unchanged"),
    RowVerdict.REJECTED: N_("Rejected"),
}


def choices(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Code and label of each word, as a form's select reads them."""
    return [(word.value, LABELS[word]) for word in words]


CHOICES_OF_CODE = choices(CodeKind)
CHOICES_OF_UNIT = choices(BaseUnit)
CHOICES_OF_ITEM = choices(ItemKind)
CHOICES_OF_OUTCOME = choices(Outcome)
CHOICES_OF_BARRIER = choices(Barrier)
CHOICES_OF_SHEET = choices(Sheet)
CHOICES_OF_BATCH = choices(BatchState)
CHOICES_OF_VERDICT = choices(RowVerdict)

# Signs that a label and a ticket can show.
# Letters and digits. Shorter numbers are counted by hand at many makers, and two may well be alike.
SERIAL_OF_ONE_MAKER = 8
SERIAL_LONGEST = 60
BRAND_LONGEST = 120

# How a brand is written when the plate is gone or nobody looked.
UNKNOWN_BRAND = "Unknown"


PART_CLASSES: Mapping[str, Mapping[str, str]] = {
    each["code"]: each["names"]
    for each in tomllib.loads((Path(__file__).parents[1] / "data" / "classes.toml").read_text(encoding="utf-8"))[
        "class"
    ]
}


def part_class_names(code: str) -> Mapping[str, str]:
    """A kind of main part in the three languages; a code that the house does not know is its own name."""
    return PART_CLASSES.get(code) or dict.fromkeys(LANGUAGES, code)


def code_of(name: str) -> str:
    """A code made of a name: capitals and digits of any script, joined by hyphens. "Hair & beauty item" is HAIR-BEAUTY-ITEM."""
    kept = "".join(c if c.isalnum() else " " for c in name)
    return "-".join(kept.split()).upper()[:30] or "X"


def folded_names(code: str, names: Mapping[str, str]) -> str:
    """Code and every name in one searchable text, a bar between them so that no match spans two."""
    return "|".join(fold(text) for text in (code, *(names.get(language, "") for language in LANGUAGES)) if text)


def named(names: Mapping[str, str]) -> dict[str, str]:
    """The names that say something, by language; others fall back to these (G-9)."""
    return {language: " ".join(names[language].split()) for language in LANGUAGES if names.get(language, "").strip()}
