"""What is known would miss: people, parts, prices, figures, terms."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.sabotage.ways import Saboteur, instead

# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/standing/catalogue/test_fitting.py": "a_part_fits_a_model_once a_part_fits_models_of_its_lines",
    "tests/standing/people": "nobody_grants_a_role_to_themself a_revoked_key_stays_revoked",
    "tests/standing/people/test_units.py": "a_unit_keeps_its_place",
    "tests/standing/pricing": (
        "price_lists_of_one_scope_never_overlap price_list_author_is_not_its_approver "
        "price_list_once_published_is_never_edited"
    ),
    "tests/standing/policy": "a_value_once_set_is_never_edited",
    "tests/standing/policy/test_figures.py": "a_figure_has_one_value_a_day",
    "tests/standing/warranty": "warranty_terms_are_never_edited",
    "tests/desks/track/test_prices.py": "a_machine_has_one_leaflet_in_its_box",
    "tests/standing/pricing/test_displays.py": (
        "display_proof_is_of_a_list_in_force display_proof_photo_is_of_that_wall a_photo_of_a_wall_proves_once "
        "display_proof_stays_as_it_was_shown"
    ),
    "tests/standing/people/test_staff.py": "a_person_has_a_name",
    "tests/standing/catalogue/test_lists.py": "brand_has_a_name part_is_not_its_own_successor",
}

SABOTEURS: Mapping[str, Saboteur] = {
    "whole_numbers": Saboteur(
        "a list shows whole telephone numbers",
        instead("guiju.standing.customers.rules", "mask", lambda number: number),
        "tests/standing/customers/test_find.py",
    ),
    "any_formula": Saboteur(
        "a spreadsheet runs what a customer wrote",
        instead("guiju.standing.catalogue.rules.tables", "RUNS", ()),
        "tests/standing/catalogue/test_sheets.py",
    ),
}
