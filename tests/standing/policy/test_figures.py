"""Figures: which value holds where and when, and who may change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from guiju.kernel.actor import Actor
from guiju.kernel.models import News, TrailEntry
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.standing.people.models import Unit
from guiju.standing.policy import actions as policy
from guiju.standing.policy import queries, rules
from guiju.standing.policy.models import ParameterValue
from guiju.standing.policy.rules import CATALOGUE, Family, Kind
from tests.cast import NOON, Cast

TODAY = date(2026, 11, 2)
KEY = "wo.accept_minutes"


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def set_minutes(value: int, unit: Unit | None, by: Actor, *, starts_on: date = TODAY) -> ParameterValue:
    return policy.set_value(KEY, unit=unit, value=value, starts_on=starts_on, reason="busy season", by=by, at=NOON)


def minutes(unit: Unit | None, on: date = TODAY) -> Any:
    return queries.figure(KEY, unit=unit, on=on).value


# --- The catalogue


def test_every_figure_of_the_domain_is_there() -> None:
    """The keys of 4.12; those with several figures in one line are split."""
    listed = """cash.deposit_cutoff cash.deposit_grace_min cash.morning_deposit_by cash.variance_limit cash.escort_limit cash.safe_limit
    cash.standard_float ctl.dual_window ctl.max_session sla.first_response wo.accept_minutes wo.stale_hours wo.close_after_days
    wo.parts_sign_grace wo.at_risk_pct inv.answer_minutes inv.van_count_days count.recount_tol_pieces count.recount_tol_percent
    count.full_per_year count.cycle_A count.cycle_B count.cycle_C quote.valid_days quote.discount_limit unclaimed.notice1_days
    unclaimed.demand_days complaint.ack_days complaint.response_days complaint.absolute_days warranty.return_days
    warranty.exchange_days warranty.whole_unit_months warranty.main_parts_months warranty.repairs_before_exchange
    warranty.max_repair_days_repairer warranty.max_parts_days_producer warranty.cumulative_repair_days
    warranty.repair_warranty_days warranty.fallback_months warranty.depreciation_rate_day parts.supply_years_after_eol
    price.display_proof_days price.leaflet_languages remote.free_km.CITY remote.free_km.RURAL remote.rate outlet.min_score
    outlet.fail_score outlet.min_years outlet.min_certified outlet.review_days kpi.complaint_rate_alert inspection.min_per_year
    inspection.unannounced_share inspection.min_seconds_per_item finding.repeat_window finding.max_age finding.due.sev4
    finding.due.sev3 finding.due.sev2 finding.due.sev1 assess.outcome_share_min oldpart.return_days stl.pay_days stl.confirm_days
    stl.duplicate_window pur.emergency_limit pur.three_quotes_from pur.tender_above pur.retention_years capex.start_deadline
    capex.extensions_max capex.extension_months maint.petty_limit maint.monthly_cap decision.collective_threshold
    fuel.variance_alert fuel.card_topup_max fuel.fill_max fleet.km_plausibility driver.training_hours_month fleet.day_interval
    store.temp_min store.temp_max store.rh_min store.rh_max store.inspection_days asset.campaign_months drug.near_expiry_first
    drug.near_expiry_second drug.near_expiry_third care.followup_days fund.late_days menu.distinct_min rent.dunning_first
    rent.dunning_second rent.dunning_third lease.vacate_days exam.pass.rules exam.pass.general exam.retake_max
    exam.retake_cooldown_days training.min_hours_year skill.secondary_min cert.alert_first_days cert.alert_second_days
    cert.alert_third_days evidence.retention.wo invoice.retention""".split()
    assert set(listed) <= set(CATALOGUE)


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_every_default_is_a_value_with_a_unit_a_source_and_three_names(key: str) -> None:
    parameter = CATALOGUE[key]
    default = parameter.default
    assert default is None or rules.write(parameter, default).written == default
    # The law's profile says these where the house promises nothing of its own (standing.warranty).
    by_law = key.startswith("warranty.")
    assert default is not None or key in {"cash.safe_limit", "quote.deposit_from"} or by_law
    assert parameter.unit
    assert parameter.source
    assert set(parameter.names) == {"en", "zh-hans", "zh-hant"}
    assert all(parameter.names.values())
    assert (parameter.kind is Kind.MONEY) <= (parameter.family is Family.MONEY)


@pytest.mark.django_db
def test_defaults_are_read_as_what_they_are(fs01_unit: Unit) -> None:
    def of(key: str) -> Any:
        return queries.figure(key, unit=fs01_unit, on=TODAY).value

    assert of("wo.accept_minutes") == 30
    assert of("cash.standard_float") == 50_000
    assert of("cash.deposit_cutoff") == time(16, 0)
    assert of("quote.discount_limit") == Decimal(10)
    assert of("price.leaflet_languages") == "zh-hans,zh-hant,en"
    assert of("cash.safe_limit") is None
    with pytest.raises(KeyError):
        of("no.such_figure")


# --- Setting


def test_the_nearest_value_holds(cast: Cast, fs01_unit: Unit, gz02_unit: Unit, sd_unit: Unit, nie: Actor) -> None:
    assert (minutes(fs01_unit), minutes(None)) == (30, 30)
    set_minutes(40, None, nie)
    assert (minutes(fs01_unit), minutes(None)) == (40, 40)
    set_minutes(20, sd_unit, nie)
    assert (minutes(fs01_unit), minutes(sd_unit), minutes(None)) == (20, 20, 40)
    set_minutes(10, fs01_unit, nie)
    assert (minutes(fs01_unit), minutes(gz02_unit), minutes(None)) == (10, 20, 40)


def test_a_figure_that_nothing_goes_by_is_not_set(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    by = cast.actors["xu"]
    unheard = replace(CATALOGUE["quote.deposit_from"], waits=True)
    monkeypatch.setitem(CATALOGUE, "quote.deposit_from", unheard)  # type: ignore[arg-type]
    with pytest.raises(policy.ValueRefused) as refused:
        policy.set_value("quote.deposit_from", unit=None, value=50_000, starts_on=TODAY, reason="parts", by=by, at=NOON)
    assert "goes by this figure" in str(refused.value.because[0])
    assert not ParameterValue.objects.exists()


def test_the_head_offices_value_is_the_brands(hq_unit: Unit, nie: Actor) -> None:
    assert set_minutes(40, hq_unit, nie).unit is None
    assert minutes(None) == minutes(hq_unit) == 40


def test_a_value_holds_from_its_day_until_the_next(fs01_unit: Unit, nie: Actor) -> None:
    set_minutes(20, fs01_unit, nie, starts_on=day(3))
    set_minutes(10, fs01_unit, nie, starts_on=day(5))
    # One that comes between two others ends where the later begins.
    set_minutes(15, fs01_unit, nie, starts_on=day(4))
    assert [minutes(fs01_unit, day(n)) for n in range(2, 7)] == [30, 20, 15, 10, 10]


def test_several_figures_are_asked_for_in_one_statement(fs01_unit: Unit, nie: Actor) -> None:
    set_minutes(20, fs01_unit, nie)
    with CaptureQueriesContext(connection) as asked:
        found = queries.figures([KEY, "quote.valid_days", "remote.rate"], unit=fs01_unit, on=TODAY)
    assert [figure.value for figure in found.values()] == [20, 7, 200]
    assert len(asked) == 1


def test_the_version_names_the_decision_for_ever(fs01_unit: Unit, nie: Actor) -> None:
    assert queries.figure(KEY, unit=fs01_unit, on=TODAY).version == "wo.accept_minutes@default=30"
    row = set_minutes(20, fs01_unit, nie)
    version = queries.figure(KEY, unit=fs01_unit, on=TODAY).version
    assert version == f"wo.accept_minutes@FS01/2026-11-02#{row.pk}"
    set_minutes(10, fs01_unit, nie, starts_on=day(9))
    assert queries.figure(KEY, unit=fs01_unit, on=day(8)).version == version
    assert queries.figure(KEY, unit=fs01_unit, on=day(9)).version != version


def test_setting_tells_it_once_and_the_trail_keeps_old_and_new(fs01_unit: Unit, nie: Actor) -> None:
    set_minutes(20, fs01_unit, nie)
    first = set_minutes(10, fs01_unit, nie, starts_on=day(2))
    again = set_minutes(10, fs01_unit, nie, starts_on=day(2))
    assert again.pk == first.pk
    assert [told.kind for told in News.objects.all()] == ["policy.ValueSet"] * 2
    facts = TrailEntry.objects.filter(subject_id=first.pk).order_by("pk")[0].facts
    assert (facts["before"], facts["value"], facts["reason"]) == (20, 10, "busy season")


@pytest.mark.shows("G-4")
def test_a_value_in_use_is_never_changed_backwards(fs01_unit: Unit, nie: Actor) -> None:
    set_minutes(20, fs01_unit, nie)
    with pytest.raises(policy.StartsInThePast):
        set_minutes(10, fs01_unit, nie, starts_on=day(-1))
    with pytest.raises(policy.InUseAlready):
        set_minutes(10, fs01_unit, nie)
    assert minutes(fs01_unit) == 20


def test_a_value_that_has_not_begun_may_be_replaced(fs01_unit: Unit, nie: Actor) -> None:
    set_minutes(20, fs01_unit, nie, starts_on=day(3))
    set_minutes(25, fs01_unit, nie, starts_on=day(3))
    assert minutes(fs01_unit, day(3)) == 25
    assert [row.state for row in queries.values_of(KEY, unit=fs01_unit)] == ["REPLACED", "SET"]


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [("cash.variance_limit", "fang", "ma"), ("wo.accept_minutes", "nie", "xu"), ("fleet.day_interval", "lu", "nie")],
)
def test_each_family_of_figures_has_its_own_master(cast: Cast, key: str, right: str, wrong: str) -> None:
    """5.2 "Parameters": finance on money, the network on service, logistics on the back office, and AD never."""
    unit = cast.units["FS01"]
    for name in (wrong, "ad", "an"):
        with pytest.raises(NotAllowed):
            policy.set_value(key, unit=unit, value=9, starts_on=TODAY, reason="x", by=cast.actors[name], at=NOON)
    policy.set_value(key, unit=unit, value=9, starts_on=TODAY, reason="x", by=cast.actors[right], at=NOON)
    assert queries.figure(key, unit=unit, on=TODAY).value == 9


def test_an_outlets_finance_does_not_set_another_outlets_money(fs01_unit: Unit, gz02_unit: Unit, fang: Actor) -> None:
    def floats(unit: Unit | None) -> None:
        policy.set_value("cash.standard_float", unit=unit, value=1, starts_on=TODAY, reason="x", by=fang, at=NOON)

    floats(fs01_unit)
    for elsewhere in (gz02_unit, None):
        with pytest.raises(NotAllowed):
            floats(elsewhere)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("wo.accept_minutes", -1), ("wo.accept_minutes", "soon"), ("wo.accept_minutes", 1.5), ("wo.accept_minutes", None),
        ("wo.accept_minutes", True), ("wo.accept_minutes", 10**12), ("warranty.repair_warranty_days", 29),
        ("unclaimed.demand_days", 59), ("complaint.absolute_days", 16), ("wo.at_risk_pct", 101), ("wo.at_risk_pct", "NaN"),
        ("cash.deposit_cutoff", "25:00"), ("price.leaflet_languages", " "), ("price.leaflet_languages", "tlh"),
        ("promise.closed_weekdays", "8"),
    ],
)  # fmt: skip
def test_a_figure_has_a_value_of_its_kind_and_within_the_law(fs01_unit: Unit, cast: Cast, key: str, value: Any) -> None:
    """EX-7: a repair warranty under 30 days is refused."""
    by = cast.actors["xu" if CATALOGUE[key].family is Family.MONEY else "nie"]
    with pytest.raises(policy.ValueRefused):
        policy.set_value(key, unit=fs01_unit, value=value, starts_on=TODAY, reason="x", by=by, at=NOON)
    default = CATALOGUE[key].default
    policy.set_value(key, unit=fs01_unit, value=default, starts_on=TODAY, reason="x", by=by, at=NOON)


@pytest.mark.both_databases
def test_a_figure_that_has_none_by_default_may_be_set_to_none_again(fs01_unit: Unit, fang: Actor) -> None:
    given = {"unit": fs01_unit, "reason": "the bank", "by": fang, "at": NOON}
    policy.set_value("cash.safe_limit", value=100_000, starts_on=TODAY, **given)
    policy.set_value("cash.safe_limit", value=None, starts_on=day(1), **given)
    assert queries.figure("cash.safe_limit", unit=fs01_unit, on=TODAY).value == 100_000
    assert queries.figure("cash.safe_limit", unit=fs01_unit, on=day(1)).value is None


def test_a_change_has_a_reason_and_a_known_figure(fs01_unit: Unit, nie: Actor) -> None:
    with pytest.raises(policy.ReasonMissing):
        policy.set_value(KEY, unit=fs01_unit, value=9, starts_on=TODAY, reason=" ", by=nie, at=NOON)
    with pytest.raises(policy.FigureUnknown):
        policy.set_value("wo.nonsense", unit=fs01_unit, value=9, starts_on=TODAY, reason="x", by=nie, at=NOON)


# --- Drafts


def draft(unit: Unit, by: Actor, *, starts_on: date = TODAY) -> ParameterValue:
    return policy.draft_value(KEY, unit=unit, value=9, starts_on=starts_on, reason="asked by shops", by=by, at=NOON)


def test_an_administrators_draft_counts_once_it_is_adopted(fs01_unit: Unit, ad: Actor, nie: Actor, xu: Actor) -> None:
    proposed = draft(fs01_unit, ad)
    assert minutes(fs01_unit) == 30
    assert queries.drafts() == [proposed]
    for other in (ad, xu):
        with pytest.raises(NotAllowed):
            policy.adopt(proposed, by=other, at=NOON)
    policy.adopt(proposed, by=nie, at=NOON)
    assert minutes(fs01_unit) == 9
    assert [told.kind for told in News.objects.all()] == ["policy.ValueSet"]
    with pytest.raises(WrongState):
        policy.adopt(proposed, by=nie, at=NOON)


def test_a_draft_of_what_is_set_already_is_dropped(fs01_unit: Unit, ad: Actor, nie: Actor) -> None:
    proposed, held = draft(fs01_unit, ad), set_minutes(9, fs01_unit, nie)
    assert policy.adopt(proposed, by=nie, at=NOON).pk == held.pk
    assert ParameterValue.objects.get(pk=proposed.pk).state == "DROPPED"


def test_a_draft_whose_day_has_passed_is_not_adopted(fs01_unit: Unit, ad: Actor, nie: Actor) -> None:
    proposed = draft(fs01_unit, ad)
    with pytest.raises(policy.StartsInThePast):
        policy.adopt(proposed, by=nie, at=NOON + timedelta(days=1))
    policy.adopt(proposed, by=nie, at=NOON)


def test_who_drafts_may_drop_the_draft_and_a_stranger_may_not(fs01_unit: Unit, ad: Actor, ma: Actor) -> None:
    proposed = draft(fs01_unit, ad)
    with pytest.raises(NotAllowed):
        draft(fs01_unit, ma)
    with pytest.raises(NotAllowed):
        policy.drop_draft(proposed, by=ma, at=NOON)
    policy.drop_draft(proposed, by=ad, at=NOON)
    with pytest.raises(WrongState):
        policy.drop_draft(proposed, by=ad, at=NOON)


# --- What the database holds


@pytest.mark.both_databases
@pytest.mark.no_books
@pytest.mark.parametrize("scope", ["FS01", None])
def test_two_values_on_one_day_cannot_be_written(cast: Cast, nie: Actor, scope: str | None) -> None:
    row = set_minutes(20, cast.units[scope] if scope else None, nie)
    row.pk = None
    with pytest.raises(IntegrityError, match="a_figure_has_one_value_a_day"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.both_databases
@pytest.mark.no_books
@pytest.mark.shows("G-4")
def test_a_set_value_cannot_be_edited_in_the_database(fs01_unit: Unit, nie: Actor) -> None:
    row = set_minutes(20, fs01_unit, nie)
    for change in ({"value": 21}, {"starts_on": day(-9)}, {"unit": None}, {"key": "quote.valid_days"}):
        with pytest.raises(IntegrityError, match="a_value_once_set_is_never_edited"), transaction.atomic():
            ParameterValue.objects.filter(pk=row.pk).update(**change)
    ParameterValue.objects.filter(pk=row.pk).update(ends_on=day(9))


@pytest.mark.no_books
def test_a_figure_that_nobody_knows_is_found(fs01_unit: Unit, nie: Actor) -> None:
    assert list(queries.one_value_a_day()) == []
    row = set_minutes(20, fs01_unit, nie)
    row.pk, row.key = None, "wo.nonsense"
    row.save(force_insert=True)
    assert list(queries.one_value_a_day()) == ["wo.nonsense is not in the catalogue"]
