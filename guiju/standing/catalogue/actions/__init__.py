"""What is done to the catalogue; the verbs of all its families under one name."""

from guiju.standing.catalogue.actions.appliances import (
    AlreadyReplaced,
    CustomerElsewhere,
    DateInFuture,
    ModelOfAnother,
    SerialKnown,
    SerialOfAnother,
    SerialUnreadable,
    change_appliance,
    record_service,
    refuse_serial_of_another,
    register_appliance,
    replace_appliance,
)
from guiju.standing.catalogue.actions.lists import (
    BrandUnreadable,
    CodeTaken,
    add_brand,
    add_fault_code,
    add_line,
    add_model,
    add_part,
    add_service_item,
    end_supply,
    supersede_part,
)
from guiju.standing.catalogue.actions.open_repair import export_open_repair, import_open_repair
from guiju.standing.catalogue.actions.register import DataMoved
from guiju.standing.catalogue.actions.sheets import (
    ColumnsMissing,
    FileUnreadable,
    abandon_import,
    commit_import,
    export,
    stage_import,
)
from guiju.standing.catalogue.actions.starter import load_starter

__all__ = [
    "AlreadyReplaced",
    "BrandUnreadable",
    "CodeTaken",
    "ColumnsMissing",
    "CustomerElsewhere",
    "DataMoved",
    "DateInFuture",
    "FileUnreadable",
    "ModelOfAnother",
    "SerialKnown",
    "SerialOfAnother",
    "SerialUnreadable",
    "abandon_import",
    "add_brand",
    "add_fault_code",
    "add_line",
    "add_model",
    "add_part",
    "add_service_item",
    "change_appliance",
    "commit_import",
    "end_supply",
    "export",
    "export_open_repair",
    "import_open_repair",
    "load_starter",
    "record_service",
    "refuse_serial_of_another",
    "register_appliance",
    "replace_appliance",
    "stage_import",
    "supersede_part",
]
