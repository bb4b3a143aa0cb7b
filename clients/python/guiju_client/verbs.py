"""Every verb of the house. Written by `python -m tools.client` from docs/openapi.json: do not edit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from guiju_client import schemas as s
from guiju_client.transport import LEFT_OUT, LeftOut, Speaker, in_path


class Guiju(Speaker):
    """The whole API of an installation."""

    def academy_certificates(
        self,
        *,
        person: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        task: list[s.AcademyTask] | LeftOut = LEFT_OUT,
        is_suspended: bool | LeftOut = LEFT_OUT,
        ends_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "ends_on", "-ends_on"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.AcademyCertificatesPage:
        """The certificates that the asker may see."""
        answer: s.AcademyCertificatesPage = self._get(
            f"/api/v1/certificates",
            {
                "person": person,
                "line": line,
                "task": task,
                "is_suspended": is_suspended,
                "ends_before": ends_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_academy_certificates(
        self,
        *,
        person: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        task: list[s.AcademyTask] | LeftOut = LEFT_OUT,
        is_suspended: bool | LeftOut = LEFT_OUT,
        ends_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "ends_on", "-ends_on"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CertificateOut]:
        """The certificates that the asker may see."""
        answer: Iterator[s.CertificateOut] = self._pages(
            f"/api/v1/certificates",
            {
                "person": person,
                "line": line,
                "task": task,
                "is_suspended": is_suspended,
                "ends_before": ends_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def academy_certify(
        self,
        number: str,
        *,
        basis: str,
        ends_on: str,
        starts_on: str,
        task: s.AcademyTask,
        line: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CertificateOut:
        """Certify that a person may do a task on a product line."""
        answer: s.CertificateOut = self._post(
            f"/api/v1/people/{in_path(number)}/certify",
            {"basis": basis, "ends_on": ends_on, "line": line, "starts_on": starts_on, "task": task},
            idempotency_key,
        )
        return answer

    def academy_reinstate(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.CertificateOut:
        """Let a suspended certificate hold again, for what is left of its time."""
        answer: s.CertificateOut = self._post(
            f"/api/v1/certificates/{in_path(number)}/reinstate", {"reason": reason}, idempotency_key
        )
        return answer

    def academy_suspend(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.CertificateOut:
        """Let a certificate not hold for the time being. Suspending it again changes nothing."""
        answer: s.CertificateOut = self._post(
            f"/api/v1/certificates/{in_path(number)}/suspend", {"reason": reason}, idempotency_key
        )
        return answer

    def alarms_store_alarms(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        person: str | LeftOut = LEFT_OUT,
        kind: list[s.NoticesAlarm] | LeftOut = LEFT_OUT,
        is_unseen: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.AlarmsStoreAlarmsPage:
        """Every alarm of a store or of cash that this person may see, newest first."""
        answer: s.AlarmsStoreAlarmsPage = self._get(
            f"/api/v1/store-alarms",
            {
                "unit": unit,
                "person": person,
                "kind": kind,
                "is_unseen": is_unseen,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_alarms_store_alarms(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        person: str | LeftOut = LEFT_OUT,
        kind: list[s.NoticesAlarm] | LeftOut = LEFT_OUT,
        is_unseen: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.AlarmOut]:
        """Every alarm of a store or of cash that this person may see, newest first."""
        answer: Iterator[s.AlarmOut] = self._pages(
            f"/api/v1/store-alarms",
            {"unit": unit, "person": person, "kind": kind, "is_unseen": is_unseen, "sort": sort, "limit": limit},
        )
        return answer

    def banking_acknowledge(self, key: int, *, idempotency_key: str | None = None) -> s.CashAlarmOut:
        """Somebody has looked at it; again changes nothing."""
        answer: s.CashAlarmOut = self._post(f"/api/v1/cash-alarms/{in_path(key)}/acknowledge", {}, idempotency_key)
        return answer

    def banking_approve_petty(self, number: str, *, idempotency_key: str | None = None) -> s.ExpenseOut:
        """Allow an expense above the limit, as another person: now it is paid."""
        answer: s.ExpenseOut = self._post(f"/api/v1/petty-expenses/{in_path(number)}/approve", {}, idempotency_key)
        return answer

    def banking_bags(
        self,
        *,
        state: list[s.BankingBagState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        seal_number: str | LeftOut = LEFT_OUT,
        business_on: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.BankingBagsPage:
        """The bags that the asker may see."""
        answer: s.BankingBagsPage = self._get(
            f"/api/v1/bags",
            {
                "state": state,
                "unit": unit,
                "seal_number": seal_number,
                "business_on": business_on,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_banking_bags(
        self,
        *,
        state: list[s.BankingBagState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        seal_number: str | LeftOut = LEFT_OUT,
        business_on: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.BagOut]:
        """The bags that the asker may see."""
        answer: Iterator[s.BagOut] = self._pages(
            f"/api/v1/bags",
            {
                "state": state,
                "unit": unit,
                "seal_number": seal_number,
                "business_on": business_on,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def banking_bank_deposits(
        self,
        *,
        state: list[s.BankingDepositState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        batch: s.BankingBatch | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.BankingBankDepositsPage:
        """The deposits that the asker may see."""
        answer: s.BankingBankDepositsPage = self._get(
            f"/api/v1/bank-deposits",
            {"state": state, "unit": unit, "batch": batch, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_banking_bank_deposits(
        self,
        *,
        state: list[s.BankingDepositState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        batch: s.BankingBatch | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.BankDepositOut]:
        """The deposits that the asker may see."""
        answer: Iterator[s.BankDepositOut] = self._pages(
            f"/api/v1/bank-deposits", {"state": state, "unit": unit, "batch": batch, "sort": sort, "limit": limit}
        )
        return answer

    def banking_bank_it(
        self,
        number: str,
        *,
        photo: int,
        slip_number: str,
        account_tail: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.BankDepositOut:
        """The bank has taken it: the number of its slip and a picture of it are kept; what comes after the grace
        is late."""
        answer: s.BankDepositOut = self._post(
            f"/api/v1/bank-deposits/{in_path(number)}/bank",
            {"account_tail": account_tail, "photo": photo, "slip_number": slip_number},
            idempotency_key,
        )
        return answer

    def banking_bank_lines(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        on: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.BankingBankLinesPage:
        """What the bank says came in."""
        answer: s.BankingBankLinesPage = self._get(
            f"/api/v1/bank-lines", {"unit": unit, "on": on, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_banking_bank_lines(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        on: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.BankLineOut]:
        """What the bank says came in."""
        answer: Iterator[s.BankLineOut] = self._pages(
            f"/api/v1/bank-lines", {"unit": unit, "on": on, "sort": sort, "limit": limit}
        )
        return answer

    def banking_bring_statement(self, *, statement: str, unit: str, idempotency_key: str | None = None) -> s.BroughtOut:
        """Bring in a statement of the bank, as a table or as camt.053; what is known already is not written
        twice."""
        answer: s.BroughtOut = self._post(
            f"/api/v1/bank-lines", {"statement": statement, "unit": unit}, idempotency_key
        )
        return answer

    def banking_cash_alarms(
        self,
        *,
        kind: list[s.BankingAlarm] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.BankingCashAlarmsPage:
        """What somebody has to look at."""
        answer: s.BankingCashAlarmsPage = self._get(
            f"/api/v1/cash-alarms", {"kind": kind, "unit": unit, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_banking_cash_alarms(
        self,
        *,
        kind: list[s.BankingAlarm] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CashAlarmOut]:
        """What somebody has to look at."""
        answer: Iterator[s.CashAlarmOut] = self._pages(
            f"/api/v1/cash-alarms", {"kind": kind, "unit": unit, "sort": sort, "limit": limit}
        )
        return answer

    def banking_cash_hand_overs(
        self,
        *,
        state: list[s.BankingHandState] | LeftOut = LEFT_OUT,
        hand: s.BankingHand | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        giver: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.BankingCashHandOversPage:
        """What the asker may see of what goes from hand to hand."""
        answer: s.BankingCashHandOversPage = self._get(
            f"/api/v1/cash-hand-overs",
            {
                "state": state,
                "hand": hand,
                "unit": unit,
                "giver": giver,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_banking_cash_hand_overs(
        self,
        *,
        state: list[s.BankingHandState] | LeftOut = LEFT_OUT,
        hand: s.BankingHand | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        giver: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.HandOverOut]:
        """What the asker may see of what goes from hand to hand."""
        answer: Iterator[s.HandOverOut] = self._pages(
            f"/api/v1/cash-hand-overs",
            {"state": state, "hand": hand, "unit": unit, "giver": giver, "sort": sort, "limit": limit},
        )
        return answer

    def banking_check_seals(
        self,
        key: int,
        *,
        camera_ok: bool,
        seen: list[str],
        note: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.SealsOut:
        """Take the night over: read the numbers off the bags in the safe, and look whether the camera runs."""
        answer: s.SealsOut = self._post(
            f"/api/v1/duty-nights/{in_path(key)}/check-seals",
            {"camera_ok": camera_ok, "note": note, "seen": seen},
            idempotency_key,
        )
        return answer

    def banking_close_petty_box(
        self, key: int, *, pieces: dict[str, int], reason: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.BoxOut:
        """Count the box for the last time; what lies in it goes back to finance."""
        answer: s.BoxOut = self._post(
            f"/api/v1/petty-boxes/{in_path(key)}/close", {"pieces": pieces, "reason": reason}, idempotency_key
        )
        return answer

    def banking_count_petty(
        self, key: int, *, pieces: dict[str, int], reason: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.PettyEntryOut:
        """Count the box, as somebody who does not spend out of it; what differs is booked with its reason."""
        answer: s.PettyEntryOut = self._post(
            f"/api/v1/petty-boxes/{in_path(key)}/count", {"pieces": pieces, "reason": reason}, idempotency_key
        )
        return answer

    def banking_duty_nights(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        night: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.BankingDutyNightsPage:
        """The nights that the asker may see, and the own ones."""
        answer: s.BankingDutyNightsPage = self._get(
            f"/api/v1/duty-nights", {"unit": unit, "night": night, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_banking_duty_nights(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        night: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.NightOut]:
        """The nights that the asker may see, and the own ones."""
        answer: Iterator[s.NightOut] = self._pages(
            f"/api/v1/duty-nights", {"unit": unit, "night": night, "sort": sort, "limit": limit}
        )
        return answer

    def banking_name_officer(
        self, *, night: str, officer: str, unit: str, idempotency_key: str | None = None
    ) -> s.NightOut:
        """Name who watches over the safe in a night; another one as long as nothing was done in it."""
        answer: s.NightOut = self._post(
            f"/api/v1/duty-nights", {"night": night, "officer": officer, "unit": unit}, idempotency_key
        )
        return answer

    def banking_name_petty_keeper(
        self,
        key: int,
        *,
        keeper: str,
        pieces: dict[str, int],
        reason: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.BoxOut:
        """Another person answers for the box from now on: what lies in it is counted between the two."""
        answer: s.BoxOut = self._post(
            f"/api/v1/petty-boxes/{in_path(key)}/name-keeper",
            {"keeper": keeper, "pieces": pieces, "reason": reason},
            idempotency_key,
        )
        return answer

    def banking_offer_deposit(self, number: str, *, to: str, idempotency_key: str | None = None) -> s.HandOverOut:
        """Offer the deposit that one carries to another carrier."""
        answer: s.HandOverOut = self._post(
            f"/api/v1/bank-deposits/{in_path(number)}/offer", {"to": to}, idempotency_key
        )
        return answer

    def banking_offer_pouch(
        self, *, unit: str, to: str | None | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.HandOverOut:
        """Offer all that lies in the own pouch: to a colleague, or at the till, where it is counted."""
        answer: s.HandOverOut = self._post(f"/api/v1/cash-hand-overs", {"to": to, "unit": unit}, idempotency_key)
        return answer

    def banking_open_petty_box(
        self, *, code: str, float_minor: int, keeper: str, unit: str, idempotency_key: str | None = None
    ) -> s.BoxOut:
        """Give an outlet a box with a float, and name who answers for it."""
        answer: s.BoxOut = self._post(
            f"/api/v1/petty-boxes",
            {"code": code, "float_minor": float_minor, "keeper": keeper, "unit": unit},
            idempotency_key,
        )
        return answer

    def banking_petty_boxes(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        state: s.BankingBoxState | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.BankingPettyBoxesPage:
        """The boxes that the asker may see."""
        answer: s.BankingPettyBoxesPage = self._get(
            f"/api/v1/petty-boxes", {"unit": unit, "state": state, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_banking_petty_boxes(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        state: s.BankingBoxState | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.BoxOut]:
        """The boxes that the asker may see."""
        answer: Iterator[s.BoxOut] = self._pages(
            f"/api/v1/petty-boxes", {"unit": unit, "state": state, "sort": sort, "limit": limit}
        )
        return answer

    def banking_petty_expenses(
        self,
        *,
        state: list[s.BankingSpendState] | LeftOut = LEFT_OUT,
        kind: list[s.BankingExpense] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        box: int | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.BankingPettyExpensesPage:
        """What was spent out of them."""
        answer: s.BankingPettyExpensesPage = self._get(
            f"/api/v1/petty-expenses",
            {"state": state, "kind": kind, "unit": unit, "box": box, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_banking_petty_expenses(
        self,
        *,
        state: list[s.BankingSpendState] | LeftOut = LEFT_OUT,
        kind: list[s.BankingExpense] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        box: int | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ExpenseOut]:
        """What was spent out of them."""
        answer: Iterator[s.ExpenseOut] = self._pages(
            f"/api/v1/petty-expenses",
            {"state": state, "kind": kind, "unit": unit, "box": box, "sort": sort, "limit": limit},
        )
        return answer

    def banking_prepare(
        self,
        key: int,
        *,
        pieces: dict[str, int],
        escort: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.BankDepositOut:
        """Take the takings out of the drawer to carry them to the bank; the float stays."""
        answer: s.BankDepositOut = self._post(
            f"/api/v1/till-sessions/{in_path(key)}/prepare-deposit",
            {"escort": escort, "pieces": pieces},
            idempotency_key,
        )
        return answer

    def banking_prepare_bags(
        self, *, bags: list[str], escort: str | None | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.BankDepositOut:
        """Bring sealed bags to the bank together: those that this person took out of the safe, or that never lay
        in one."""
        answer: s.BankDepositOut = self._post(
            f"/api/v1/bank-deposits", {"bags": bags, "escort": escort}, idempotency_key
        )
        return answer

    def banking_reconcile(self, number: str, *, line: int, idempotency_key: str | None = None) -> s.BankDepositOut:
        """The bank's statement has it: the same amount, and finance says so."""
        answer: s.BankDepositOut = self._post(
            f"/api/v1/bank-deposits/{in_path(number)}/reconcile", {"line": line}, idempotency_key
        )
        return answer

    def banking_record_nil(self, key: int, *, idempotency_key: str | None = None) -> s.BankDepositOut:
        """There is nothing to bring to the bank today, and somebody says so."""
        answer: s.BankDepositOut = self._post(f"/api/v1/till-sessions/{in_path(key)}/record-nil", {}, idempotency_key)
        return answer

    def banking_refuse_cash(self, number: str, *, note: str, idempotency_key: str | None = None) -> s.HandOverOut:
        """It is not taken, and why: it stays with whoever offered it."""
        answer: s.HandOverOut = self._post(
            f"/api/v1/cash-hand-overs/{in_path(number)}/refuse", {"note": note}, idempotency_key
        )
        return answer

    def banking_reject_petty(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.ExpenseOut:
        """Do not allow it, and say why."""
        answer: s.ExpenseOut = self._post(
            f"/api/v1/petty-expenses/{in_path(number)}/reject", {"reason": reason}, idempotency_key
        )
        return answer

    def banking_report_incident(self, number: str, *, note: str, idempotency_key: str | None = None) -> s.BagOut:
        """A bag is missing, or its seal is broken: it is frozen until a third person has found out what
        happened."""
        answer: s.BagOut = self._post(
            f"/api/v1/bags/{in_path(number)}/report-incident", {"note": note}, idempotency_key
        )
        return answer

    def banking_seal_bag(
        self, key: int, *, pieces: dict[str, int], seal_number: str, idempotency_key: str | None = None
    ) -> s.BagOut:
        """Count takings into a bag and sign for it; it is sealed once a second person has counted and signed
        too."""
        answer: s.BagOut = self._post(
            f"/api/v1/till-sessions/{in_path(key)}/seal-bag",
            {"pieces": pieces, "seal_number": seal_number},
            idempotency_key,
        )
        return answer

    def banking_settle_exception(
        self,
        number: str,
        *,
        credited_minor: int,
        note: str,
        line: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.BankDepositOut:
        """Somebody who did not carry it has found out why the bank's statement differs; what the bank has not
        got is booked as short."""
        answer: s.BankDepositOut = self._post(
            f"/api/v1/bank-deposits/{in_path(number)}/settle-exception",
            {"credited_minor": credited_minor, "line": line, "note": note},
            idempotency_key,
        )
        return answer

    def banking_settle_incident(
        self, number: str, *, note: str, pieces: dict[str, int], idempotency_key: str | None = None
    ) -> s.BagOut:
        """A third person has counted what is in the bag and says what happened; what is missing is booked, the
        rest is in their hands."""
        answer: s.BagOut = self._post(
            f"/api/v1/bags/{in_path(number)}/settle-incident", {"note": note, "pieces": pieces}, idempotency_key
        )
        return answer

    def banking_settle_tender(
        self, key: int, *, tender: str, fee_minor: int | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.SettlementOut:
        """A line of the statement is what a provider paid for cards, wallets or transfers; what it kept back is
        a fee."""
        answer: s.SettlementOut = self._post(
            f"/api/v1/bank-lines/{in_path(key)}/settle-tender",
            {"fee_minor": fee_minor, "tender": tender},
            idempotency_key,
        )
        return answer

    def banking_spend_petty(
        self,
        key: int,
        *,
        amount_minor: int,
        kind: s.BankingExpense,
        reason: str,
        voucher: str,
        photo: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ExpenseOut:
        """Pay something small out of the box, with its reason and its paper; above the limit another approves
        first."""
        answer: s.ExpenseOut = self._post(
            f"/api/v1/petty-boxes/{in_path(key)}/spend",
            {"amount_minor": amount_minor, "kind": kind, "photo": photo, "reason": reason, "voucher": voucher},
            idempotency_key,
        )
        return answer

    def banking_take_back(self, number: str, *, note: str, idempotency_key: str | None = None) -> s.BankDepositOut:
        """It was not brought to the bank: takings go back into their drawer, bags stay sealed."""
        answer: s.BankDepositOut = self._post(
            f"/api/v1/bank-deposits/{in_path(number)}/take-back", {"note": note}, idempotency_key
        )
        return answer

    def banking_top_up_petty(
        self, key: int, *, amount_minor: int, idempotency_key: str | None = None
    ) -> s.PettyEntryOut:
        """Finance puts back what was spent, up to the float."""
        answer: s.PettyEntryOut = self._post(
            f"/api/v1/petty-boxes/{in_path(key)}/top-up", {"amount_minor": amount_minor}, idempotency_key
        )
        return answer

    def banking_unpack_bag(self, number: str, *, idempotency_key: str | None = None) -> s.BagOut:
        """The takings go back into the drawer: nobody has signed for them as the second."""
        answer: s.BagOut = self._post(f"/api/v1/bags/{in_path(number)}/unpack", {}, idempotency_key)
        return answer

    def banking_withdraw_cash(self, number: str, *, idempotency_key: str | None = None) -> s.HandOverOut:
        """Whoever offered it keeps it after all."""
        answer: s.HandOverOut = self._post(f"/api/v1/cash-hand-overs/{in_path(number)}/withdraw", {}, idempotency_key)
        return answer

    def cashdays_cash_days(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        business_on: str | LeftOut = LEFT_OUT,
        is_open: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashdaysCashDaysPage:
        """The days that this person sees, the latest first."""
        answer: s.CashdaysCashDaysPage = self._get(
            f"/api/v1/cash-days",
            {
                "unit": unit,
                "business_on": business_on,
                "is_open": is_open,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_cashdays_cash_days(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        business_on: str | LeftOut = LEFT_OUT,
        is_open: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CashDaySeen]:
        """The days that this person sees, the latest first."""
        answer: Iterator[s.CashDaySeen] = self._pages(
            f"/api/v1/cash-days",
            {"unit": unit, "business_on": business_on, "is_open": is_open, "sort": sort, "limit": limit},
        )
        return answer

    def cashier_add_till(self, *, code: str, unit: str, idempotency_key: str | None = None) -> s.TillOut:
        """Give an outlet a till; the same code again is the same till."""
        answer: s.TillOut = self._post(f"/api/v1/tills", {"code": code, "unit": unit}, idempotency_key)
        return answer

    def cashier_approve_credit(self, customer: int, *, idempotency_key: str | None = None) -> s.CreditOut:
        """Allow what was asked for, as another person than the one who asked."""
        answer: s.CreditOut = self._post(f"/api/v1/credits/{in_path(customer)}/approve", {}, idempotency_key)
        return answer

    def cashier_approve_deposit_back(self, receipt: str, *, idempotency_key: str | None = None) -> s.ApprovalOut:
        """Allow that the deposit goes back while the repair goes on, as another person."""
        answer: s.ApprovalOut = self._post(
            f"/api/v1/parts-deposits/{in_path(receipt)}/approve-back", {}, idempotency_key
        )
        return answer

    def cashier_approve_refund(self, receipt: str, *, idempotency_key: str | None = None) -> s.ApprovalOut:
        """Allow the refund that was asked for, as another person."""
        answer: s.ApprovalOut = self._post(f"/api/v1/payments/{in_path(receipt)}/approve-refund", {}, idempotency_key)
        return answer

    def cashier_ask_deposit_back(
        self, receipt: str, *, reason: str, idempotency_key: str | None = None
    ) -> s.ApprovalOut:
        """Ask that a deposit goes back although the repair goes on: it was taken wrongly, or the customer leaves
        it in another way."""
        answer: s.ApprovalOut = self._post(
            f"/api/v1/parts-deposits/{in_path(receipt)}/ask-back", {"reason": reason}, idempotency_key
        )
        return answer

    def cashier_ask_refund(
        self,
        receipt: str,
        *,
        amount_minor: int,
        reason: str,
        method: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ApprovalOut:
        """Ask that money goes back to the customer: the way it came, or by another tender that the approval then
        names."""
        answer: s.ApprovalOut = self._post(
            f"/api/v1/payments/{in_path(receipt)}/ask-refund",
            {"amount_minor": amount_minor, "method": method, "reason": reason},
            idempotency_key,
        )
        return answer

    def cashier_ask_wallet(
        self,
        number: str,
        *,
        amount_minor: int,
        payer_code: str | LeftOut = LEFT_OUT,
        wallet: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.WalletRequestOut:
        """Ask that the customer pays by a wallet: by the code on the customer's telephone, or by one that the
        customer scans here."""
        answer: s.WalletRequestOut = self._post(
            f"/api/v1/bills/{in_path(number)}/ask-wallet",
            {"amount_minor": amount_minor, "payer_code": payer_code, "wallet": wallet},
            idempotency_key,
        )
        return answer

    def cashier_bill(self, number: str) -> s.BillOut:
        """One bill with its lines."""
        answer: s.BillOut = self._get(f"/api/v1/bills/{in_path(number)}", {})
        return answer

    def cashier_bills(
        self,
        *,
        state: list[s.CashierBillState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        drawn_from: str | LeftOut = LEFT_OUT,
        drawn_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "number", "-number", "drawn_at", "-drawn_at", "total_minor", "-total_minor"]
        | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierBillsPage:
        """The bills of the outlets whose money the asker may see."""
        answer: s.CashierBillsPage = self._get(
            f"/api/v1/bills",
            {
                "state": state,
                "order": order,
                "unit": unit,
                "drawn_from": drawn_from,
                "drawn_before": drawn_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_cashier_bills(
        self,
        *,
        state: list[s.CashierBillState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        drawn_from: str | LeftOut = LEFT_OUT,
        drawn_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "number", "-number", "drawn_at", "-drawn_at", "total_minor", "-total_minor"]
        | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.BillListed]:
        """The bills of the outlets whose money the asker may see."""
        answer: Iterator[s.BillListed] = self._pages(
            f"/api/v1/bills",
            {
                "state": state,
                "order": order,
                "unit": unit,
                "drawn_from": drawn_from,
                "drawn_before": drawn_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def cashier_cancel_wallet(self, number: str, *, idempotency_key: str | None = None) -> s.WalletRequestOut:
        """Wait no longer. The provider is told to close it; should the customer have paid meanwhile, the money
        is kept and matched."""
        answer: s.WalletRequestOut = self._post(
            f"/api/v1/wallet-requests/{in_path(number)}/cancel", {}, idempotency_key
        )
        return answer

    def cashier_change_credit(
        self, customer: int, *, days: int, limit_minor: int, reason: str, idempotency_key: str | None = None
    ) -> s.ApprovalOut:
        """Ask for another limit, other days, or that a closed account is opened again; until it is approved the
        old terms hold."""
        answer: s.ApprovalOut = self._post(
            f"/api/v1/credits/{in_path(customer)}/change",
            {"days": days, "limit_minor": limit_minor, "reason": reason},
            idempotency_key,
        )
        return answer

    def cashier_close_credit(self, customer: int, *, reason: str, idempotency_key: str | None = None) -> s.CreditOut:
        """End the account of a customer who owes nothing; it is opened again only by approval."""
        answer: s.CreditOut = self._post(
            f"/api/v1/credits/{in_path(customer)}/close", {"reason": reason}, idempotency_key
        )
        return answer

    def cashier_close_till_session(self, key: int, *, idempotency_key: str | None = None) -> s.SessionOut:
        """Close what was counted, once its takings have left: the float goes back, and the report of the session
        has its number."""
        answer: s.SessionOut = self._post(f"/api/v1/till-sessions/{in_path(key)}/close", {}, idempotency_key)
        return answer

    def cashier_collections(
        self,
        *,
        customer: int | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        method: list[s.CashierMethod] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at", "amount_minor", "-amount_minor"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierCollectionsPage:
        """collections"""
        answer: s.CashierCollectionsPage = self._get(
            f"/api/v1/collections",
            {"customer": customer, "unit": unit, "method": method, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_cashier_collections(
        self,
        *,
        customer: int | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        method: list[s.CashierMethod] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at", "amount_minor", "-amount_minor"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CollectionOut]:
        """collections"""
        answer: Iterator[s.CollectionOut] = self._pages(
            f"/api/v1/collections", {"customer": customer, "unit": unit, "method": method, "sort": sort, "limit": limit}
        )
        return answer

    def cashier_count_till(
        self,
        key: int,
        *,
        pieces: dict[str, int],
        card_minor: int | None | LeftOut = LEFT_OUT,
        variance_reason: str | LeftOut = LEFT_OUT,
        wallet_minor: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.SessionOut:
        """Count the drawer and the slips without knowing what the book expects; from now on nothing more goes
        in."""
        answer: s.SessionOut = self._post(
            f"/api/v1/till-sessions/{in_path(key)}/count",
            {
                "card_minor": card_minor,
                "pieces": pieces,
                "variance_reason": variance_reason,
                "wallet_minor": wallet_minor,
            },
            idempotency_key,
        )
        return answer

    def cashier_countersign(self, key: int, *, idempotency_key: str | None = None) -> s.SessionOut:
        """Sign the closing as somebody who has not counted it."""
        answer: s.SessionOut = self._post(f"/api/v1/till-sessions/{in_path(key)}/countersign", {}, idempotency_key)
        return answer

    def cashier_credits(
        self,
        *,
        state: list[s.CashierCreditState] | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "limit_minor", "-limit_minor"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierCreditsPage:
        """The credit of the customers of the outlets whose money the asker may see."""
        answer: s.CashierCreditsPage = self._get(
            f"/api/v1/credits", {"state": state, "customer": customer, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_cashier_credits(
        self,
        *,
        state: list[s.CashierCreditState] | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "limit_minor", "-limit_minor"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CreditOut]:
        """The credit of the customers of the outlets whose money the asker may see."""
        answer: Iterator[s.CreditOut] = self._pages(
            f"/api/v1/credits", {"state": state, "customer": customer, "sort": sort, "limit": limit}
        )
        return answer

    def cashier_debts(
        self,
        *,
        customer: int | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        is_open: bool | LeftOut = LEFT_OUT,
        due_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "due_on", "-due_on", "left_minor", "-left_minor"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierDebtsPage:
        """debts"""
        answer: s.CashierDebtsPage = self._get(
            f"/api/v1/debts",
            {
                "customer": customer,
                "order": order,
                "unit": unit,
                "is_open": is_open,
                "due_before": due_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_cashier_debts(
        self,
        *,
        customer: int | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        is_open: bool | LeftOut = LEFT_OUT,
        due_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "due_on", "-due_on", "left_minor", "-left_minor"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.DebtOut]:
        """debts"""
        answer: Iterator[s.DebtOut] = self._pages(
            f"/api/v1/debts",
            {
                "customer": customer,
                "order": order,
                "unit": unit,
                "is_open": is_open,
                "due_before": due_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def cashier_deposits(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        method: list[s.CashierMethod] | LeftOut = LEFT_OUT,
        is_settled: bool | LeftOut = LEFT_OUT,
        is_back: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at", "amount_minor", "-amount_minor"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierDepositsPage:
        """What customers left for loaners in the outlets whose money the asker may see."""
        answer: s.CashierDepositsPage = self._get(
            f"/api/v1/deposits",
            {
                "order": order,
                "unit": unit,
                "method": method,
                "is_settled": is_settled,
                "is_back": is_back,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_cashier_deposits(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        method: list[s.CashierMethod] | LeftOut = LEFT_OUT,
        is_settled: bool | LeftOut = LEFT_OUT,
        is_back: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at", "amount_minor", "-amount_minor"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.DepositListed]:
        """What customers left for loaners in the outlets whose money the asker may see."""
        answer: Iterator[s.DepositListed] = self._pages(
            f"/api/v1/deposits",
            {
                "order": order,
                "unit": unit,
                "method": method,
                "is_settled": is_settled,
                "is_back": is_back,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def cashier_draw_bill(self, number: str, *, idempotency_key: str | None = None) -> s.BillOut:
        """Draw the bill: what the customer approved, the published test fee, or nothing."""
        answer: s.BillOut = self._post(f"/api/v1/orders/{in_path(number)}/draw-bill", {}, idempotency_key)
        return answer

    def cashier_force_close(
        self,
        key: int,
        *,
        reason: str,
        card_minor: int | None | LeftOut = LEFT_OUT,
        pieces: dict[str, int] | None | LeftOut = LEFT_OUT,
        wallet_minor: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.SessionOut:
        """Close a till for a cashier who is not there, as a manager who counts it and says why."""
        answer: s.SessionOut = self._post(
            f"/api/v1/till-sessions/{in_path(key)}/force-close",
            {"card_minor": card_minor, "pieces": pieces, "reason": reason, "wallet_minor": wallet_minor},
            idempotency_key,
        )
        return answer

    def cashier_hand_over(
        self,
        number: str,
        *,
        demonstrated: bool,
        proof: s.CashierClaimProof,
        accessories_returned: dict[str, int] | LeftOut = LEFT_OUT,
        claim_code: str | LeftOut = LEFT_OUT,
        exception_note: str | LeftOut = LEFT_OUT,
        old_parts: s.CashierOldParts | None | LeftOut = LEFT_OUT,
        old_parts_settled: bool | LeftOut = LEFT_OUT,
        proof_note: str | LeftOut = LEFT_OUT,
        signature: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Give the appliance back: paid or on credit, proved, complete, demonstrated."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/hand-over",
            {
                "accessories_returned": accessories_returned,
                "claim_code": claim_code,
                "demonstrated": demonstrated,
                "exception_note": exception_note,
                "old_parts": old_parts,
                "old_parts_settled": old_parts_settled,
                "proof": proof,
                "proof_note": proof_note,
                "signature": signature,
            },
            idempotency_key,
        )
        return answer

    def cashier_kept_to_the_list(self, *, since: str, until: str) -> s.CompliancesOut:
        """The share of charges within the published list, by month and outlet, of the bills drawn on these days
        (both included)."""
        answer: s.CompliancesOut = self._get(f"/api/v1/price-compliance", {"since": since, "until": until})
        return answer

    def cashier_match_wallet(self, number: str, *, idempotency_key: str | None = None) -> s.WalletRequestOut:
        """What came late pays the bill after all."""
        answer: s.WalletRequestOut = self._post(f"/api/v1/wallet-requests/{in_path(number)}/match", {}, idempotency_key)
        return answer

    def cashier_move_cash(
        self,
        key: int,
        *,
        amount_minor: int,
        kind: s.CashierCashMove,
        paper: str,
        reason: str,
        idempotency_key: str | None = None,
    ) -> s.MovementOut:
        """Bring change into the drawer, take some away, or make a shortage good; each with its reason and its
        paper."""
        answer: s.MovementOut = self._post(
            f"/api/v1/till-sessions/{in_path(key)}/move-cash",
            {"amount_minor": amount_minor, "kind": kind, "paper": paper, "reason": reason},
            idempotency_key,
        )
        return answer

    def cashier_open_credit(
        self, *, customer: int, days: int, limit_minor: int, idempotency_key: str | None = None
    ) -> s.CreditOut:
        """Ask that a customer may pay later."""
        answer: s.CreditOut = self._post(
            f"/api/v1/credits", {"customer": customer, "days": days, "limit_minor": limit_minor}, idempotency_key
        )
        return answer

    def cashier_open_display(self, key: int, *, idempotency_key: str | None = None) -> s.DisplayOut:
        """Give a till a screen for the customer; once more is the same one."""
        answer: s.DisplayOut = self._post(f"/api/v1/tills/{in_path(key)}/open-display", {}, idempotency_key)
        return answer

    def cashier_open_till_session(
        self,
        key: int,
        *,
        float_minor: int,
        pieces: dict[str, int] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.SessionOut:
        """Count the float into the till and begin."""
        answer: s.SessionOut = self._post(
            f"/api/v1/tills/{in_path(key)}/open-session",
            {"float_minor": float_minor, "pieces": pieces},
            idempotency_key,
        )
        return answer

    def cashier_parts_deposits(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        method: list[s.CashierMethod] | LeftOut = LEFT_OUT,
        is_settled: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at", "amount_minor", "-amount_minor"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierPartsDepositsPage:
        """What customers left before parts were ordered in the outlets whose money the asker may see."""
        answer: s.CashierPartsDepositsPage = self._get(
            f"/api/v1/parts-deposits",
            {
                "order": order,
                "unit": unit,
                "method": method,
                "is_settled": is_settled,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_cashier_parts_deposits(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        method: list[s.CashierMethod] | LeftOut = LEFT_OUT,
        is_settled: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at", "amount_minor", "-amount_minor"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PartsDepositOut]:
        """What customers left before parts were ordered in the outlets whose money the asker may see."""
        answer: Iterator[s.PartsDepositOut] = self._pages(
            f"/api/v1/parts-deposits",
            {"order": order, "unit": unit, "method": method, "is_settled": is_settled, "sort": sort, "limit": limit},
        )
        return answer

    def cashier_pay_refund(
        self,
        receipt: str,
        *,
        amount_minor: int,
        reason: str,
        method: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.RefundOut:
        """Pay back what was approved: out of where it went in, or by the tender that was approved with it."""
        answer: s.RefundOut = self._post(
            f"/api/v1/payments/{in_path(receipt)}/pay-refund",
            {"amount_minor": amount_minor, "method": method, "reason": reason},
            idempotency_key,
        )
        return answer

    def cashier_print_receipt(
        self, receipt: str, *, reason: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.PrintingOut:
        """Write down that a receipt is printed: who, when, which time, and why again."""
        answer: s.PrintingOut = self._post(
            f"/api/v1/payments/{in_path(receipt)}/print", {"reason": reason}, idempotency_key
        )
        return answer

    def cashier_printings(
        self,
        *,
        receipt: str | LeftOut = LEFT_OUT,
        ordinal_from: int | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierPrintingsPage:
        """Every print of a receipt of the outlets whose money the asker may see."""
        answer: s.CashierPrintingsPage = self._get(
            f"/api/v1/printings",
            {
                "receipt": receipt,
                "ordinal_from": ordinal_from,
                "unit": unit,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_cashier_printings(
        self,
        *,
        receipt: str | LeftOut = LEFT_OUT,
        ordinal_from: int | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PrintingOut]:
        """Every print of a receipt of the outlets whose money the asker may see."""
        answer: Iterator[s.PrintingOut] = self._pages(
            f"/api/v1/printings",
            {
                "receipt": receipt,
                "ordinal_from": ordinal_from,
                "unit": unit,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def cashier_propose_refund(self, number: str, *, idempotency_key: str | None = None) -> s.ApprovalOut:
        """Ask that what was charged above the list of its day goes back; approved and paid like any other
        refund."""
        answer: s.ApprovalOut = self._post(f"/api/v1/bills/{in_path(number)}/propose-refund", {}, idempotency_key)
        return answer

    def cashier_receipts(
        self,
        *,
        bill: str | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        method: list[s.CashierMethod] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at", "amount_minor", "-amount_minor"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierReceiptsPage:
        """The payments, each with its receipt, of the outlets whose money the asker may see."""
        answer: s.CashierReceiptsPage = self._get(
            f"/api/v1/receipts",
            {
                "bill": bill,
                "order": order,
                "method": method,
                "unit": unit,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_cashier_receipts(
        self,
        *,
        bill: str | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        method: list[s.CashierMethod] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at", "amount_minor", "-amount_minor"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PaymentOut]:
        """The payments, each with its receipt, of the outlets whose money the asker may see."""
        answer: Iterator[s.PaymentOut] = self._pages(
            f"/api/v1/receipts",
            {
                "bill": bill,
                "order": order,
                "method": method,
                "unit": unit,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def cashier_recount_till(
        self, key: int, *, pieces: dict[str, int], idempotency_key: str | None = None
    ) -> s.SessionOut:
        """Count the cash again, as another person: this count stands."""
        answer: s.SessionOut = self._post(
            f"/api/v1/till-sessions/{in_path(key)}/recount", {"pieces": pieces}, idempotency_key
        )
        return answer

    def cashier_refund_difference(
        self, number: str, *, bank_ref: str, idempotency_key: str | None = None
    ) -> s.CaseSeen:
        """Pay back what the other unit costs less than the old one did: granted by one, paid by another, out of
        no till."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/pay-difference", {"bank_ref": bank_ref}, idempotency_key
        )
        return answer

    def cashier_refund_unit(self, number: str, *, bank_ref: str, idempotency_key: str | None = None) -> s.CaseSeen:
        """Pay the price back, less what the law lets its use cost; the unit stays here, and the job is over."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/refund", {"bank_ref": bank_ref}, idempotency_key
        )
        return answer

    def cashier_reject_credit(self, customer: int, *, reason: str, idempotency_key: str | None = None) -> s.CreditOut:
        """Refuse what was asked for, and say why; who never had credit has a closed account now."""
        answer: s.CreditOut = self._post(
            f"/api/v1/credits/{in_path(customer)}/reject", {"reason": reason}, idempotency_key
        )
        return answer

    def cashier_reject_refund(self, receipt: str, *, reason: str, idempotency_key: str | None = None) -> s.ApprovalOut:
        """Refuse the refund that was asked for, and say why."""
        answer: s.ApprovalOut = self._post(
            f"/api/v1/payments/{in_path(receipt)}/reject-refund", {"reason": reason}, idempotency_key
        )
        return answer

    def cashier_release_claim_code(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.OrderOut:
        """Let the claim code be tried again, as the manager who has looked into it."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/release-claim-code", {"reason": reason}, idempotency_key
        )
        return answer

    def cashier_resume_credit(self, customer: int, *, reason: str, idempotency_key: str | None = None) -> s.CreditOut:
        """The customer may buy on credit again."""
        answer: s.CreditOut = self._post(
            f"/api/v1/credits/{in_path(customer)}/resume", {"reason": reason}, idempotency_key
        )
        return answer

    def cashier_retry_wallet_return(self, number: str, *, idempotency_key: str | None = None) -> s.WalletReturnOut:
        """Ask the provider again, after what kept it from giving the money back was seen to."""
        answer: s.WalletReturnOut = self._post(f"/api/v1/wallet-returns/{in_path(number)}/retry", {}, idempotency_key)
        return answer

    def cashier_return_deposit(self, id: int, *, idempotency_key: str | None = None) -> s.DepositOut:
        """Give back what was said when the loaner came back, the way it came; the rest is ours, for the reason
        that was written then."""
        answer: s.DepositOut = self._post(f"/api/v1/loans/{in_path(id)}/return-deposit", {}, idempotency_key)
        return answer

    def cashier_return_parts_deposit(
        self,
        receipt: str,
        *,
        reason: str,
        bank_ref: str | LeftOut = LEFT_OUT,
        method: Literal["CASH", "CARD", "TRANSFER"] | None | LeftOut = LEFT_OUT,
        signature: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.PartsDepositOut:
        """Give the customer back what no bill took: all of it when nothing is repaired, and what is over after
        the bill."""
        answer: s.PartsDepositOut = self._post(
            f"/api/v1/parts-deposits/{in_path(receipt)}/return",
            {"bank_ref": bank_ref, "method": method, "reason": reason, "signature": signature},
            idempotency_key,
        )
        return answer

    def cashier_return_wallet(self, number: str, *, idempotency_key: str | None = None) -> s.WalletRequestOut:
        """What came late goes back to the customer's wallet; the provider is asked for it after this."""
        answer: s.WalletRequestOut = self._post(
            f"/api/v1/wallet-requests/{in_path(number)}/return", {}, idempotency_key
        )
        return answer

    def cashier_show_bill(
        self, number: str, *, tendered_minor: int | None | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.DisplayOut:
        """Show the customer at my till what is to be paid, and what was given so far."""
        answer: s.DisplayOut = self._post(
            f"/api/v1/bills/{in_path(number)}/show", {"tendered_minor": tendered_minor}, idempotency_key
        )
        return answer

    def cashier_suspend_credit(self, customer: int, *, reason: str, idempotency_key: str | None = None) -> s.CreditOut:
        """Take nothing more on this credit for now; what is owed stays owed."""
        answer: s.CreditOut = self._post(
            f"/api/v1/credits/{in_path(customer)}/suspend", {"reason": reason}, idempotency_key
        )
        return answer

    def cashier_take_deposit(
        self,
        id: int,
        *,
        method: Literal["CASH", "CARD", "TRANSFER"],
        terminal_ref: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.DepositOut:
        """Take the deposit for a loaner: money that stays the customer's."""
        answer: s.DepositOut = self._post(
            f"/api/v1/loans/{in_path(id)}/take-deposit",
            {"method": method, "terminal_ref": terminal_ref},
            idempotency_key,
        )
        return answer

    def cashier_take_parts_deposit(
        self,
        number: str,
        *,
        method: Literal["CASH", "CARD", "TRANSFER"],
        terminal_ref: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.PartsDepositOut:
        """Take what the customer agreed to leave before parts are ordered: it stays the customer's, and the part
        may be ordered."""
        answer: s.PartsDepositOut = self._post(
            f"/api/v1/orders/{in_path(number)}/take-parts-deposit",
            {"method": method, "terminal_ref": terminal_ref},
            idempotency_key,
        )
        return answer

    def cashier_take_payment(
        self,
        number: str,
        *,
        amount_minor: int,
        method: s.CashierMethod,
        tendered_minor: int | None | LeftOut = LEFT_OUT,
        terminal_ref: str | LeftOut = LEFT_OUT,
        wallet: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.PaymentOut:
        """Take money for a bill and give a receipt with the next number; a technician's cash at the customer's
        home goes into the pouch."""
        answer: s.PaymentOut = self._post(
            f"/api/v1/bills/{in_path(number)}/pay",
            {
                "amount_minor": amount_minor,
                "method": method,
                "tendered_minor": tendered_minor,
                "terminal_ref": terminal_ref,
                "wallet": wallet,
            },
            idempotency_key,
        )
        return answer

    def cashier_till_sessions(
        self,
        *,
        till: int | LeftOut = LEFT_OUT,
        state: list[s.CashierSessionState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        business_on: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "opened_at", "-opened_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierTillSessionsPage:
        """The turns at the tills of the outlets whose money the asker may see."""
        answer: s.CashierTillSessionsPage = self._get(
            f"/api/v1/till-sessions",
            {
                "till": till,
                "state": state,
                "unit": unit,
                "business_on": business_on,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_cashier_till_sessions(
        self,
        *,
        till: int | LeftOut = LEFT_OUT,
        state: list[s.CashierSessionState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        business_on: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "opened_at", "-opened_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.SessionOut]:
        """The turns at the tills of the outlets whose money the asker may see."""
        answer: Iterator[s.SessionOut] = self._pages(
            f"/api/v1/till-sessions",
            {"till": till, "state": state, "unit": unit, "business_on": business_on, "sort": sort, "limit": limit},
        )
        return answer

    def cashier_tills(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        code: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CashierTillsPage:
        """The tills of the outlets whose money the asker may see."""
        answer: s.CashierTillsPage = self._get(
            f"/api/v1/tills", {"unit": unit, "code": code, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_cashier_tills(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        code: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.TillOut]:
        """The tills of the outlets whose money the asker may see."""
        answer: Iterator[s.TillOut] = self._pages(
            f"/api/v1/tills", {"unit": unit, "code": code, "sort": sort, "limit": limit}
        )
        return answer

    def cashier_void_payment(self, receipt: str, *, reason: str, idempotency_key: str | None = None) -> s.VoidOut:
        """Undo a payment that was taken wrongly: the bill is owed again, and the receipt keeps its number."""
        answer: s.VoidOut = self._post(f"/api/v1/payments/{in_path(receipt)}/void", {"reason": reason}, idempotency_key)
        return answer

    def catalogue_abandon_import(self, key: int, *, idempotency_key: str | None = None) -> s.BatchOut:
        """Put a file aside that was only looked at."""
        answer: s.BatchOut = self._post(f"/api/v1/imports/{in_path(key)}/abandon", {}, idempotency_key)
        return answer

    def catalogue_add_brand(self, *, name: str, idempotency_key: str | None = None) -> s.BrandOut:
        """Enter a maker's name. A name that differs only in case, width, script or punctuation is the same
        brand."""
        answer: s.BrandOut = self._post(f"/api/v1/brands", {"name": name}, idempotency_key)
        return answer

    def catalogue_add_fault_code(
        self,
        *,
        code: str,
        kind: s.CatalogueCodeKind,
        names: dict[str, str],
        family: str | LeftOut = LEFT_OUT,
        line: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.FaultCodeOut:
        """Enter a symptom, a fault or a cause."""
        answer: s.FaultCodeOut = self._post(
            f"/api/v1/codes",
            {"code": code, "family": family, "kind": kind, "line": line, "names": names},
            idempotency_key,
        )
        return answer

    def catalogue_add_line(self, *, code: str, names: dict[str, str], idempotency_key: str | None = None) -> s.NamedOut:
        """Enter a kind of appliance."""
        answer: s.NamedOut = self._post(f"/api/v1/lines", {"code": code, "names": names}, idempotency_key)
        return answer

    def catalogue_add_model(
        self,
        *,
        brand: str,
        code: str,
        line: str,
        names: dict[str, str] | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ModelOut:
        """Enter one type of a brand; without a name it is called as its plate says."""
        answer: s.ModelOut = self._post(
            f"/api/v1/models", {"brand": brand, "code": code, "line": line, "names": names}, idempotency_key
        )
        return answer

    def catalogue_add_part(
        self,
        *,
        code: str,
        names: dict[str, str],
        base_unit: s.CatalogueBaseUnit | LeftOut = LEFT_OUT,
        cost_minor: int | None | LeftOut = LEFT_OUT,
        is_serialised: bool | LeftOut = LEFT_OUT,
        lines: list[str] | LeftOut = LEFT_OUT,
        models: list[int] | LeftOut = LEFT_OUT,
        returns_old: bool | LeftOut = LEFT_OUT,
        tracks_lots: bool | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.PartOut:
        """Enter a spare part."""
        answer: s.PartOut = self._post(
            f"/api/v1/parts",
            {
                "base_unit": base_unit,
                "code": code,
                "cost_minor": cost_minor,
                "is_serialised": is_serialised,
                "lines": lines,
                "models": models,
                "names": names,
                "returns_old": returns_old,
                "tracks_lots": tracks_lots,
            },
            idempotency_key,
        )
        return answer

    def catalogue_add_service_item(
        self,
        *,
        code: str,
        kind: s.CatalogueItemKind,
        names: dict[str, str],
        fault_level: int | LeftOut = LEFT_OUT,
        line: str | None | LeftOut = LEFT_OUT,
        service_hours: int | LeftOut = LEFT_OUT,
        standard_minutes: int | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ServiceItemOut:
        """Enter something that is done for a fee."""
        answer: s.ServiceItemOut = self._post(
            f"/api/v1/service-items",
            {
                "code": code,
                "fault_level": fault_level,
                "kind": kind,
                "line": line,
                "names": names,
                "service_hours": service_hours,
                "standard_minutes": standard_minutes,
            },
            idempotency_key,
        )
        return answer

    def catalogue_appliance(self, key: int) -> s.ApplianceWhole:
        """One machine with all that was done to it."""
        answer: s.ApplianceWhole = self._get(f"/api/v1/appliances/{in_path(key)}", {})
        return answer

    def catalogue_appliances(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        brand: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "registered_at", "-registered_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CatalogueAppliancesPage:
        """The machines whose cards the asker may see, the newest first unless asked otherwise."""
        answer: s.CatalogueAppliancesPage = self._get(
            f"/api/v1/appliances",
            {
                "q": q,
                "customer": customer,
                "line": line,
                "brand": brand,
                "unit": unit,
                "serial": serial,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_catalogue_appliances(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        brand: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "registered_at", "-registered_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ApplianceOut]:
        """The machines whose cards the asker may see, the newest first unless asked otherwise."""
        answer: Iterator[s.ApplianceOut] = self._pages(
            f"/api/v1/appliances",
            {
                "q": q,
                "customer": customer,
                "line": line,
                "brand": brand,
                "unit": unit,
                "serial": serial,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def catalogue_brands(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CatalogueBrandsPage:
        """The makers."""
        answer: s.CatalogueBrandsPage = self._get(
            f"/api/v1/brands", {"q": q, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_catalogue_brands(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.BrandOut]:
        """The makers."""
        answer: Iterator[s.BrandOut] = self._pages(f"/api/v1/brands", {"q": q, "sort": sort, "limit": limit})
        return answer

    def catalogue_change_appliance(
        self,
        key: int,
        *,
        customer: int | None | LeftOut = LEFT_OUT,
        delivered_on: str | None | LeftOut = LEFT_OUT,
        installed_on: str | None | LeftOut = LEFT_OUT,
        invoice_minor: int | None | LeftOut = LEFT_OUT,
        invoice_no: str | None | LeftOut = LEFT_OUT,
        made_on: str | None | LeftOut = LEFT_OUT,
        model: int | None | LeftOut = LEFT_OUT,
        proof: int | None | LeftOut = LEFT_OUT,
        purchased_on: str | None | LeftOut = LEFT_OUT,
        serial: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ApplianceOut:
        """Correct the card, or give it to a new owner; what is not given stays."""
        answer: s.ApplianceOut = self._post(
            f"/api/v1/appliances/{in_path(key)}/change",
            {
                "customer": customer,
                "delivered_on": delivered_on,
                "installed_on": installed_on,
                "invoice_minor": invoice_minor,
                "invoice_no": invoice_no,
                "made_on": made_on,
                "model": model,
                "proof": proof,
                "purchased_on": purchased_on,
                "serial": serial,
            },
            idempotency_key,
        )
        return answer

    def catalogue_codes(
        self,
        *,
        kind: s.CatalogueCodeKind | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        family: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CatalogueCodesPage:
        """The codes by which symptoms, faults and causes are named."""
        answer: s.CatalogueCodesPage = self._get(
            f"/api/v1/codes",
            {"kind": kind, "line": line, "family": family, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_catalogue_codes(
        self,
        *,
        kind: s.CatalogueCodeKind | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        family: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.FaultCodeOut]:
        """The codes by which symptoms, faults and causes are named."""
        answer: Iterator[s.FaultCodeOut] = self._pages(
            f"/api/v1/codes", {"kind": kind, "line": line, "family": family, "sort": sort, "limit": limit}
        )
        return answer

    def catalogue_commit_import(self, key: int, *, idempotency_key: str | None = None) -> s.BatchOut:
        """Do what the preview showed: all accepted rows, or none of them. Once done, doing it again changes
        nothing."""
        answer: s.BatchOut = self._post(f"/api/v1/imports/{in_path(key)}/commit", {}, idempotency_key)
        return answer

    def catalogue_end_line(self, code: str, *, line: str, reason: str, idempotency_key: str | None = None) -> s.PartOut:
        """Say that the part is not for this kind of appliance; one that is for none in particular is for all."""
        answer: s.PartOut = self._post(
            f"/api/v1/parts/{in_path(code)}/end-line", {"line": line, "reason": reason}, idempotency_key
        )
        return answer

    def catalogue_end_model(
        self, code: str, *, model: int, reason: str, idempotency_key: str | None = None
    ) -> s.PartOut:
        """Say that the part does not fit this model; where it named no other, it fits all of its lines again."""
        answer: s.PartOut = self._post(
            f"/api/v1/parts/{in_path(code)}/end-model", {"model": model, "reason": reason}, idempotency_key
        )
        return answer

    def catalogue_end_supply(self, code: str, *, ends_on: str, idempotency_key: str | None = None) -> s.PartOut:
        """Say until when the maker takes orders for the part: after that day only what lies somewhere is left."""
        answer: s.PartOut = self._post(
            f"/api/v1/parts/{in_path(code)}/end-supply", {"ends_on": ends_on}, idempotency_key
        )
        return answer

    def catalogue_export(
        self,
        *,
        sheet: s.CatalogueSheet,
        form: Literal["csv", "xlsx"] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.FileOut:
        """Give a list out as a file that `stage_import` finds unchanged."""
        answer: s.FileOut = self._post(f"/api/v1/exports", {"form": form, "sheet": sheet}, idempotency_key)
        return answer

    def catalogue_export_open_repair(
        self, *, provider: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.FileOut:
        """Give the repairs out as a file of the standard, every cell as it came and in the order in which it
        came."""
        answer: s.FileOut = self._post(f"/api/v1/open-repair/export", {"provider": provider}, idempotency_key)
        return answer

    def catalogue_fit_line(self, code: str, *, line: str, reason: str, idempotency_key: str | None = None) -> s.PartOut:
        """Say that the part is for this kind of appliance."""
        answer: s.PartOut = self._post(
            f"/api/v1/parts/{in_path(code)}/fit-line", {"line": line, "reason": reason}, idempotency_key
        )
        return answer

    def catalogue_fit_model(
        self, code: str, *, model: int, reason: str, idempotency_key: str | None = None
    ) -> s.PartOut:
        """Say that the part fits this model; with the first one named, it fits no other of its lines any more."""
        answer: s.PartOut = self._post(
            f"/api/v1/parts/{in_path(code)}/fit-model", {"model": model, "reason": reason}, idempotency_key
        )
        return answer

    def catalogue_import_open_repair(
        self,
        *,
        content: str,
        file_name: str,
        unit: str,
        provider: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.BatchOut:
        """Load a file of the Open Repair Data Standard: each row becomes a machine with one repair in its
        history, or is kept beside its reason. The same file again changes nothing; a later edition changes
        the rows that it corrects."""
        answer: s.BatchOut = self._post(
            f"/api/v1/open-repair/import",
            {"content": content, "file_name": file_name, "provider": provider, "unit": unit},
            idempotency_key,
        )
        return answer

    def catalogue_imports(
        self,
        *,
        state: list[s.CatalogueBatchState] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "staged_at", "-staged_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CatalogueImportsPage:
        """The files that were looked at; whoever may not look at one does not see them."""
        answer: s.CatalogueImportsPage = self._get(
            f"/api/v1/imports", {"state": state, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_catalogue_imports(
        self,
        *,
        state: list[s.CatalogueBatchState] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "staged_at", "-staged_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.BatchOut]:
        """The files that were looked at; whoever may not look at one does not see them."""
        answer: Iterator[s.BatchOut] = self._pages(f"/api/v1/imports", {"state": state, "sort": sort, "limit": limit})
        return answer

    def catalogue_lines(
        self,
        *,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CatalogueLinesPage:
        """The kinds of appliances."""
        answer: s.CatalogueLinesPage = self._get(f"/api/v1/lines", {"sort": sort, "cursor": cursor, "limit": limit})
        return answer

    def every_catalogue_lines(
        self, *, sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT, limit: int | LeftOut = LEFT_OUT
    ) -> Iterator[s.NamedOut]:
        """The kinds of appliances."""
        answer: Iterator[s.NamedOut] = self._pages(f"/api/v1/lines", {"sort": sort, "limit": limit})
        return answer

    def catalogue_load_starter(self, *, idempotency_key: str | None = None) -> s.Counts:
        """Enter the product lines, codes and services that most shops have; what stands already stays as the
        shop has made it."""
        answer: s.Counts = self._post(f"/api/v1/starter", {}, idempotency_key)
        return answer

    def catalogue_models(
        self,
        *,
        brand: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        q: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CatalogueModelsPage:
        """The types of all makers."""
        answer: s.CatalogueModelsPage = self._get(
            f"/api/v1/models", {"brand": brand, "line": line, "q": q, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_catalogue_models(
        self,
        *,
        brand: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        q: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ModelOut]:
        """The types of all makers."""
        answer: Iterator[s.ModelOut] = self._pages(
            f"/api/v1/models", {"brand": brand, "line": line, "q": q, "sort": sort, "limit": limit}
        )
        return answer

    def catalogue_parts(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        is_active: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CataloguePartsPage:
        """The spare parts."""
        answer: s.CataloguePartsPage = self._get(
            f"/api/v1/parts",
            {"q": q, "line": line, "is_active": is_active, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_catalogue_parts(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        is_active: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PartOut]:
        """The spare parts."""
        answer: Iterator[s.PartOut] = self._pages(
            f"/api/v1/parts", {"q": q, "line": line, "is_active": is_active, "sort": sort, "limit": limit}
        )
        return answer

    def catalogue_register_appliance(
        self,
        *,
        brand: str,
        line: str,
        unit: str,
        customer: int | None | LeftOut = LEFT_OUT,
        delivered_on: str | None | LeftOut = LEFT_OUT,
        installed_on: str | None | LeftOut = LEFT_OUT,
        invoice_minor: int | None | LeftOut = LEFT_OUT,
        invoice_no: str | LeftOut = LEFT_OUT,
        made_on: str | None | LeftOut = LEFT_OUT,
        model: int | None | LeftOut = LEFT_OUT,
        proof: int | None | LeftOut = LEFT_OUT,
        purchased_on: str | None | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ApplianceOut:
        """Make the card of one machine, or give back the card that this customer's machine has."""
        answer: s.ApplianceOut = self._post(
            f"/api/v1/appliances",
            {
                "brand": brand,
                "customer": customer,
                "delivered_on": delivered_on,
                "installed_on": installed_on,
                "invoice_minor": invoice_minor,
                "invoice_no": invoice_no,
                "line": line,
                "made_on": made_on,
                "model": model,
                "proof": proof,
                "purchased_on": purchased_on,
                "serial": serial,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def catalogue_replace_appliance(
        self, key: int, *, serial: str, model: int | None | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.ApplianceOut:
        """Give the owner another unit in the place of this one: a card of its own, and both serials kept (B13)."""
        answer: s.ApplianceOut = self._post(
            f"/api/v1/appliances/{in_path(key)}/replace", {"model": model, "serial": serial}, idempotency_key
        )
        return answer

    def catalogue_service_items(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        kind: list[s.CatalogueItemKind] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CatalogueServiceItemsPage:
        """The service items."""
        answer: s.CatalogueServiceItemsPage = self._get(
            f"/api/v1/service-items",
            {"q": q, "line": line, "kind": kind, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_catalogue_service_items(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        kind: list[s.CatalogueItemKind] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ServiceItemOut]:
        """The service items."""
        answer: Iterator[s.ServiceItemOut] = self._pages(
            f"/api/v1/service-items", {"q": q, "line": line, "kind": kind, "sort": sort, "limit": limit}
        )
        return answer

    def catalogue_stage_import(
        self,
        *,
        content: str,
        file_name: str,
        sheet: s.CatalogueSheet,
        chosen: dict[str, str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.BatchOut:
        """Read a file and say of each row what it would do; nothing is changed."""
        answer: s.BatchOut = self._post(
            f"/api/v1/imports",
            {"chosen": chosen, "content": content, "file_name": file_name, "sheet": sheet},
            idempotency_key,
        )
        return answer

    def catalogue_supersede_part(self, code: str, *, successor: str, idempotency_key: str | None = None) -> s.PartOut:
        """Say that another part is used in the place of this one from now on; whoever answers for it is told so."""
        answer: s.PartOut = self._post(
            f"/api/v1/parts/{in_path(code)}/supersede", {"successor": successor}, idempotency_key
        )
        return answer

    def counting_accuracy(self, *, since: str, until: str) -> s.AccuracyOut:
        """How well the book and the shelves agreed in the counts that were closed in [since, until)."""
        answer: s.AccuracyOut = self._get(f"/api/v1/counts/accuracy", {"since": since, "until": until})
        return answer

    def counting_approve(self, number: str, *, idempotency_key: str | None = None) -> s.CountOut:
        """Accept the differences. When the signatures are enough for what they are worth, they are booked and
        the count is closed."""
        answer: s.CountOut = self._post(f"/api/v1/counts/{in_path(number)}/approve", {}, idempotency_key)
        return answer

    def counting_cancel(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.CountOut:
        """Give the count up; not once it is handed in, for then it has found something."""
        answer: s.CountOut = self._post(f"/api/v1/counts/{in_path(number)}/cancel", {"reason": reason}, idempotency_key)
        return answer

    def counting_counts(
        self,
        *,
        state: list[s.CountingCountState] | LeftOut = LEFT_OUT,
        kind: list[s.CountingCountKind] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: int | LeftOut = LEFT_OUT,
        planned_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CountingCountsPage:
        """The counts that the asker may see."""
        answer: s.CountingCountsPage = self._get(
            f"/api/v1/counts",
            {
                "state": state,
                "kind": kind,
                "unit": unit,
                "store": store,
                "planned_before": planned_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_counting_counts(
        self,
        *,
        state: list[s.CountingCountState] | LeftOut = LEFT_OUT,
        kind: list[s.CountingCountKind] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: int | LeftOut = LEFT_OUT,
        planned_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CountOut]:
        """The counts that the asker may see."""
        answer: Iterator[s.CountOut] = self._pages(
            f"/api/v1/counts",
            {
                "state": state,
                "kind": kind,
                "unit": unit,
                "store": store,
                "planned_before": planned_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def counting_due(self, key: int) -> list[s.DueOut]:
        """What should be counted in a store now, the most urgent bins first."""
        answer: list[s.DueOut] = self._get(f"/api/v1/stores/{in_path(key)}/due-counts", {})
        return answer

    def counting_explain(
        self,
        number: str,
        *,
        answers: list[s.UnknownIn] | LeftOut = LEFT_OUT,
        causes: list[s.CauseIn] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CountOut:
        """Say why each difference is there and who answers for it, and what each unknown scan was."""
        answer: s.CountOut = self._post(
            f"/api/v1/counts/{in_path(number)}/explain", {"answers": answers, "causes": causes}, idempotency_key
        )
        return answer

    def counting_finish_bin(self, number: str, *, idempotency_key: str | None = None) -> s.SheetOut:
        """The bin is counted: what the book says at this moment is kept beside it, seen by nobody, and moves go
        on."""
        answer: s.SheetOut = self._post(f"/api/v1/counts/{in_path(number)}/finish-bin", {}, idempotency_key)
        return answer

    def counting_freeze(self, number: str, *, idempotency_key: str | None = None) -> s.CountOut:
        """Write down what the book says of every bin in the scope; from now on the bins can be counted."""
        answer: s.CountOut = self._post(f"/api/v1/counts/{in_path(number)}/freeze", {}, idempotency_key)
        return answer

    def counting_hand_in(self, number: str, *, idempotency_key: str | None = None) -> s.CountOut:
        """All bins are counted: hand the sheets in. Nobody changes them any more."""
        answer: s.CountOut = self._post(f"/api/v1/counts/{in_path(number)}/hand-in", {}, idempotency_key)
        return answer

    def counting_leave_bin(self, number: str, *, idempotency_key: str | None = None) -> s.SheetOut:
        """Called away: the bin is free again and waits to be counted from the beginning."""
        answer: s.SheetOut = self._post(f"/api/v1/counts/{in_path(number)}/leave-bin", {}, idempotency_key)
        return answer

    def counting_lines(self, number: str) -> s.LinesOut:
        """Every part in the bins of a count; its figures stay empty until the sheets are handed in and
        recounted."""
        answer: s.LinesOut = self._get(f"/api/v1/counts/{in_path(number)}/lines", {})
        return answer

    def counting_open_bin(self, number: str, *, bin: int, idempotency_key: str | None = None) -> s.SheetOut:
        """Stand before a bin: from now on nothing goes into or out of it until it is finished or left."""
        answer: s.SheetOut = self._post(f"/api/v1/counts/{in_path(number)}/open-bin", {"bin": bin}, idempotency_key)
        return answer

    def counting_plan(
        self,
        *,
        first_counter: str,
        keeper: str,
        kind: s.CountingCountKind,
        second_counter: str,
        store: int,
        bins: list[int] | LeftOut = LEFT_OUT,
        planned_on: str | None | LeftOut = LEFT_OUT,
        reason: str | LeftOut = LEFT_OUT,
        successor: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CountOut:
        """Say which bins of the store are counted, and by which two."""
        answer: s.CountOut = self._post(
            f"/api/v1/counts",
            {
                "bins": bins,
                "first_counter": first_counter,
                "keeper": keeper,
                "kind": kind,
                "planned_on": planned_on,
                "reason": reason,
                "second_counter": second_counter,
                "store": store,
                "successor": successor,
            },
            idempotency_key,
        )
        return answer

    def counting_recount(
        self, number: str, *, counter: str | None | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.CountOut:
        """Have what is far off counted again, each bin by another than before."""
        answer: s.CountOut = self._post(
            f"/api/v1/counts/{in_path(number)}/recount", {"counter": counter}, idempotency_key
        )
        return answer

    def counting_reject(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.CountOut:
        """Send it back: every bin that differs is counted again, blind as before, and nobody's signature stands
        any more."""
        answer: s.CountOut = self._post(f"/api/v1/counts/{in_path(number)}/reject", {"reason": reason}, idempotency_key)
        return answer

    def counting_scan(self, number: str, *, text: str, idempotency_key: str | None = None) -> s.ScannedOut:
        """Read one code at the shelf: first the bin, then what lies in it."""
        answer: s.ScannedOut = self._post(f"/api/v1/counts/{in_path(number)}/scan", {"text": text}, idempotency_key)
        return answer

    def counting_sheet(self, number: str) -> list[s.ToCountOut]:
        """What is to be counted in the bin before which the asker stands; nothing where no bin is open."""
        answer: list[s.ToCountOut] = self._get(f"/api/v1/counts/{in_path(number)}/sheet", {})
        return answer

    def counting_tally(
        self, number: str, *, part: str, quantity: int, idempotency_key: str | None = None
    ) -> s.TalliedOut:
        """Enter how many of a part lie in the open bin; the last figure counts."""
        answer: s.TalliedOut = self._post(
            f"/api/v1/counts/{in_path(number)}/tally", {"part": part, "quantity": quantity}, idempotency_key
        )
        return answer

    def custody_add_lock(
        self,
        key: int,
        *,
        kind: s.CustodyLockKind,
        lock_group: s.CustodyLockGroup,
        number: str,
        idempotency_key: str | None = None,
    ) -> s.LockOut:
        """Note a lock of a store, and in which group it is."""
        answer: s.LockOut = self._post(
            f"/api/v1/controlled-stores/{in_path(key)}/add-lock",
            {"kind": kind, "lock_group": lock_group, "number": number},
            idempotency_key,
        )
        return answer

    def custody_check_protection(
        self,
        key: int,
        *,
        is_ok: bool,
        item: s.CustodyProtection,
        next_on: str,
        note: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ProtectionOut:
        """Write down that a door, a grille or an alarm was tested; while one fails, nothing is taken out."""
        answer: s.ProtectionOut = self._post(
            f"/api/v1/controlled-stores/{in_path(key)}/check",
            {"is_ok": is_ok, "item": item, "next_on": next_on, "note": note},
            idempotency_key,
        )
        return answer

    def custody_close_alarm(self, number: str, *, note: str, idempotency_key: str | None = None) -> s.OpeningOut:
        """Lock a store that was open for too long, as somebody who was not inside and has seen to it."""
        answer: s.OpeningOut = self._post(
            f"/api/v1/controlled-openings/{in_path(number)}/close-alarm", {"note": note}, idempotency_key
        )
        return answer

    def custody_controlled_openings(
        self,
        *,
        state: list[s.CustodyState] | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CustodyControlledOpeningsPage:
        """Their openings."""
        answer: s.CustodyControlledOpeningsPage = self._get(
            f"/api/v1/controlled-openings",
            {"state": state, "store": store, "unit": unit, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_custody_controlled_openings(
        self,
        *,
        state: list[s.CustodyState] | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.OpeningOut]:
        """Their openings."""
        answer: Iterator[s.OpeningOut] = self._pages(
            f"/api/v1/controlled-openings", {"state": state, "store": store, "unit": unit, "sort": sort, "limit": limit}
        )
        return answer

    def custody_controlled_stores(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        kind: s.CustodyStoreKind | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CustodyControlledStoresPage:
        """The controlled stores that the asker may see."""
        answer: s.CustodyControlledStoresPage = self._get(
            f"/api/v1/controlled-stores", {"unit": unit, "kind": kind, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_custody_controlled_stores(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        kind: s.CustodyStoreKind | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ControlledStoreOut]:
        """The controlled stores that the asker may see."""
        answer: Iterator[s.ControlledStoreOut] = self._pages(
            f"/api/v1/controlled-stores", {"unit": unit, "kind": kind, "sort": sort, "limit": limit}
        )
        return answer

    def custody_custodian_grants(
        self,
        *,
        store: str | LeftOut = LEFT_OUT,
        person: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CustodyCustodianGrantsPage:
        """Who holds their locks."""
        answer: s.CustodyCustodianGrantsPage = self._get(
            f"/api/v1/custodian-grants",
            {"store": store, "person": person, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_custody_custodian_grants(
        self,
        *,
        store: str | LeftOut = LEFT_OUT,
        person: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CustodianOut]:
        """Who holds their locks."""
        answer: Iterator[s.CustodianOut] = self._pages(
            f"/api/v1/custodian-grants", {"store": store, "person": person, "sort": sort, "limit": limit}
        )
        return answer

    def custody_end_grant(self, key: int, *, reason: str, idempotency_key: str | None = None) -> s.CustodianOut:
        """Take the locks back: from today on the person opens nothing. Ending it again changes nothing."""
        answer: s.CustodianOut = self._post(
            f"/api/v1/custodian-grants/{in_path(key)}/end", {"reason": reason}, idempotency_key
        )
        return answer

    def custody_grant(
        self,
        key: int,
        *,
        lock_group: s.CustodyLockGroup,
        person: str,
        starts_on: str,
        ends_on: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CustodianOut:
        """Give one person the locks of one group, for a time."""
        answer: s.CustodianOut = self._post(
            f"/api/v1/controlled-stores/{in_path(key)}/grant",
            {"ends_on": ends_on, "lock_group": lock_group, "person": person, "starts_on": starts_on},
            idempotency_key,
        )
        return answer

    def custody_move_item(
        self,
        number: str,
        *,
        before: int,
        direction: s.CustodyDirection,
        item: str,
        quantity: int,
        authority: str | LeftOut = LEFT_OUT,
        return_by: str | None | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.MovingOut:
        """Write down what is put in or taken out, with how many lay there before and lie there afterwards."""
        answer: s.MovingOut = self._post(
            f"/api/v1/controlled-openings/{in_path(number)}/move",
            {
                "authority": authority,
                "before": before,
                "direction": direction,
                "item": item,
                "quantity": quantity,
                "return_by": return_by,
                "serial": serial,
            },
            idempotency_key,
        )
        return answer

    def custody_open_session(
        self,
        key: int,
        *,
        authority: str,
        authority_kind: s.CustodyAuthority,
        purpose: str,
        idempotency_key: str | None = None,
    ) -> s.OpeningOut:
        """Ask that a store is opened because of a document; two custodians then sign in."""
        answer: s.OpeningOut = self._post(
            f"/api/v1/controlled-stores/{in_path(key)}/open",
            {"authority": authority, "authority_kind": authority_kind, "purpose": purpose},
            idempotency_key,
        )
        return answer

    def custody_recount(
        self, number: str, *, counted: dict[str, int], idempotency_key: str | None = None
    ) -> s.OpeningOut:
        """Count what was touched before the store is locked; if it is not what the record says, the store is
        frozen."""
        answer: s.OpeningOut = self._post(
            f"/api/v1/controlled-openings/{in_path(number)}/recount", {"counted": counted}, idempotency_key
        )
        return answer

    def custody_review(self, number: str, *, note: str, idempotency_key: str | None = None) -> s.OpeningOut:
        """Look into an emergency opening as somebody else, and say what was found."""
        answer: s.OpeningOut = self._post(
            f"/api/v1/controlled-openings/{in_path(number)}/review", {"note": note}, idempotency_key
        )
        return answer

    def custody_set_up_store(
        self,
        *,
        code: str,
        kind: s.CustodyStoreKind,
        names: dict[str, str],
        unit: str,
        cameras: str | LeftOut = LEFT_OUT,
        inside: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ControlledStoreOut:
        """Set up a store that nobody opens alone."""
        answer: s.ControlledStoreOut = self._post(
            f"/api/v1/controlled-stores",
            {"cameras": cameras, "code": code, "inside": inside, "kind": kind, "names": names, "unit": unit},
            idempotency_key,
        )
        return answer

    def custody_settle(self, number: str, *, note: str, idempotency_key: str | None = None) -> s.OpeningOut:
        """Say what a difference came from and what is done about it; the store is in use again."""
        answer: s.OpeningOut = self._post(
            f"/api/v1/controlled-openings/{in_path(number)}/settle", {"note": note}, idempotency_key
        )
        return answer

    def custody_withdraw(self, number: str, *, idempotency_key: str | None = None) -> s.OpeningOut:
        """It is not needed after all, and nobody has signed in yet."""
        answer: s.OpeningOut = self._post(
            f"/api/v1/controlled-openings/{in_path(number)}/withdraw", {}, idempotency_key
        )
        return answer

    def customers_add_address(
        self,
        key: int,
        *,
        line: str,
        postcode: str | LeftOut = LEFT_OUT,
        region: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.Done:
        """Write down where the customer is visited; the same address is kept once."""
        answer: s.Done = self._post(
            f"/api/v1/customers/{in_path(key)}/add-address",
            {"line": line, "postcode": postcode, "region": region},
            idempotency_key,
        )
        return answer

    def customers_add_phone(self, key: int, *, phone: str, idempotency_key: str | None = None) -> s.CustomerOut:
        """Put one more number on the card; a number that stands there already stays as it is."""
        answer: s.CustomerOut = self._post(
            f"/api/v1/customers/{in_path(key)}/add-phone", {"phone": phone}, idempotency_key
        )
        return answer

    def customers_change(
        self,
        key: int,
        *,
        kind: s.CustomersKind | None | LeftOut = LEFT_OUT,
        language: str | None | LeftOut = LEFT_OUT,
        name: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CustomerOut:
        """Correct what the card says; what is not given stays."""
        answer: s.CustomerOut = self._post(
            f"/api/v1/customers/{in_path(key)}/change",
            {"kind": kind, "language": language, "name": name},
            idempotency_key,
        )
        return answer

    def customers_customer(self, key: int) -> s.CustomerWhole:
        """One card with its numbers, masked, and its addresses."""
        answer: s.CustomerWhole = self._get(f"/api/v1/customers/{in_path(key)}", {})
        return answer

    def customers_customers(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        kind: list[s.CustomersKind] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "name", "-name"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.CustomersCustomersPage:
        """The cards that the asker may see, the newest first unless asked otherwise."""
        answer: s.CustomersCustomersPage = self._get(
            f"/api/v1/customers", {"q": q, "unit": unit, "kind": kind, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_customers_customers(
        self,
        *,
        q: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        kind: list[s.CustomersKind] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "name", "-name"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CustomerOut]:
        """The cards that the asker may see, the newest first unless asked otherwise."""
        answer: Iterator[s.CustomerOut] = self._pages(
            f"/api/v1/customers", {"q": q, "unit": unit, "kind": kind, "sort": sort, "limit": limit}
        )
        return answer

    def customers_enrol(
        self,
        *,
        name: str,
        phones: list[str],
        unit: str,
        consent_marketing: bool | LeftOut = LEFT_OUT,
        consent_service: bool | LeftOut = LEFT_OUT,
        kind: s.CustomersKind | LeftOut = LEFT_OUT,
        language: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CustomerOut:
        """Make a card for a customer who is new to this unit."""
        answer: s.CustomerOut = self._post(
            f"/api/v1/customers",
            {
                "consent_marketing": consent_marketing,
                "consent_service": consent_service,
                "kind": kind,
                "language": language,
                "name": name,
                "phones": phones,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def customers_remove_phone(self, key: int, *, idempotency_key: str | None = None) -> s.Done:
        """Take a number off the card when the customer no longer answers to it."""
        answer: s.Done = self._post(f"/api/v1/phones/{in_path(key)}/remove", {}, idempotency_key)
        return answer

    def customers_set_consent(
        self,
        key: int,
        *,
        marketing: bool | None | LeftOut = LEFT_OUT,
        service: bool | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CustomerOut:
        """Write down what the customer agrees to from now on; the trail keeps what was agreed before."""
        answer: s.CustomerOut = self._post(
            f"/api/v1/customers/{in_path(key)}/set-consent",
            {"marketing": marketing, "service": service},
            idempotency_key,
        )
        return answer

    def dispatch_accept(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Take the job on; accepting again changes nothing."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/accept", {}, idempotency_key)
        return answer

    def dispatch_assign(
        self,
        number: str,
        *,
        technician: str,
        override_reason: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Give the job to a technician, who has to accept it within `wo.accept_minutes`."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/assign",
            {"override_reason": override_reason, "technician": technician},
            idempotency_key,
        )
        return answer

    def dispatch_assignments(
        self,
        *,
        technician: str | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        is_open: bool | LeftOut = LEFT_OUT,
        end_reason: list[s.DispatchEndReason] | LeftOut = LEFT_OUT,
        assigned_from: str | LeftOut = LEFT_OUT,
        assigned_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "assigned_at", "-assigned_at", "accept_by", "-accept_by"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.DispatchAssignmentsPage:
        """Who was given which job, as far as the asker may see it."""
        answer: s.DispatchAssignmentsPage = self._get(
            f"/api/v1/assignments",
            {
                "technician": technician,
                "order": order,
                "is_open": is_open,
                "end_reason": end_reason,
                "assigned_from": assigned_from,
                "assigned_before": assigned_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_dispatch_assignments(
        self,
        *,
        technician: str | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        is_open: bool | LeftOut = LEFT_OUT,
        end_reason: list[s.DispatchEndReason] | LeftOut = LEFT_OUT,
        assigned_from: str | LeftOut = LEFT_OUT,
        assigned_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "assigned_at", "-assigned_at", "accept_by", "-accept_by"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.AssignmentOut]:
        """Who was given which job, as far as the asker may see it."""
        answer: Iterator[s.AssignmentOut] = self._pages(
            f"/api/v1/assignments",
            {
                "technician": technician,
                "order": order,
                "is_open": is_open,
                "end_reason": end_reason,
                "assigned_from": assigned_from,
                "assigned_before": assigned_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def dispatch_board(self) -> s.BoardOut:
        """All that is not ready yet, and who has how much in hand."""
        answer: s.BoardOut = self._get(f"/api/v1/board", {})
        return answer

    def dispatch_come_backs(
        self,
        *,
        charged_to: str | LeftOut = LEFT_OUT,
        technician: str | LeftOut = LEFT_OUT,
        bearer: list[s.WorkorderBearer] | LeftOut = LEFT_OUT,
        fault_family: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.DispatchComeBacksPage:
        """The repairs that did not hold and are charged to the outlets of the asker."""
        answer: s.DispatchComeBacksPage = self._get(
            f"/api/v1/come-backs",
            {
                "charged_to": charged_to,
                "technician": technician,
                "bearer": bearer,
                "fault_family": fault_family,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_dispatch_come_backs(
        self,
        *,
        charged_to: str | LeftOut = LEFT_OUT,
        technician: str | LeftOut = LEFT_OUT,
        bearer: list[s.WorkorderBearer] | LeftOut = LEFT_OUT,
        fault_family: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ComeBackOut]:
        """The repairs that did not hold and are charged to the outlets of the asker."""
        answer: Iterator[s.ComeBackOut] = self._pages(
            f"/api/v1/come-backs",
            {
                "charged_to": charged_to,
                "technician": technician,
                "bearer": bearer,
                "fault_family": fault_family,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def dispatch_hand_on(
        self,
        number: str,
        *,
        reason: str,
        technician: str,
        override_reason: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Let another technician go on with a job that is under way, or give back one that nobody has: illness,
        leave, a harder fault."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/hand-on",
            {"override_reason": override_reason, "reason": reason, "technician": technician},
            idempotency_key,
        )
        return answer

    def dispatch_refuse(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.OrderOut:
        """Give the job back to the dispatcher, with a reason; the second time the manager hears of it."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/refuse", {"reason": reason}, idempotency_key)
        return answer

    def evidence_photo(
        self,
        *,
        file: bytes,
        kind: str | LeftOut = LEFT_OUT,
        order: str | None | LeftOut = LEFT_OUT,
        unit: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ProofOut:
        """Keep a photograph."""
        answer: s.ProofOut = self._send_file(
            f"/api/v1/photos", {"file": file, "kind": kind, "order": order, "unit": unit}, idempotency_key
        )
        return answer

    def evidence_signature(
        self,
        *,
        file: bytes,
        kind: str | LeftOut = LEFT_OUT,
        order: str | None | LeftOut = LEFT_OUT,
        unit: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ProofOut:
        """Keep a signature as it was drawn, a PNG."""
        answer: s.ProofOut = self._send_file(
            f"/api/v1/signatures", {"file": file, "kind": kind, "order": order, "unit": unit}, idempotency_key
        )
        return answer

    def exchange_add_unit(
        self,
        *,
        brand: str,
        line: str,
        serial: str,
        unit: str,
        is_new: bool | LeftOut = LEFT_OUT,
        model: int | None | LeftOut = LEFT_OUT,
        price_minor: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.UnitSeen:
        """Put a unit on the list of those that are given in exchange."""
        answer: s.UnitSeen = self._post(
            f"/api/v1/exchange-units",
            {
                "brand": brand,
                "is_new": is_new,
                "line": line,
                "model": model,
                "price_minor": price_minor,
                "serial": serial,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def exchange_agree_to_unit(self, number: str, *, consent: int, idempotency_key: str | None = None) -> s.CaseSeen:
        """The customer signs for the unit that is offered, and for its difference in price."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/agree-to-unit", {"consent": consent}, idempotency_key
        )
        return answer

    def exchange_allocate(self, number: str, *, other: int, idempotency_key: str | None = None) -> s.CaseSeen:
        """Keep a unit for the customer: a new one of the same model, or a used one or another model for which
        the customer has signed."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/allocate", {"other": other}, idempotency_key
        )
        return answer

    def exchange_appraise(
        self,
        number: str,
        *,
        fault_confirmed: bool,
        findings: str,
        proof_verified: bool,
        serial_verified: bool,
        idempotency_key: str | None = None,
    ) -> s.CaseSeen:
        """Write down what was found: the fault, the plate, the proof of purchase; until it is confirmed it may
        be written anew."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/appraise",
            {
                "fault_confirmed": fault_confirmed,
                "findings": findings,
                "proof_verified": proof_verified,
                "serial_verified": serial_verified,
            },
            idempotency_key,
        )
        return answer

    def exchange_approve(
        self,
        number: str,
        *,
        choice: s.ExchangeChoice,
        note: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CaseSeen:
        """Grant it as a third person, and keep what the customer chose; what the bench and the store had begun
        is let go."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/approve", {"choice": choice, "note": note}, idempotency_key
        )
        return answer

    def exchange_confirm_appraisal(self, number: str, *, idempotency_key: str | None = None) -> s.CaseSeen:
        """Look at it again as another person, and agree."""
        answer: s.CaseSeen = self._post(f"/api/v1/exchange-cases/{in_path(number)}/confirm", {}, idempotency_key)
        return answer

    def exchange_decline_unit(
        self, number: str, *, note: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.CaseSeen:
        """The customer does not want the unit that is offered. The case stands where it stood: another unit, the
        whole price, or the repair."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/decline-unit", {"note": note}, idempotency_key
        )
        return answer

    def exchange_dispose_old(
        self,
        number: str,
        *,
        disposition: s.ExchangeDisposition,
        note: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CaseSeen:
        """Say what became of the old unit; one that is refurbished is on the list of units again, and never as
        new."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/dispose-old",
            {"disposition": disposition, "note": note},
            idempotency_key,
        )
        return answer

    def exchange_exchange_cases(
        self,
        *,
        state: list[s.ExchangeCaseState] | LeftOut = LEFT_OUT,
        ground: list[s.ExchangeGround] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.ExchangeExchangeCasesPage:
        """The cases that the asker may see."""
        answer: s.ExchangeExchangeCasesPage = self._get(
            f"/api/v1/exchange-cases",
            {
                "state": state,
                "ground": ground,
                "order": order,
                "unit": unit,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_exchange_exchange_cases(
        self,
        *,
        state: list[s.ExchangeCaseState] | LeftOut = LEFT_OUT,
        ground: list[s.ExchangeGround] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CaseSeen]:
        """The cases that the asker may see."""
        answer: Iterator[s.CaseSeen] = self._pages(
            f"/api/v1/exchange-cases",
            {"state": state, "ground": ground, "order": order, "unit": unit, "sort": sort, "limit": limit},
        )
        return answer

    def exchange_exchange_units(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.ExchangeExchangeUnitsPage:
        """The units that are given in exchange, in the outlets whose exchanges the asker may see."""
        answer: s.ExchangeExchangeUnitsPage = self._get(
            f"/api/v1/exchange-units",
            {"unit": unit, "serial": serial, "line": line, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_exchange_exchange_units(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        line: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.UnitSeen]:
        """The units that are given in exchange, in the outlets whose exchanges the asker may see."""
        answer: Iterator[s.UnitSeen] = self._pages(
            f"/api/v1/exchange-units", {"unit": unit, "serial": serial, "line": line, "sort": sort, "limit": limit}
        )
        return answer

    def exchange_offer_option(self, number: str, *, idempotency_key: str | None = None) -> s.CaseSeen:
        """Offer a similar model, or the whole price, because no unit of the same model is to be had."""
        answer: s.CaseSeen = self._post(f"/api/v1/exchange-cases/{in_path(number)}/offer-option", {}, idempotency_key)
        return answer

    def exchange_offer_unit(
        self,
        number: str,
        *,
        other: int,
        price_minor: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CaseSeen:
        """Offer a similar model, or a used unit, with what it costs more or less than was paid; an offer before
        it counts no more."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/offer-unit",
            {"other": other, "price_minor": price_minor},
            idempotency_key,
        )
        return answer

    def exchange_open_case(
        self,
        number: str,
        *,
        ground: s.ExchangeGround,
        price_minor: int | None | LeftOut = LEFT_OUT,
        reason: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CaseSeen:
        """Ask for another unit or for the money, on a right that was raised, on what cannot be repaired, out of
        goodwill, or for money."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/orders/{in_path(number)}/open-exchange",
            {"ground": ground, "price_minor": price_minor, "reason": reason},
            idempotency_key,
        )
        return answer

    def exchange_reject(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.CaseSeen:
        """Say no, in writing; the job goes on from where it stood."""
        answer: s.CaseSeen = self._post(
            f"/api/v1/exchange-cases/{in_path(number)}/reject", {"reason": reason}, idempotency_key
        )
        return answer

    def exchange_retire_unit(self, id: int, *, reason: str, idempotency_key: str | None = None) -> s.UnitSeen:
        """Take a unit off the list: sold, sent on, broken."""
        answer: s.UnitSeen = self._post(
            f"/api/v1/exchange-units/{in_path(id)}/retire", {"reason": reason}, idempotency_key
        )
        return answer

    def exchange_withdraw(self, number: str, *, idempotency_key: str | None = None) -> s.CaseSeen:
        """The customer would rather have it repaired after all; the job goes on from where it stood."""
        answer: s.CaseSeen = self._post(f"/api/v1/exchange-cases/{in_path(number)}/withdraw", {}, idempotency_key)
        return answer

    def followup_approve_disposal(self, number: str, *, idempotency_key: str | None = None) -> s.ApprovalOut:
        """Allow the disposal, as another person than the one who asked."""
        answer: s.ApprovalOut = self._post(f"/api/v1/unclaimed/{in_path(number)}/approve-disposal", {}, idempotency_key)
        return answer

    def followup_claim_rework(
        self, number: str, *, problem: str, symptoms: list[str] | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Take a failed repair back: a new job, free, urgent, linked to the first."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/claim-rework",
            {"problem": problem, "symptoms": symptoms},
            idempotency_key,
        )
        return answer

    def followup_close(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Close the job: the customer was called or the time for it has passed, and the bill is final."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/close", {}, idempotency_key)
        return answer

    def followup_dispose(
        self, number: str, *, disposal: s.FollowupDisposal, proceeds_minor: int, idempotency_key: str | None = None
    ) -> s.CaseOut:
        """Dispose of the appliance: the proceeds pay the debt, a surplus is held for the customer."""
        answer: s.CaseOut = self._post(
            f"/api/v1/unclaimed/{in_path(number)}/dispose",
            {"disposal": disposal, "proceeds_minor": proceeds_minor},
            idempotency_key,
        )
        return answer

    def followup_record_call(
        self,
        number: str,
        *,
        satisfaction: int,
        works: bool,
        note: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Note the call after the repair."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/record-call",
            {"note": note, "satisfaction": satisfaction, "works": works},
            idempotency_key,
        )
        return answer

    def followup_remind(self, number: str, *, idempotency_key: str | None = None) -> s.CaseOut:
        """Remind the customer to collect: first after a week, again after a month, when the job becomes
        uncollected."""
        answer: s.CaseOut = self._post(f"/api/v1/orders/{in_path(number)}/remind", {}, idempotency_key)
        return answer

    def followup_review_disposal(
        self,
        number: str,
        *,
        photo: int,
        valuation_minor: int,
        valued_also_by: str,
        valued_by: str,
        idempotency_key: str | None = None,
    ) -> s.ApprovalOut:
        """Value the appliance by two people and ask for leave to dispose of it."""
        answer: s.ApprovalOut = self._post(
            f"/api/v1/unclaimed/{in_path(number)}/review-disposal",
            {
                "photo": photo,
                "valuation_minor": valuation_minor,
                "valued_also_by": valued_also_by,
                "valued_by": valued_by,
            },
            idempotency_key,
        )
        return answer

    def followup_send_demand(self, number: str, *, legal_basis: str, idempotency_key: str | None = None) -> s.CaseOut:
        """Send the formal demand: what is owed, and at least 60 days to pay and collect."""
        answer: s.CaseOut = self._post(
            f"/api/v1/unclaimed/{in_path(number)}/send-demand", {"legal_basis": legal_basis}, idempotency_key
        )
        return answer

    def followup_unclaimed(
        self,
        *,
        state: list[s.FollowupCaseState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        ready_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "ready_at", "-ready_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.FollowupUnclaimedPage:
        """The appliances that nobody collects, in the units whose follow-up the asker may see."""
        answer: s.FollowupUnclaimedPage = self._get(
            f"/api/v1/unclaimed",
            {
                "state": state,
                "order": order,
                "unit": unit,
                "ready_before": ready_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_followup_unclaimed(
        self,
        *,
        state: list[s.FollowupCaseState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        ready_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "ready_at", "-ready_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CaseOut]:
        """The appliances that nobody collects, in the units whose follow-up the asker may see."""
        answer: Iterator[s.CaseOut] = self._pages(
            f"/api/v1/unclaimed",
            {"state": state, "order": order, "unit": unit, "ready_before": ready_before, "sort": sort, "limit": limit},
        )
        return answer

    def followup_welcome_back(self, number: str, *, idempotency_key: str | None = None) -> s.CaseOut:
        """The customer has come after all: the job is ready for collection again."""
        answer: s.CaseOut = self._post(f"/api/v1/unclaimed/{in_path(number)}/welcome-back", {}, idempotency_key)
        return answer

    def intake_add_loaner(
        self,
        *,
        description: str,
        serial: str,
        unit: str,
        deposit_minor: int | LeftOut = LEFT_OUT,
        product_line: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.LoanerSeen:
        """Put a unit on the list of those that the outlet lends."""
        answer: s.LoanerSeen = self._post(
            f"/api/v1/loaners",
            {
                "deposit_minor": deposit_minor,
                "description": description,
                "product_line": product_line,
                "serial": serial,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def intake_cancel(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.OrderOut:
        """Let the customer stop at any time before the repair is done; an appliance that we hold goes home
        through DECLINED."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/cancel", {"reason": reason}, idempotency_key)
        return answer

    def intake_cancel_request(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.AskedOut:
        """Withdraw a request; the order that was made of it is cancelled with it while nothing has begun."""
        answer: s.AskedOut = self._post(
            f"/api/v1/requests/{in_path(number)}/cancel", {"reason": reason}, idempotency_key
        )
        return answer

    def intake_convert(
        self,
        number: str,
        *,
        appliance: int,
        customer: int,
        terms_accepted: bool,
        fee_collection: s.WorkorderFeeCollection | LeftOut = LEFT_OUT,
        language: str | None | LeftOut = LEFT_OUT,
        mode: s.WorkorderMode | None | LeftOut = LEFT_OUT,
        problem: str | LeftOut = LEFT_OUT,
        symptoms: list[str] | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Make the order that a request asks for, with what was typed and ticked; its pictures are seen with the
        order."""
        answer: s.OrderOut = self._post(
            f"/api/v1/requests/{in_path(number)}/convert",
            {
                "appliance": appliance,
                "customer": customer,
                "fee_collection": fee_collection,
                "language": language,
                "mode": mode,
                "problem": problem,
                "symptoms": symptoms,
                "terms_accepted": terms_accepted,
            },
            idempotency_key,
        )
        return answer

    def intake_except_loaner(self, id: int, *, reason: str, idempotency_key: str | None = None) -> s.LoanSeen:
        """Let the appliance go home although the loaner is still out; the manager says why. The loaner stays on
        the order."""
        answer: s.LoanSeen = self._post(f"/api/v1/loans/{in_path(id)}/except", {"reason": reason}, idempotency_key)
        return answer

    def intake_lend(
        self,
        number: str,
        *,
        condition: str,
        loaner: int,
        signature: int,
        deposit_minor: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.LoanSeen:
        """Lend a unit for the time of a repair; the customer signs for it."""
        answer: s.LoanSeen = self._post(
            f"/api/v1/orders/{in_path(number)}/lend",
            {"condition": condition, "deposit_minor": deposit_minor, "loaner": loaner, "signature": signature},
            idempotency_key,
        )
        return answer

    def intake_link_duplicate(
        self,
        number: str,
        *,
        order: str | None | LeftOut = LEFT_OUT,
        original: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.AskedOut:
        """Put a request to the one that it repeats; on an order, what was said is noted as a contact."""
        answer: s.AskedOut = self._post(
            f"/api/v1/requests/{in_path(number)}/link-duplicate",
            {"order": order, "original": original},
            idempotency_key,
        )
        return answer

    def intake_loaners(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.IntakeLoanersPage:
        """The units that the asker's outlets lend."""
        answer: s.IntakeLoanersPage = self._get(
            f"/api/v1/loaners", {"unit": unit, "serial": serial, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_intake_loaners(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.LoanerSeen]:
        """The units that the asker's outlets lend."""
        answer: Iterator[s.LoanerSeen] = self._pages(
            f"/api/v1/loaners", {"unit": unit, "serial": serial, "sort": sort, "limit": limit}
        )
        return answer

    def intake_prioritise_request(
        self, number: str, *, priority: s.WorkorderPriority, reason: str, idempotency_key: str | None = None
    ) -> s.AskedOut:
        """Say how pressing a request is, and why; the order that comes of it is as pressing. The same again
        changes nothing."""
        answer: s.AskedOut = self._post(
            f"/api/v1/requests/{in_path(number)}/prioritise", {"priority": priority, "reason": reason}, idempotency_key
        )
        return answer

    def intake_read_contact(self, number: str, *, idempotency_key: str | None = None) -> s.ContactOut:
        """Show the whole number and address of whoever asks; who looked, and when, is written down."""
        answer: s.ContactOut = self._post(f"/api/v1/requests/{in_path(number)}/read-contact", {}, idempotency_key)
        return answer

    def intake_receive(
        self,
        number: str,
        *,
        condition: str,
        photos: list[int],
        reproduced: bool,
        shelf: str,
        signature: int,
        accessories: list[s.AccessoryIn] | LeftOut = LEFT_OUT,
        data_statement: str | LeftOut = LEFT_OUT,
        declared_value_minor: int | LeftOut = LEFT_OUT,
        discrepancy_note: str | LeftOut = LEFT_OUT,
        person: str | None | LeftOut = LEFT_OUT,
        serial_matches: bool | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Take the appliance over the counter: checked, pictured, signed, tagged, and put on a shelf."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/receive",
            {
                "accessories": accessories,
                "condition": condition,
                "data_statement": data_statement,
                "declared_value_minor": declared_value_minor,
                "discrepancy_note": discrepancy_note,
                "person": person,
                "photos": photos,
                "reproduced": reproduced,
                "serial_matches": serial_matches,
                "shelf": shelf,
                "signature": signature,
            },
            idempotency_key,
        )
        return answer

    def intake_register(
        self,
        *,
        appliance: int,
        customer: int,
        problem: str,
        terms_accepted: bool,
        unit: str,
        channel: s.WorkorderChannel | LeftOut = LEFT_OUT,
        contact: str | LeftOut = LEFT_OUT,
        fee_collection: s.WorkorderFeeCollection | LeftOut = LEFT_OUT,
        language: str | None | LeftOut = LEFT_OUT,
        mode: s.WorkorderMode | LeftOut = LEFT_OUT,
        parent: str | None | LeftOut = LEFT_OUT,
        symptoms: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Order a repair: a number, a promised date, the test fee of the list, and what the warranty probably
        says."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders",
            {
                "appliance": appliance,
                "channel": channel,
                "contact": contact,
                "customer": customer,
                "fee_collection": fee_collection,
                "language": language,
                "mode": mode,
                "parent": parent,
                "problem": problem,
                "symptoms": symptoms,
                "terms_accepted": terms_accepted,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def intake_reject(
        self,
        number: str,
        *,
        reason: s.IntakeRejectReason,
        referral: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.AskedOut:
        """Say that it is not ours to do, and who may."""
        answer: s.AskedOut = self._post(
            f"/api/v1/requests/{in_path(number)}/reject", {"reason": reason, "referral": referral}, idempotency_key
        )
        return answer

    def intake_renew_claim_code(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Call back what the customer's lost paper proves: digits, QR code and link are new, and the paper is
        printed again."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/renew-claim-code", {}, idempotency_key)
        return answer

    def intake_reopen(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.AskedOut:
        """It was not solved after all: within the days of grace the same request goes on, and counts as a repeat
        contact."""
        answer: s.AskedOut = self._post(
            f"/api/v1/requests/{in_path(number)}/reopen", {"reason": reason}, idempotency_key
        )
        return answer

    def intake_retire_loaner(self, id: int, *, reason: str, idempotency_key: str | None = None) -> s.LoanerSeen:
        """Take a unit off the list: sold, broken, lost."""
        answer: s.LoanerSeen = self._post(f"/api/v1/loaners/{in_path(id)}/retire", {"reason": reason}, idempotency_key)
        return answer

    def intake_return_accessories(
        self,
        number: str,
        *,
        returned: dict[str, int],
        exception_note: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Give back what came with the appliance; what is missing needs a written reason."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/return-accessories",
            {"exception_note": exception_note, "returned": returned},
            idempotency_key,
        )
        return answer

    def intake_solve_by_advice(
        self, number: str, *, advice: str, confirmed: bool, idempotency_key: str | None = None
    ) -> s.AskedOut:
        """The customer can help himself: what we advised, and that it works now."""
        answer: s.AskedOut = self._post(
            f"/api/v1/requests/{in_path(number)}/solve-by-advice",
            {"advice": advice, "confirmed": confirmed},
            idempotency_key,
        )
        return answer

    def intake_submit(
        self,
        *,
        consent: bool,
        contact_name: str,
        description: str,
        unit: str,
        appliance: int | None | LeftOut = LEFT_OUT,
        brand: str | LeftOut = LEFT_OUT,
        channel: s.WorkorderChannel | LeftOut = LEFT_OUT,
        email: str | LeftOut = LEFT_OUT,
        language: str | LeftOut = LEFT_OUT,
        mode: s.WorkorderMode | None | LeftOut = LEFT_OUT,
        model: str | LeftOut = LEFT_OUT,
        phone: str | LeftOut = LEFT_OUT,
        photos: list[int] | LeftOut = LEFT_OUT,
        product_line: str | None | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        symptoms: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.AskedOut:
        """Take down what somebody asks for: a number, and a time by which somebody answers."""
        answer: s.AskedOut = self._post(
            f"/api/v1/requests",
            {
                "appliance": appliance,
                "brand": brand,
                "channel": channel,
                "consent": consent,
                "contact_name": contact_name,
                "description": description,
                "email": email,
                "language": language,
                "mode": mode,
                "model": model,
                "phone": phone,
                "photos": photos,
                "product_line": product_line,
                "serial": serial,
                "symptoms": symptoms,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def intake_take_in(
        self,
        *,
        appliance: int | s.NewAppliance,
        customer: int | s.NewCustomer,
        problem: str,
        terms_accepted: bool,
        unit: str,
        channel: s.WorkorderChannel | LeftOut = LEFT_OUT,
        contact: str | LeftOut = LEFT_OUT,
        fee_collection: s.WorkorderFeeCollection | LeftOut = LEFT_OUT,
        language: str | None | LeftOut = LEFT_OUT,
        mode: s.WorkorderMode | LeftOut = LEFT_OUT,
        parent: str | None | LeftOut = LEFT_OUT,
        symptoms: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Take a repair in whole: a card for who is new here, a card for a machine that is, and the order of
        both, or nothing of it."""
        answer: s.OrderOut = self._post(
            f"/api/v1/take-in",
            {
                "appliance": appliance,
                "channel": channel,
                "contact": contact,
                "customer": customer,
                "fee_collection": fee_collection,
                "language": language,
                "mode": mode,
                "parent": parent,
                "problem": problem,
                "symptoms": symptoms,
                "terms_accepted": terms_accepted,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def intake_take_loaner_back(
        self,
        id: int,
        *,
        condition: str,
        deposit_back_minor: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.LoanSeen:
        """Take the unit back: how it looks now, and how much of the deposit went back."""
        answer: s.LoanSeen = self._post(
            f"/api/v1/loans/{in_path(id)}/take-back",
            {"condition": condition, "deposit_back_minor": deposit_back_minor},
            idempotency_key,
        )
        return answer

    def intake_triage(
        self,
        number: str,
        *,
        product_line: str,
        appliance: int | None | LeftOut = LEFT_OUT,
        customer: int | None | LeftOut = LEFT_OUT,
        mode: s.WorkorderMode | LeftOut = LEFT_OUT,
        symptoms: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.AskedOut:
        """Say what it is about and how it comes, and look at the warranty."""
        answer: s.AskedOut = self._post(
            f"/api/v1/requests/{in_path(number)}/triage",
            {
                "appliance": appliance,
                "customer": customer,
                "mode": mode,
                "product_line": product_line,
                "symptoms": symptoms,
            },
            idempotency_key,
        )
        return answer

    def money_close_period(
        self, code: str, *, ends_at: str, starts_at: str, idempotency_key: str | None = None
    ) -> s.PeriodOut:
        """Close a unit's money book for a time that is over."""
        answer: s.PeriodOut = self._post(
            f"/api/v1/units/{in_path(code)}/close-money-period",
            {"ends_at": ends_at, "starts_at": starts_at},
            idempotency_key,
        )
        return answer

    def money_moves(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        document: str | LeftOut = LEFT_OUT,
        source: list[s.MoneyMoneyKind] | LeftOut = LEFT_OUT,
        target: list[s.MoneyMoneyKind] | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.MoneyMovesPage:
        """How money moved in the units whose money the asker may see."""
        answer: s.MoneyMovesPage = self._get(
            f"/api/v1/money-moves",
            {
                "unit": unit,
                "document": document,
                "source": source,
                "target": target,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_money_moves(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        document: str | LeftOut = LEFT_OUT,
        source: list[s.MoneyMoneyKind] | LeftOut = LEFT_OUT,
        target: list[s.MoneyMoneyKind] | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.MoneyMoveOut]:
        """How money moved in the units whose money the asker may see."""
        answer: Iterator[s.MoneyMoveOut] = self._pages(
            f"/api/v1/money-moves",
            {
                "unit": unit,
                "document": document,
                "source": source,
                "target": target,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def news_deliveries(
        self,
        *,
        state: list[s.ModelsDeliveryState] | LeftOut = LEFT_OUT,
        kind: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "next_at", "-next_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.NewsDeliveriesPage:
        """The news on its way in the units whose news the asker may send again."""
        answer: s.NewsDeliveriesPage = self._get(
            f"/api/v1/deliveries", {"state": state, "kind": kind, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_news_deliveries(
        self,
        *,
        state: list[s.ModelsDeliveryState] | LeftOut = LEFT_OUT,
        kind: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "next_at", "-next_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.DeliveryOut]:
        """The news on its way in the units whose news the asker may send again."""
        answer: Iterator[s.DeliveryOut] = self._pages(
            f"/api/v1/deliveries", {"state": state, "kind": kind, "sort": sort, "limit": limit}
        )
        return answer

    def news_resend(self, key: int, *, idempotency_key: str | None = None) -> s.DeliveryOut:
        """Try a parked delivery again, with a fresh count of attempts; one that is not parked stays as it is."""
        answer: s.DeliveryOut = self._post(f"/api/v1/deliveries/{in_path(key)}/resend", {}, idempotency_key)
        return answer

    def notices_acknowledge_alarm(self, key: int, *, idempotency_key: str | None = None) -> s.AlarmOut:
        """Whoever was told has seen it; again changes nothing."""
        answer: s.AlarmOut = self._post(f"/api/v1/store-alarms/{in_path(key)}/acknowledge", {}, idempotency_key)
        return answer

    def notices_acknowledge_warning(self, key: int, *, idempotency_key: str | None = None) -> s.WarningOut:
        """Whoever was warned has seen it, and with it all that was said to the same person of that job before;
        again changes nothing."""
        answer: s.WarningOut = self._post(f"/api/v1/warnings/{in_path(key)}/acknowledge", {}, idempotency_key)
        return answer

    def notices_attempts(
        self,
        *,
        message: int | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.NoticesAttemptsPage:
        """Every attempt to send a message that the asker may see."""
        answer: s.NoticesAttemptsPage = self._get(
            f"/api/v1/message-attempts", {"message": message, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_notices_attempts(
        self,
        *,
        message: int | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.TryOut]:
        """Every attempt to send a message that the asker may see."""
        answer: Iterator[s.TryOut] = self._pages(
            f"/api/v1/message-attempts", {"message": message, "sort": sort, "limit": limit}
        )
        return answer

    def notices_invite(self, number: str, *, idempotency_key: str | None = None) -> s.SentOut:
        """Offer a customer the yearly check of an appliance that we know."""
        answer: s.SentOut = self._post(f"/api/v1/orders/{in_path(number)}/invite", {}, idempotency_key)
        return answer

    def notices_messages(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        template: list[s.NoticesTemplate] | LeftOut = LEFT_OUT,
        state: list[s.NoticesMessageState] | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.NoticesMessagesPage:
        """The messages about the jobs that the asker may see."""
        answer: s.NoticesMessagesPage = self._get(
            f"/api/v1/messages",
            {
                "order": order,
                "template": template,
                "state": state,
                "at_from": at_from,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_notices_messages(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        template: list[s.NoticesTemplate] | LeftOut = LEFT_OUT,
        state: list[s.NoticesMessageState] | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.MessageOut]:
        """The messages about the jobs that the asker may see."""
        answer: Iterator[s.MessageOut] = self._pages(
            f"/api/v1/messages",
            {"order": order, "template": template, "state": state, "at_from": at_from, "sort": sort, "limit": limit},
        )
        return answer

    def notices_prefer(
        self,
        key: int,
        *,
        channel: s.NoticesChannel,
        address: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.PreferenceOut:
        """Note how the customer wants to be told."""
        answer: s.PreferenceOut = self._post(
            f"/api/v1/customers/{in_path(key)}/prefer", {"address": address, "channel": channel}, idempotency_key
        )
        return answer

    def notices_resend(self, key: int, *, idempotency_key: str | None = None) -> s.SentOut:
        """Send a message again, in the same words, to where the customer is reached now."""
        answer: s.SentOut = self._post(f"/api/v1/messages/{in_path(key)}/resend", {}, idempotency_key)
        return answer

    def notices_set_wording(
        self,
        *,
        channel: s.NoticesChannel,
        language: str,
        starts_on: str,
        template: s.NoticesTemplate,
        text: str,
        unit: str,
        subject: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.WordingOut:
        """Say a message in other words from a day on, in a unit and those below it; an empty text is the house's
        own again."""
        answer: s.WordingOut = self._post(
            f"/api/v1/wordings",
            {
                "channel": channel,
                "language": language,
                "starts_on": starts_on,
                "subject": subject,
                "template": template,
                "text": text,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def notices_wordings(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        template: list[s.NoticesTemplate] | LeftOut = LEFT_OUT,
        channel: list[s.NoticesChannel] | LeftOut = LEFT_OUT,
        language: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.NoticesWordingsPage:
        """The words of the units in which the asker may set them."""
        answer: s.NoticesWordingsPage = self._get(
            f"/api/v1/wordings",
            {
                "unit": unit,
                "template": template,
                "channel": channel,
                "language": language,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_notices_wordings(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        template: list[s.NoticesTemplate] | LeftOut = LEFT_OUT,
        channel: list[s.NoticesChannel] | LeftOut = LEFT_OUT,
        language: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.WordingOut]:
        """The words of the units in which the asker may set them."""
        answer: Iterator[s.WordingOut] = self._pages(
            f"/api/v1/wordings",
            {
                "unit": unit,
                "template": template,
                "channel": channel,
                "language": language,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def people_admit(self, number: str, *, idempotency_key: str | None = None) -> s.PersonOut:
        """Let a person who waits begin to work."""
        answer: s.PersonOut = self._post(f"/api/v1/people/{in_path(number)}/admit", {}, idempotency_key)
        return answer

    def people_change_unit(
        self,
        code: str,
        *,
        address: str | None | LeftOut = LEFT_OUT,
        hours: str | None | LeftOut = LEFT_OUT,
        is_active: bool | None | LeftOut = LEFT_OUT,
        licence_no: str | None | LeftOut = LEFT_OUT,
        names: dict[str, str] | None | LeftOut = LEFT_OUT,
        phone: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.UnitOut:
        """Correct what the sign on the door says; what is not given stays. Place, money and law of a unit never
        change."""
        answer: s.UnitOut = self._post(
            f"/api/v1/units/{in_path(code)}/change",
            {
                "address": address,
                "hours": hours,
                "is_active": is_active,
                "licence_no": licence_no,
                "names": names,
                "phone": phone,
            },
            idempotency_key,
        )
        return answer

    def people_choose_language(
        self, number: str, *, language: Literal["en", "zh-hans", "zh-hant"], idempotency_key: str | None = None
    ) -> s.LoginOut:
        """See one's own screens in another language from now on."""
        answer: s.LoginOut = self._post(
            f"/api/v1/people/{in_path(number)}/choose-language", {"language": language}, idempotency_key
        )
        return answer

    def people_create_unit(
        self,
        *,
        code: str,
        kind: s.PeopleUnitKind,
        names: dict[str, str],
        parent: str,
        address: str | LeftOut = LEFT_OUT,
        currency: str | LeftOut = LEFT_OUT,
        hours: str | LeftOut = LEFT_OUT,
        jurisdiction: str | LeftOut = LEFT_OUT,
        licence_no: str | LeftOut = LEFT_OUT,
        phone: str | LeftOut = LEFT_OUT,
        time_zone: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.UnitOut:
        """Set up a unit under its parent; what is not said is as at the parent."""
        answer: s.UnitOut = self._post(
            f"/api/v1/units",
            {
                "address": address,
                "code": code,
                "currency": currency,
                "hours": hours,
                "jurisdiction": jurisdiction,
                "kind": kind,
                "licence_no": licence_no,
                "names": names,
                "parent": parent,
                "phone": phone,
                "time_zone": time_zone,
            },
            idempotency_key,
        )
        return answer

    def people_end_role(
        self, key: int, *, ends_on: str | None | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.GrantOut:
        """Take a role from a person, from today or from a later day on; what it was until then stays known."""
        answer: s.GrantOut = self._post(
            f"/api/v1/role-grants/{in_path(key)}/end", {"ends_on": ends_on}, idempotency_key
        )
        return answer

    def people_grant_leave(
        self, number: str, *, ends_at: str, starts_at: str, idempotency_key: str | None = None
    ) -> s.LeaveOut:
        """Note that a person is away, so that no job is given to them meanwhile."""
        answer: s.LeaveOut = self._post(
            f"/api/v1/people/{in_path(number)}/grant-leave",
            {"ends_at": ends_at, "starts_at": starts_at},
            idempotency_key,
        )
        return answer

    def people_grant_role(
        self,
        number: str,
        *,
        role: s.PeopleRole,
        starts_on: str,
        unit: str,
        ends_on: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.GrantOut:
        """Let a person act in a role, in one unit and all units under it."""
        answer: s.GrantOut = self._post(
            f"/api/v1/people/{in_path(number)}/grant-role",
            {"ends_on": ends_on, "role": role, "starts_on": starts_on, "unit": unit},
            idempotency_key,
        )
        return answer

    def people_hire(
        self, *, name: str, number: str, unit: str, phone: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.PersonOut:
        """Take somebody on; who may not admit people asks by this, and the person waits until somebody admits
        them."""
        answer: s.PersonOut = self._post(
            f"/api/v1/people", {"name": name, "number": number, "phone": phone, "unit": unit}, idempotency_key
        )
        return answer

    def people_keys(
        self,
        *,
        person: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "made_at", "-made_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PeopleKeysPage:
        """The asker's own keys, and those of the units whose keys the asker may revoke."""
        answer: s.PeopleKeysPage = self._get(
            f"/api/v1/keys", {"person": person, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_people_keys(
        self,
        *,
        person: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "made_at", "-made_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.KeyOut]:
        """The asker's own keys, and those of the units whose keys the asker may revoke."""
        answer: Iterator[s.KeyOut] = self._pages(f"/api/v1/keys", {"person": person, "sort": sort, "limit": limit})
        return answer

    def people_make_login(
        self,
        number: str,
        *,
        password: str,
        username: str,
        language: Literal["en", "zh-hans", "zh-hant"] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.LoginOut:
        """Let a person come in by a name and a first password, which they change themselves."""
        answer: s.LoginOut = self._post(
            f"/api/v1/people/{in_path(number)}/make-login",
            {"language": language, "password": password, "username": username},
            idempotency_key,
        )
        return answer

    def people_part_with(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.PersonOut:
        """Let a person go: their roles end today, their login and keys open nothing any more."""
        answer: s.PersonOut = self._post(
            f"/api/v1/people/{in_path(number)}/part-with", {"reason": reason}, idempotency_key
        )
        return answer

    def people_people(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        status: list[s.PeopleStatus] | LeftOut = LEFT_OUT,
        q: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "number", "-number", "name", "-name"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PeoplePeoplePage:
        """The colleagues whom the asker may see."""
        answer: s.PeoplePeoplePage = self._get(
            f"/api/v1/people", {"unit": unit, "status": status, "q": q, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_people_people(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        status: list[s.PeopleStatus] | LeftOut = LEFT_OUT,
        q: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "number", "-number", "name", "-name"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PersonOut]:
        """The colleagues whom the asker may see."""
        answer: Iterator[s.PersonOut] = self._pages(
            f"/api/v1/people", {"unit": unit, "status": status, "q": q, "sort": sort, "limit": limit}
        )
        return answer

    def people_reinstate(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.PersonOut:
        """Give a suspended person back what they held."""
        answer: s.PersonOut = self._post(
            f"/api/v1/people/{in_path(number)}/reinstate", {"reason": reason}, idempotency_key
        )
        return answer

    def people_revoke_api_key(self, key: int, *, idempotency_key: str | None = None) -> s.KeyOut:
        """Let a key open nothing any more. Revoking it again changes nothing."""
        answer: s.KeyOut = self._post(f"/api/v1/keys/{in_path(key)}/revoke", {}, idempotency_key)
        return answer

    def people_role_grants(
        self,
        *,
        person: str | LeftOut = LEFT_OUT,
        role: list[s.PeopleRole] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PeopleRoleGrantsPage:
        """The roles of the colleagues whom the asker may see."""
        answer: s.PeopleRoleGrantsPage = self._get(
            f"/api/v1/role-grants",
            {"person": person, "role": role, "unit": unit, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_people_role_grants(
        self,
        *,
        person: str | LeftOut = LEFT_OUT,
        role: list[s.PeopleRole] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.GrantOut]:
        """The roles of the colleagues whom the asker may see."""
        answer: Iterator[s.GrantOut] = self._pages(
            f"/api/v1/role-grants", {"person": person, "role": role, "unit": unit, "sort": sort, "limit": limit}
        )
        return answer

    def people_suspend(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.PersonOut:
        """Take away everything a person may do, at once and on every device and key, without forgetting what
        they held."""
        answer: s.PersonOut = self._post(
            f"/api/v1/people/{in_path(number)}/suspend", {"reason": reason}, idempotency_key
        )
        return answer

    def people_units(
        self,
        *,
        kind: list[s.PeopleUnitKind] | LeftOut = LEFT_OUT,
        parent: str | LeftOut = LEFT_OUT,
        is_active: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code", "path", "-path"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PeopleUnitsPage:
        """The units that the asker may see."""
        answer: s.PeopleUnitsPage = self._get(
            f"/api/v1/units",
            {"kind": kind, "parent": parent, "is_active": is_active, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_people_units(
        self,
        *,
        kind: list[s.PeopleUnitKind] | LeftOut = LEFT_OUT,
        parent: str | LeftOut = LEFT_OUT,
        is_active: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code", "path", "-path"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.UnitOut]:
        """The units that the asker may see."""
        answer: Iterator[s.UnitOut] = self._pages(
            f"/api/v1/units", {"kind": kind, "parent": parent, "is_active": is_active, "sort": sort, "limit": limit}
        )
        return answer

    def planning_accept(self, key: int, *, idempotency_key: str | None = None) -> s.LevelOut:
        """Keep as many as are suggested."""
        answer: s.LevelOut = self._post(f"/api/v1/level-suggestions/{in_path(key)}/accept", {}, idempotency_key)
        return answer

    def planning_change(self, key: int, *, level: int, reason: str, idempotency_key: str | None = None) -> s.LevelOut:
        """Keep another number than the suggested one, and say why."""
        answer: s.LevelOut = self._post(
            f"/api/v1/level-suggestions/{in_path(key)}/change", {"level": level, "reason": reason}, idempotency_key
        )
        return answer

    def planning_fetch(self, key: int, *, parts: list[str], idempotency_key: str | None = None) -> s.FetchedOut:
        """Ask the store that fills this one for what these parts lack of their level: one transfer, sent by
        whoever keeps that store."""
        answer: s.FetchedOut = self._post(
            f"/api/v1/stores/{in_path(key)}/fetch-lacking", {"parts": parts}, idempotency_key
        )
        return answer

    def planning_keep_at_least(
        self, key: int, *, least: int, part: str, reason: str, idempotency_key: str | None = None
    ) -> s.Done:
        """Set the least that is suggested of a part in a store from the next plan on; nothing takes it away."""
        answer: s.Done = self._post(
            f"/api/v1/stores/{in_path(key)}/keep-at-least",
            {"least": least, "part": part, "reason": reason},
            idempotency_key,
        )
        return answer

    def planning_levels(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PlanningLevelsPage:
        """The levels of the stores that the asker may see."""
        answer: s.PlanningLevelsPage = self._get(
            f"/api/v1/stock-levels",
            {"part": part, "unit": unit, "store": store, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_planning_levels(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.LevelOut]:
        """The levels of the stores that the asker may see."""
        answer: Iterator[s.LevelOut] = self._pages(
            f"/api/v1/stock-levels", {"part": part, "unit": unit, "store": store, "sort": sort, "limit": limit}
        )
        return answer

    def planning_minimums(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PlanningMinimumsPage:
        """What planners want at least in the stores that the asker may see."""
        answer: s.PlanningMinimumsPage = self._get(
            f"/api/v1/level-minimums",
            {"part": part, "unit": unit, "store": store, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_planning_minimums(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.MinimumOut]:
        """What planners want at least in the stores that the asker may see."""
        answer: Iterator[s.MinimumOut] = self._pages(
            f"/api/v1/level-minimums", {"part": part, "unit": unit, "store": store, "sort": sort, "limit": limit}
        )
        return answer

    def planning_order(self, key: int, *, parts: list[str], idempotency_key: str | None = None) -> s.AskedToBuyOut:
        """Ask to buy what these parts lack of their level: one purchase request for the store's unit, to be
        submitted by whoever asked."""
        answer: s.AskedToBuyOut = self._post(
            f"/api/v1/stores/{in_path(key)}/order-lacking", {"parts": parts}, idempotency_key
        )
        return answer

    def planning_plan(self, key: int, *, idempotency_key: str | None = None) -> s.RunOut:
        """Reckon anew how many of each part to keep in a store. Nothing changes until a person has answered."""
        answer: s.RunOut = self._post(f"/api/v1/stores/{in_path(key)}/plan", {}, idempotency_key)
        return answer

    def planning_reorder(self, key: int) -> list[s.BelowOut]:
        """What lies below its level in a store, what lacks most first; what is on order is counted, what is
        promised is not."""
        answer: list[s.BelowOut] = self._get(f"/api/v1/stores/{in_path(key)}/reorder", {})
        return answer

    def planning_suggestions(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PlanningSuggestionsPage:
        """What waits for somebody's answer."""
        answer: s.PlanningSuggestionsPage = self._get(
            f"/api/v1/level-suggestions",
            {"part": part, "unit": unit, "store": store, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_planning_suggestions(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.SuggestionOut]:
        """What waits for somebody's answer."""
        answer: Iterator[s.SuggestionOut] = self._pages(
            f"/api/v1/level-suggestions", {"part": part, "unit": unit, "store": store, "sort": sort, "limit": limit}
        )
        return answer

    def policy_adopt(self, draft: int, *, idempotency_key: str | None = None) -> s.ValueOut:
        """Set a figure to what somebody has drafted."""
        answer: s.ValueOut = self._post(f"/api/v1/figure-drafts/{in_path(draft)}/adopt", {}, idempotency_key)
        return answer

    def policy_close_day(
        self, *, on: str, reason: str, unit: str | None | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.ClosedDayOut:
        """Say that a unit, and all under it, is closed on a day: promises reckon with it from now on."""
        answer: s.ClosedDayOut = self._post(
            f"/api/v1/closed-days", {"on": on, "reason": reason, "unit": unit}, idempotency_key
        )
        return answer

    def policy_closed_days(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        on_from: str | LeftOut = LEFT_OUT,
        on_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "on", "-on"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PolicyClosedDaysPage:
        """The brand's closed days, and those of the asker's units."""
        answer: s.PolicyClosedDaysPage = self._get(
            f"/api/v1/closed-days",
            {"unit": unit, "on_from": on_from, "on_before": on_before, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_policy_closed_days(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        on_from: str | LeftOut = LEFT_OUT,
        on_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "on", "-on"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ClosedDayOut]:
        """The brand's closed days, and those of the asker's units."""
        answer: Iterator[s.ClosedDayOut] = self._pages(
            f"/api/v1/closed-days",
            {"unit": unit, "on_from": on_from, "on_before": on_before, "sort": sort, "limit": limit},
        )
        return answer

    def policy_draft_value(
        self,
        key: str,
        *,
        reason: str,
        starts_on: str,
        value: int | str | None,
        unit: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ValueOut:
        """Propose a value, for somebody who may set it to adopt."""
        answer: s.ValueOut = self._post(
            f"/api/v1/figures/{in_path(key)}/draft",
            {"reason": reason, "starts_on": starts_on, "unit": unit, "value": value},
            idempotency_key,
        )
        return answer

    def policy_drop_draft(self, draft: int, *, idempotency_key: str | None = None) -> s.ValueOut:
        """Put a draft aside."""
        answer: s.ValueOut = self._post(f"/api/v1/figure-drafts/{in_path(draft)}/drop", {}, idempotency_key)
        return answer

    def policy_figures(self, *, unit: str | LeftOut = LEFT_OUT, on: str | LeftOut = LEFT_OUT) -> list[s.FigureOut]:
        """Every figure as it holds in a unit on a day: the asker's own and today, unless told otherwise."""
        answer: list[s.FigureOut] = self._get(f"/api/v1/figures", {"unit": unit, "on": on})
        return answer

    def policy_reopen_day(self, key: int, *, idempotency_key: str | None = None) -> s.ClosedDayOut:
        """Withdraw a closed day that has not come yet; it stays to be read."""
        answer: s.ClosedDayOut = self._post(f"/api/v1/closed-days/{in_path(key)}/reopen", {}, idempotency_key)
        return answer

    def policy_set_value(
        self,
        key: str,
        *,
        reason: str,
        starts_on: str,
        value: int | str | None,
        unit: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ValueOut:
        """Give a figure another value from a day on; until that day the old one holds. Setting the same twice is
        once."""
        answer: s.ValueOut = self._post(
            f"/api/v1/figures/{in_path(key)}/set",
            {"reason": reason, "starts_on": starts_on, "unit": unit, "value": value},
            idempotency_key,
        )
        return answer

    def policy_values(
        self,
        *,
        key: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        state: list[s.PolicyState] | LeftOut = LEFT_OUT,
        starts_from: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "key", "-key", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PolicyValuesPage:
        """What was written for the figures: what holds, what will, and what was drafted."""
        answer: s.PolicyValuesPage = self._get(
            f"/api/v1/figure-values",
            {
                "key": key,
                "unit": unit,
                "state": state,
                "starts_from": starts_from,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_policy_values(
        self,
        *,
        key: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        state: list[s.PolicyState] | LeftOut = LEFT_OUT,
        starts_from: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "key", "-key", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ValueOut]:
        """What was written for the figures: what holds, what will, and what was drafted."""
        answer: Iterator[s.ValueOut] = self._pages(
            f"/api/v1/figure-values",
            {"key": key, "unit": unit, "state": state, "starts_from": starts_from, "sort": sort, "limit": limit},
        )
        return answer

    def pricing_add_line(
        self,
        number: str,
        *,
        min_minor: int,
        unit: str,
        conditions: str | LeftOut = LEFT_OUT,
        item: str | None | LeftOut = LEFT_OUT,
        max_minor: int | None | LeftOut = LEFT_OUT,
        part: str | None | LeftOut = LEFT_OUT,
        place: Literal["", "HOME", "SHOP"] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.PriceLineOut:
        """Write the price of one service or one part on a draft."""
        answer: s.PriceLineOut = self._post(
            f"/api/v1/price-lists/{in_path(number)}/add-line",
            {
                "conditions": conditions,
                "item": item,
                "max_minor": max_minor,
                "min_minor": min_minor,
                "part": part,
                "place": place,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def pricing_approve(self, number: str, *, idempotency_key: str | None = None) -> s.PriceListOut:
        """Agree to exactly what was examined, as somebody who wrote nothing of it."""
        answer: s.PriceListOut = self._post(f"/api/v1/price-lists/{in_path(number)}/approve", {}, idempotency_key)
        return answer

    def pricing_check(self, number: str, *, idempotency_key: str | None = None) -> s.PriceListOut:
        """Have the list examined; what was examined is not written on any more, and waits for a second person."""
        answer: s.PriceListOut = self._post(f"/api/v1/price-lists/{in_path(number)}/check", {}, idempotency_key)
        return answer

    def pricing_display_proofs(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        price_list: str | LeftOut = LEFT_OUT,
        proved_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PricingDisplayProofsPage:
        """The proofs that the asker may see, with what they show."""
        answer: s.PricingDisplayProofsPage = self._get(
            f"/api/v1/display-proofs",
            {
                "unit": unit,
                "price_list": price_list,
                "proved_before": proved_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_pricing_display_proofs(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        price_list: str | LeftOut = LEFT_OUT,
        proved_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.DisplayProofOut]:
        """The proofs that the asker may see, with what they show."""
        answer: Iterator[s.DisplayProofOut] = self._pages(
            f"/api/v1/display-proofs",
            {"unit": unit, "price_list": price_list, "proved_before": proved_before, "sort": sort, "limit": limit},
        )
        return answer

    def pricing_draft_list(
        self,
        *,
        starts_on: str,
        currency: str | LeftOut = LEFT_OUT,
        ends_on: str | None | LeftOut = LEFT_OUT,
        unit: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.PriceListOut:
        """Begin a price list."""
        answer: s.PriceListOut = self._post(
            f"/api/v1/price-lists",
            {"currency": currency, "ends_on": ends_on, "starts_on": starts_on, "unit": unit},
            idempotency_key,
        )
        return answer

    def pricing_make_leaflet(
        self,
        number: str,
        *,
        languages: list[Literal["en", "zh-hans", "zh-hant"]],
        model: str,
        batch: str | LeftOut = LEFT_OUT,
        serial_from: str | LeftOut = LEFT_OUT,
        serial_to: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.LeafletOut:
        """Bind the prices of a published list to the machines in whose boxes they are printed; they stay
        readable for ever."""
        answer: s.LeafletOut = self._post(
            f"/api/v1/price-lists/{in_path(number)}/make-leaflet",
            {
                "batch": batch,
                "languages": languages,
                "model": model,
                "serial_from": serial_from,
                "serial_to": serial_to,
            },
            idempotency_key,
        )
        return answer

    def pricing_price_lines(
        self,
        *,
        price_list: str | LeftOut = LEFT_OUT,
        item: str | LeftOut = LEFT_OUT,
        part: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "min_minor", "-min_minor"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PricingPriceLinesPage:
        """The lines of the price lists that the asker may see."""
        answer: s.PricingPriceLinesPage = self._get(
            f"/api/v1/price-lines",
            {"price_list": price_list, "item": item, "part": part, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_pricing_price_lines(
        self,
        *,
        price_list: str | LeftOut = LEFT_OUT,
        item: str | LeftOut = LEFT_OUT,
        part: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "min_minor", "-min_minor"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PriceLineOut]:
        """The lines of the price lists that the asker may see."""
        answer: Iterator[s.PriceLineOut] = self._pages(
            f"/api/v1/price-lines", {"price_list": price_list, "item": item, "part": part, "sort": sort, "limit": limit}
        )
        return answer

    def pricing_price_lists(
        self,
        *,
        state: list[s.PricingState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        starts_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PricingPriceListsPage:
        """The price lists that the asker may see."""
        answer: s.PricingPriceListsPage = self._get(
            f"/api/v1/price-lists",
            {
                "state": state,
                "unit": unit,
                "starts_before": starts_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_pricing_price_lists(
        self,
        *,
        state: list[s.PricingState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        starts_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PriceListOut]:
        """The price lists that the asker may see."""
        answer: Iterator[s.PriceListOut] = self._pages(
            f"/api/v1/price-lists",
            {"state": state, "unit": unit, "starts_before": starts_before, "sort": sort, "limit": limit},
        )
        return answer

    def pricing_prove_display(self, *, photo: int, unit: str, idempotency_key: str | None = None) -> s.DisplayProofOut:
        """Show with a photograph of today that the price list in force hangs on this outlet's wall."""
        answer: s.DisplayProofOut = self._post(
            f"/api/v1/display-proofs", {"photo": photo, "unit": unit}, idempotency_key
        )
        return answer

    def pricing_publish(self, number: str, *, idempotency_key: str | None = None) -> s.PriceListOut:
        """Put an approved list in force from its first day on; the open list before it ends on that day. It is
        never edited again."""
        answer: s.PriceListOut = self._post(f"/api/v1/price-lists/{in_path(number)}/publish", {}, idempotency_key)
        return answer

    def pricing_remove_line(self, key: int, *, idempotency_key: str | None = None) -> s.Done:
        """Take a line off a draft."""
        answer: s.Done = self._post(f"/api/v1/price-lines/{in_path(key)}/remove", {}, idempotency_key)
        return answer

    def pricing_reopen(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.PriceListOut:
        """Send a list that is not published yet back to its author: it is a draft again, and checked and
        approved anew."""
        answer: s.PriceListOut = self._post(
            f"/api/v1/price-lists/{in_path(number)}/reopen", {"reason": reason}, idempotency_key
        )
        return answer

    def pricing_retire(self, number: str, *, ends_on: str, idempotency_key: str | None = None) -> s.PriceListOut:
        """Take a published list down from a day on; it stays readable for ever."""
        answer: s.PriceListOut = self._post(
            f"/api/v1/price-lists/{in_path(number)}/retire", {"ends_on": ends_on}, idempotency_key
        )
        return answer

    def pricing_visit(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        zone: s.PricingZone | LeftOut = LEFT_OUT,
        metres: int | LeftOut = LEFT_OUT,
        appliances: int | LeftOut = LEFT_OUT,
    ) -> s.VisitOut:
        """The call-out and the remote fee of a visit at that distance, computed by the rules in force; without a
        unit, one's own."""
        answer: s.VisitOut = self._get(
            f"/api/v1/visit-fee", {"unit": unit, "zone": zone, "metres": metres, "appliances": appliances}
        )
        return answer

    def problems_code(self, code: str) -> s.ProblemCode:
        """What one code means; the `type` of a problem leads here."""
        answer: s.ProblemCode = self._get(f"/api/v1/problems/{in_path(code)}", {})
        return answer

    def problems_codes(self) -> list[s.ProblemCode]:
        """Every code by which something may be refused."""
        answer: list[s.ProblemCode] = self._get(f"/api/v1/problems", {})
        return answer

    def purchases_invoices(
        self,
        *,
        state: list[s.SupplyInvoiceState] | LeftOut = LEFT_OUT,
        supplier: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PurchasesInvoicesPage:
        """What suppliers ask, and whether it agrees with what was ordered and accepted."""
        answer: s.PurchasesInvoicesPage = self._get(
            f"/api/v1/supplier-invoices",
            {"state": state, "supplier": supplier, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_purchases_invoices(
        self,
        *,
        state: list[s.SupplyInvoiceState] | LeftOut = LEFT_OUT,
        supplier: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.SupplierInvoiceOut]:
        """What suppliers ask, and whether it agrees with what was ordered and accepted."""
        answer: Iterator[s.SupplierInvoiceOut] = self._pages(
            f"/api/v1/supplier-invoices", {"state": state, "supplier": supplier, "sort": sort, "limit": limit}
        )
        return answer

    def purchases_offers(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        supplier: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PurchasesOffersPage:
        """What parts cost at which supplier, since when, and until when: the history of the prices."""
        answer: s.PurchasesOffersPage = self._get(
            f"/api/v1/supplier-offers",
            {"part": part, "supplier": supplier, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_purchases_offers(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        supplier: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.OfferOut]:
        """What parts cost at which supplier, since when, and until when: the history of the prices."""
        answer: Iterator[s.OfferOut] = self._pages(
            f"/api/v1/supplier-offers", {"part": part, "supplier": supplier, "sort": sort, "limit": limit}
        )
        return answer

    def purchases_orders(
        self,
        *,
        state: list[s.SupplyOrderState] | LeftOut = LEFT_OUT,
        supplier: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PurchasesOrdersPage:
        """What was ordered, with how much of it has come."""
        answer: s.PurchasesOrdersPage = self._get(
            f"/api/v1/purchase-orders",
            {"state": state, "supplier": supplier, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_purchases_orders(
        self,
        *,
        state: list[s.SupplyOrderState] | LeftOut = LEFT_OUT,
        supplier: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PurchaseOrderWhole]:
        """What was ordered, with how much of it has come."""
        answer: Iterator[s.PurchaseOrderWhole] = self._pages(
            f"/api/v1/purchase-orders", {"state": state, "supplier": supplier, "sort": sort, "limit": limit}
        )
        return answer

    def purchases_sourcings(
        self,
        *,
        state: list[s.SupplySourcingState] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.PurchasesSourcingsPage:
        """How suppliers were sought, with what each offered and who was chosen why."""
        answer: s.PurchasesSourcingsPage = self._get(
            f"/api/v1/sourcings", {"state": state, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_purchases_sourcings(
        self,
        *,
        state: list[s.SupplySourcingState] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.SourcingOut]:
        """How suppliers were sought, with what each offered and who was chosen why."""
        answer: Iterator[s.SourcingOut] = self._pages(
            f"/api/v1/sourcings", {"state": state, "sort": sort, "limit": limit}
        )
        return answer

    def quality_add_item(
        self,
        *,
        code: str,
        kind: s.WorkorderItemKind,
        names: dict[str, str],
        is_safety: bool | LeftOut = LEFT_OUT,
        limit_max: float | str | None | LeftOut = LEFT_OUT,
        limit_min: float | str | None | LeftOut = LEFT_OUT,
        line: str | None | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ItemKept:
        """Say what is measured or checked before an appliance of a line goes back; of a code that is there
        already, this is the next version."""
        answer: s.ItemKept = self._post(
            f"/api/v1/checklist-items",
            {
                "code": code,
                "is_safety": is_safety,
                "kind": kind,
                "limit_max": limit_max,
                "limit_min": limit_min,
                "line": line,
                "names": names,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def quality_allow_self_check(
        self, number: str, *, technician: str, idempotency_key: str | None = None
    ) -> s.SelfCheckLeaveOut:
        """Let whoever repaired this job also test it, because the shop is too small for two; once for each job."""
        answer: s.SelfCheckLeaveOut = self._post(
            f"/api/v1/orders/{in_path(number)}/allow-self-check", {"technician": technician}, idempotency_key
        )
        return answer

    def quality_checklist(self, number: str) -> list[s.ChecklistItemOut]:
        """What has to be measured and checked on this job."""
        answer: list[s.ChecklistItemOut] = self._get(f"/api/v1/orders/{in_path(number)}/checklist", {})
        return answer

    def quality_end_item(self, key: int, *, idempotency_key: str | None = None) -> s.ItemKept:
        """Ask for it no longer; what was found stays. Ending it again changes nothing."""
        answer: s.ItemKept = self._post(f"/api/v1/checklist-items/{in_path(key)}/end", {}, idempotency_key)
        return answer

    def quality_fail_order(
        self,
        number: str,
        *,
        defects: list[str],
        values: dict[str, str],
        is_self_check: bool | LeftOut = LEFT_OUT,
        note: str | LeftOut = LEFT_OUT,
        photos: list[int] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.InspectionOut:
        """Send the repair back to the bench, saying what is not in order; the customer pays nothing for it."""
        answer: s.InspectionOut = self._post(
            f"/api/v1/orders/{in_path(number)}/fail",
            {"defects": defects, "is_self_check": is_self_check, "note": note, "photos": photos, "values": values},
            idempotency_key,
        )
        return answer

    def quality_pass_order(
        self,
        number: str,
        *,
        values: dict[str, str],
        is_self_check: bool | LeftOut = LEFT_OUT,
        note: str | LeftOut = LEFT_OUT,
        photos: list[int] | LeftOut = LEFT_OUT,
        shelf: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.InspectionOut:
        """Say that the repair is good, with every value within its limits; the appliance goes to the collection
        shelf."""
        answer: s.InspectionOut = self._post(
            f"/api/v1/orders/{in_path(number)}/pass",
            {"is_self_check": is_self_check, "note": note, "photos": photos, "shelf": shelf, "values": values},
            idempotency_key,
        )
        return answer

    def receivables_approve_write_off(self, receipt: str, *, idempotency_key: str | None = None) -> s.WriteOffOut:
        """Give up what was asked for, as another person; at once it is owed no more."""
        answer: s.WriteOffOut = self._post(f"/api/v1/debts/{in_path(receipt)}/approve-write-off", {}, idempotency_key)
        return answer

    def receivables_ask_write_off(
        self, receipt: str, *, amount_minor: int, reason: str, idempotency_key: str | None = None
    ) -> s.ApprovalOut:
        """Ask that part or all of a debt is given up."""
        answer: s.ApprovalOut = self._post(
            f"/api/v1/debts/{in_path(receipt)}/ask-write-off",
            {"amount_minor": amount_minor, "reason": reason},
            idempotency_key,
        )
        return answer

    def receivables_collect(
        self,
        customer: int,
        *,
        amount_minor: int,
        method: s.CashierMethod,
        receipts: list[str] | LeftOut = LEFT_OUT,
        tendered_minor: int | None | LeftOut = LEFT_OUT,
        terminal_ref: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CollectionOut:
        """Take money for what a customer owes, and give a receipt; what it pays may be bought on credit again."""
        answer: s.CollectionOut = self._post(
            f"/api/v1/credits/{in_path(customer)}/collect",
            {
                "amount_minor": amount_minor,
                "method": method,
                "receipts": receipts,
                "tendered_minor": tendered_minor,
                "terminal_ref": terminal_ref,
            },
            idempotency_key,
        )
        return answer

    def receivables_pause_letters(
        self, customer: int, *, reason: str, until_on: str, idempotency_key: str | None = None
    ) -> s.PauseOut:
        """Write no letters until the end of a day, for a reason; a pause that holds gives way to the new one."""
        answer: s.PauseOut = self._post(
            f"/api/v1/credits/{in_path(customer)}/pause-letters",
            {"reason": reason, "until_on": until_on},
            idempotency_key,
        )
        return answer

    def receivables_reject_write_off(
        self, receipt: str, *, reason: str, idempotency_key: str | None = None
    ) -> s.ApprovalOut:
        """Refuse to give it up, and say why."""
        answer: s.ApprovalOut = self._post(
            f"/api/v1/debts/{in_path(receipt)}/reject-write-off", {"reason": reason}, idempotency_key
        )
        return answer

    def receivables_remind(self, customer: int, *, idempotency_key: str | None = None) -> s.LetterOut:
        """Write to a customer of what is overdue: once for each debt and level, at most one letter a day."""
        answer: s.LetterOut = self._post(f"/api/v1/credits/{in_path(customer)}/remind", {}, idempotency_key)
        return answer

    def receivables_resume_letters(self, customer: int, *, idempotency_key: str | None = None) -> s.PauseOut:
        """Write again, before the pause is over."""
        answer: s.PauseOut = self._post(f"/api/v1/credits/{in_path(customer)}/resume-letters", {}, idempotency_key)
        return answer

    def registration_confirm(self, number: str, *, idempotency_key: str | None = None) -> s.Done:
        """Take it over: the owner's card, the appliance's card with its day of purchase, and the proof beside
        it."""
        answer: s.Done = self._post(f"/api/v1/registrations/{in_path(number)}/confirm", {}, idempotency_key)
        return answer

    def registration_refuse(
        self, number: str, *, reason: str, idempotency_key: str | None = None
    ) -> s.RegistrationSeen:
        """Do not take it over, and write down why."""
        answer: s.RegistrationSeen = self._post(
            f"/api/v1/registrations/{in_path(number)}/refuse", {"reason": reason}, idempotency_key
        )
        return answer

    def registration_register(
        self,
        *,
        brand: str,
        consent: bool,
        contact_name: str,
        phone: str,
        product_line: str,
        proofs: list[int],
        purchased_on: str,
        serial: str,
        unit: str,
        channel: s.WorkorderChannel | LeftOut = LEFT_OUT,
        invoice_no: str | LeftOut = LEFT_OUT,
        model: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.RegistrationSeen:
        """Take down what the owner tells of an appliance, with the pictures that prove its purchase."""
        answer: s.RegistrationSeen = self._post(
            f"/api/v1/registrations",
            {
                "brand": brand,
                "channel": channel,
                "consent": consent,
                "contact_name": contact_name,
                "invoice_no": invoice_no,
                "model": model,
                "phone": phone,
                "product_line": product_line,
                "proofs": proofs,
                "purchased_on": purchased_on,
                "serial": serial,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def registration_registrations(
        self,
        *,
        state: list[s.RegistrationRegistrationState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.RegistrationRegistrationsPage:
        """What owners registered, as far as the asker may see it."""
        answer: s.RegistrationRegistrationsPage = self._get(
            f"/api/v1/registrations",
            {"state": state, "unit": unit, "serial": serial, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_registration_registrations(
        self,
        *,
        state: list[s.RegistrationRegistrationState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        serial: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.RegistrationSeen]:
        """What owners registered, as far as the asker may see it."""
        answer: Iterator[s.RegistrationSeen] = self._pages(
            f"/api/v1/registrations", {"state": state, "unit": unit, "serial": serial, "sort": sort, "limit": limit}
        )
        return answer

    def reports_close_cash_day(
        self, key: int, *, remark: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.CashDaySeen:
        """Look at a day's report and close the day: nothing is booked on it any more, late facts stand in the
        next one."""
        answer: s.CashDaySeen = self._post(
            f"/api/v1/cash-days/{in_path(key)}/close", {"remark": remark}, idempotency_key
        )
        return answer

    def reports_confirm_report(
        self, key: int, *, remark: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.ReportSeen:
        """The keeper stands for a report, with a word about it where one is needed."""
        answer: s.ReportSeen = self._post(
            f"/api/v1/store-reports/{in_path(key)}/confirm", {"remark": remark}, idempotency_key
        )
        return answer

    def reports_store_reports(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        kind: list[s.ReportsReportKind] | LeftOut = LEFT_OUT,
        starts_from: str | LeftOut = LEFT_OUT,
        is_unconfirmed: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.ReportsStoreReportsPage:
        """Every report that this person may see, the newest first."""
        answer: s.ReportsStoreReportsPage = self._get(
            f"/api/v1/store-reports",
            {
                "unit": unit,
                "store": store,
                "kind": kind,
                "starts_from": starts_from,
                "is_unconfirmed": is_unconfirmed,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_reports_store_reports(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        kind: list[s.ReportsReportKind] | LeftOut = LEFT_OUT,
        starts_from: str | LeftOut = LEFT_OUT,
        is_unconfirmed: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ReportSeen]:
        """Every report that this person may see, the newest first."""
        answer: Iterator[s.ReportSeen] = self._pages(
            f"/api/v1/store-reports",
            {
                "unit": unit,
                "store": store,
                "kind": kind,
                "starts_from": starts_from,
                "is_unconfirmed": is_unconfirmed,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def requests_requests(
        self,
        *,
        state: list[s.IntakeRequestState] | LeftOut = LEFT_OUT,
        channel: list[s.WorkorderChannel] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.RequestsRequestsPage:
        """What customers asked for, as far as the asker may see it."""
        answer: s.RequestsRequestsPage = self._get(
            f"/api/v1/requests",
            {
                "state": state,
                "channel": channel,
                "unit": unit,
                "customer": customer,
                "order": order,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_requests_requests(
        self,
        *,
        state: list[s.IntakeRequestState] | LeftOut = LEFT_OUT,
        channel: list[s.WorkorderChannel] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.RequestSeen]:
        """What customers asked for, as far as the asker may see it."""
        answer: Iterator[s.RequestSeen] = self._pages(
            f"/api/v1/requests",
            {
                "state": state,
                "channel": channel,
                "unit": unit,
                "customer": customer,
                "order": order,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def requisitions_ask(
        self, *, lines: list[s.WishIn], purpose: str, store: int, idempotency_key: str | None = None
    ) -> s.RequisitionOut:
        """Ask a store for parts that no job needs."""
        answer: s.RequisitionOut = self._post(
            f"/api/v1/requisitions", {"lines": lines, "purpose": purpose, "store": store}, idempotency_key
        )
        return answer

    def requisitions_issue(
        self, number: str, *, picks: list[s.PickIn], idempotency_key: str | None = None
    ) -> s.RequisitionOut:
        """Hand out what was signed for, or as much of it as there is; what is still needed then is asked for
        anew."""
        answer: s.RequisitionOut = self._post(
            f"/api/v1/requisitions/{in_path(number)}/issue", {"picks": picks}, idempotency_key
        )
        return answer

    def requisitions_refuse(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.RequisitionOut:
        """Do not sign it; whoever asked sees why."""
        answer: s.RequisitionOut = self._post(
            f"/api/v1/requisitions/{in_path(number)}/refuse", {"reason": reason}, idempotency_key
        )
        return answer

    def requisitions_requisitions(
        self,
        *,
        state: list[s.RequisitionsState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        asked_from: str | LeftOut = LEFT_OUT,
        asked_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.RequisitionsRequisitionsPage:
        """The requisitions of the asker's units, and the asker's own."""
        answer: s.RequisitionsRequisitionsPage = self._get(
            f"/api/v1/requisitions",
            {
                "state": state,
                "unit": unit,
                "asked_from": asked_from,
                "asked_before": asked_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_requisitions_requisitions(
        self,
        *,
        state: list[s.RequisitionsState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        asked_from: str | LeftOut = LEFT_OUT,
        asked_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.RequisitionRow]:
        """The requisitions of the asker's units, and the asker's own."""
        answer: Iterator[s.RequisitionRow] = self._pages(
            f"/api/v1/requisitions",
            {
                "state": state,
                "unit": unit,
                "asked_from": asked_from,
                "asked_before": asked_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def requisitions_sign(self, number: str, *, idempotency_key: str | None = None) -> s.RequisitionOut:
        """Answer for it that the parts are needed; another than who asked."""
        answer: s.RequisitionOut = self._post(f"/api/v1/requisitions/{in_path(number)}/sign", {}, idempotency_key)
        return answer

    def requisitions_take_back(
        self,
        number: str,
        *,
        bin: int,
        part: str,
        quantity: int,
        serials: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.RequisitionOut:
        """Put back on the shelf what was not used."""
        answer: s.RequisitionOut = self._post(
            f"/api/v1/requisitions/{in_path(number)}/take-back",
            {"bin": bin, "part": part, "quantity": quantity, "serials": serials},
            idempotency_key,
        )
        return answer

    def requisitions_withdraw(
        self, number: str, *, reason: str, idempotency_key: str | None = None
    ) -> s.RequisitionOut:
        """It is not needed any more, and nothing of it was handed out."""
        answer: s.RequisitionOut = self._post(
            f"/api/v1/requisitions/{in_path(number)}/withdraw", {"reason": reason}, idempotency_key
        )
        return answer

    def stock_add_bin(self, key: int, *, code: str, idempotency_key: str | None = None) -> s.BinOut:
        """Put up a bin in a store."""
        answer: s.BinOut = self._post(f"/api/v1/stores/{in_path(key)}/add-bin", {"code": code}, idempotency_key)
        return answer

    def stock_adjust(
        self,
        *,
        bin: int,
        direction: s.StockDirection,
        document: str,
        part: str,
        quantity: int,
        reason: str,
        condition: s.StockCondition | LeftOut = LEFT_OUT,
        lot: str | LeftOut = LEFT_OUT,
        owner: s.StockOwner | LeftOut = LEFT_OUT,
        serials: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.Moved:
        """Bring the book level with what was counted: the difference moves to *lost*, or comes from *found*."""
        answer: s.Moved = self._post(
            f"/api/v1/stock/adjust",
            {
                "bin": bin,
                "condition": condition,
                "direction": direction,
                "document": document,
                "lot": lot,
                "owner": owner,
                "part": part,
                "quantity": quantity,
                "reason": reason,
                "serials": serials,
            },
            idempotency_key,
        )
        return answer

    def stock_bins(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        code: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.StockBinsPage:
        """The bins of the stores that the asker may see."""
        answer: s.StockBinsPage = self._get(
            f"/api/v1/bins",
            {"unit": unit, "store": store, "code": code, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_stock_bins(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        code: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.BinOut]:
        """The bins of the stores that the asker may see."""
        answer: Iterator[s.BinOut] = self._pages(
            f"/api/v1/bins", {"unit": unit, "store": store, "code": code, "sort": sort, "limit": limit}
        )
        return answer

    def stock_clear(
        self,
        *,
        bin: int,
        document: str,
        part: str,
        quantity: int,
        reason: str,
        condition: s.StockCondition | LeftOut = LEFT_OUT,
        lot: str | LeftOut = LEFT_OUT,
        owner: s.StockOwner | LeftOut = LEFT_OUT,
        serials: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.Moved:
        """Put what was set apart back among the good ones: somebody has looked at it."""
        answer: s.Moved = self._post(
            f"/api/v1/stock/clear",
            {
                "bin": bin,
                "condition": condition,
                "document": document,
                "lot": lot,
                "owner": owner,
                "part": part,
                "quantity": quantity,
                "reason": reason,
                "serials": serials,
            },
            idempotency_key,
        )
        return answer

    def stock_close_period(
        self, code: str, *, ends_at: str, starts_at: str, idempotency_key: str | None = None
    ) -> s.PeriodOut:
        """Close a unit's stock book for a time that is over."""
        answer: s.PeriodOut = self._post(
            f"/api/v1/units/{in_path(code)}/close-stock-period",
            {"ends_at": ends_at, "starts_at": starts_at},
            idempotency_key,
        )
        return answer

    def stock_move(
        self,
        *,
        bin: int,
        document: str,
        part: str,
        quantity: int,
        to_bin: int,
        condition: s.StockCondition | LeftOut = LEFT_OUT,
        lot: str | LeftOut = LEFT_OUT,
        owner: s.StockOwner | LeftOut = LEFT_OUT,
        serials: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.Moved:
        """Put pieces into another bin of the same unit; what they are does not change."""
        answer: s.Moved = self._post(
            f"/api/v1/stock/move",
            {
                "bin": bin,
                "condition": condition,
                "document": document,
                "lot": lot,
                "owner": owner,
                "part": part,
                "quantity": quantity,
                "serials": serials,
                "to_bin": to_bin,
            },
            idempotency_key,
        )
        return answer

    def stock_moves(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        movement: list[s.StockMovement] | LeftOut = LEFT_OUT,
        document: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.StockMovesPage:
        """How parts moved in the stores that the asker may see, but for the bins that the asker counts (F10)."""
        answer: s.StockMovesPage = self._get(
            f"/api/v1/stock-moves",
            {
                "part": part,
                "movement": movement,
                "document": document,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_stock_moves(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        movement: list[s.StockMovement] | LeftOut = LEFT_OUT,
        document: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.MoveOut]:
        """How parts moved in the stores that the asker may see, but for the bins that the asker counts (F10)."""
        answer: Iterator[s.MoveOut] = self._pages(
            f"/api/v1/stock-moves",
            {
                "part": part,
                "movement": movement,
                "document": document,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def stock_on_hand(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        kind: list[s.StockPlace] | LeftOut = LEFT_OUT,
        owner: list[s.StockOwner] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        bin: int | LeftOut = LEFT_OUT,
        reference: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "part", "-part", "quantity", "-quantity"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.StockOnHandPage:
        """What lies where, as far as the asker may see it; places where nothing is left out, and bins that the
        asker counts (F10)."""
        answer: s.StockOnHandPage = self._get(
            f"/api/v1/stock",
            {
                "part": part,
                "kind": kind,
                "owner": owner,
                "unit": unit,
                "store": store,
                "bin": bin,
                "reference": reference,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_stock_on_hand(
        self,
        *,
        part: str | LeftOut = LEFT_OUT,
        kind: list[s.StockPlace] | LeftOut = LEFT_OUT,
        owner: list[s.StockOwner] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        store: str | LeftOut = LEFT_OUT,
        bin: int | LeftOut = LEFT_OUT,
        reference: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "part", "-part", "quantity", "-quantity"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.LyingOut]:
        """What lies where, as far as the asker may see it; places where nothing is left out, and bins that the
        asker counts (F10)."""
        answer: Iterator[s.LyingOut] = self._pages(
            f"/api/v1/stock",
            {
                "part": part,
                "kind": kind,
                "owner": owner,
                "unit": unit,
                "store": store,
                "bin": bin,
                "reference": reference,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def stock_open_store(
        self, *, code: str, kind: s.StockStoreKind, names: dict[str, str], unit: str, idempotency_key: str | None = None
    ) -> s.StoreOut:
        """Set up a store in a unit."""
        answer: s.StoreOut = self._post(
            f"/api/v1/stores", {"code": code, "kind": kind, "names": names, "unit": unit}, idempotency_key
        )
        return answer

    def stock_scrap(
        self,
        *,
        bin: int,
        document: str,
        part: str,
        quantity: int,
        reason: str,
        condition: s.StockCondition | LeftOut = LEFT_OUT,
        lot: str | LeftOut = LEFT_OUT,
        owner: s.StockOwner | LeftOut = LEFT_OUT,
        serials: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.Moved:
        """Throw away what was set apart; a good part is never scrapped from its shelf."""
        answer: s.Moved = self._post(
            f"/api/v1/stock/scrap",
            {
                "bin": bin,
                "condition": condition,
                "document": document,
                "lot": lot,
                "owner": owner,
                "part": part,
                "quantity": quantity,
                "reason": reason,
                "serials": serials,
            },
            idempotency_key,
        )
        return answer

    def stock_send_back(
        self,
        *,
        bin: int,
        document: str,
        part: str,
        quantity: int,
        condition: s.StockCondition | LeftOut = LEFT_OUT,
        lot: str | LeftOut = LEFT_OUT,
        owner: s.StockOwner | LeftOut = LEFT_OUT,
        serials: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.Moved:
        """Give back to whoever sent it what was set apart for that."""
        answer: s.Moved = self._post(
            f"/api/v1/stock/send-back",
            {
                "bin": bin,
                "condition": condition,
                "document": document,
                "lot": lot,
                "owner": owner,
                "part": part,
                "quantity": quantity,
                "serials": serials,
            },
            idempotency_key,
        )
        return answer

    def stock_set_apart(
        self,
        *,
        becomes: s.StockCondition,
        bin: int,
        document: str,
        part: str,
        quantity: int,
        reason: str,
        condition: s.StockCondition | LeftOut = LEFT_OUT,
        lot: str | LeftOut = LEFT_OUT,
        owner: s.StockOwner | LeftOut = LEFT_OUT,
        serials: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.Moved:
        """Set pieces apart in their bin: from now on nobody reserves them."""
        answer: s.Moved = self._post(
            f"/api/v1/stock/set-apart",
            {
                "becomes": becomes,
                "bin": bin,
                "condition": condition,
                "document": document,
                "lot": lot,
                "owner": owner,
                "part": part,
                "quantity": quantity,
                "reason": reason,
                "serials": serials,
            },
            idempotency_key,
        )
        return answer

    def stock_stores(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        kind: list[s.StockStoreKind] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.StockStoresPage:
        """The stores that the asker may see."""
        answer: s.StockStoresPage = self._get(
            f"/api/v1/stores", {"unit": unit, "kind": kind, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_stock_stores(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        kind: list[s.StockStoreKind] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "code", "-code"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.StoreOut]:
        """The stores that the asker may see."""
        answer: Iterator[s.StoreOut] = self._pages(
            f"/api/v1/stores", {"unit": unit, "kind": kind, "sort": sort, "limit": limit}
        )
        return answer

    def stock_undo(
        self, *, document: str, moves: list[int], reason: str, idempotency_key: str | None = None
    ) -> s.Moved:
        """Take back a receipt or a count that was entered by mistake; once."""
        answer: s.Moved = self._post(
            f"/api/v1/stock/undo", {"document": document, "moves": moves, "reason": reason}, idempotency_key
        )
        return answer

    def storeroom_answer_available(self, number: str, *, bin: int, idempotency_key: str | None = None) -> s.RequestOut:
        """Say that the part is here, and reserve it for the job."""
        answer: s.RequestOut = self._post(
            f"/api/v1/part-requests/{in_path(number)}/answer-available", {"bin": bin}, idempotency_key
        )
        return answer

    def storeroom_answer_none(
        self,
        number: str,
        *,
        basis: str | LeftOut = LEFT_OUT,
        expected_on: str | None | LeftOut = LEFT_OUT,
        is_emergency: bool | LeftOut = LEFT_OUT,
        kind: s.StoreroomProcurementKind | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.RequestOut:
        """Say that the part is not here, and have it bought or sent for the job in the same breath."""
        answer: s.RequestOut = self._post(
            f"/api/v1/part-requests/{in_path(number)}/answer-none",
            {"basis": basis, "expected_on": expected_on, "is_emergency": is_emergency, "kind": kind},
            idempotency_key,
        )
        return answer

    def storeroom_ask_scrap(self, tag: str, *, reason: str, idempotency_key: str | None = None) -> s.OldPartSeen:
        """Ask that an old part is destroyed; a second person sees it done."""
        answer: s.OldPartSeen = self._post(
            f"/api/v1/old-parts/{in_path(tag)}/ask-scrap", {"reason": reason}, idempotency_key
        )
        return answer

    def storeroom_audit_old_part(
        self,
        tag: str,
        *,
        result: s.StoreroomAuditResult,
        note: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OldPartSeen:
        """Say what one of the sample really is; with the last one the parcel is done."""
        answer: s.OldPartSeen = self._post(
            f"/api/v1/old-parts/{in_path(tag)}/examine", {"note": note, "result": result}, idempotency_key
        )
        return answer

    def storeroom_buy_again(
        self, number: str, *, is_emergency: bool | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.RequestOut:
        """Ask anew to buy what the job waits for, because the purchase before came to nothing; one that stands
        stays the one."""
        answer: s.RequestOut = self._post(
            f"/api/v1/part-requests/{in_path(number)}/buy-again", {"is_emergency": is_emergency}, idempotency_key
        )
        return answer

    def storeroom_cancel_request(self, number: str, *, idempotency_key: str | None = None) -> s.RequestOut:
        """The job no longer needs the part: free what was reserved and stop what was ordered."""
        answer: s.RequestOut = self._post(f"/api/v1/part-requests/{in_path(number)}/cancel", {}, idempotency_key)
        return answer

    def storeroom_credit_old_part(
        self, tag: str, *, credit_minor: int, reference: str, idempotency_key: str | None = None
    ) -> s.OldPartSeen:
        """The supplier has credited the core of an old part that came to head office."""
        answer: s.OldPartSeen = self._post(
            f"/api/v1/old-parts/{in_path(tag)}/credit",
            {"credit_minor": credit_minor, "reference": reference},
            idempotency_key,
        )
        return answer

    def storeroom_expect_on(
        self, number: str, *, basis: str, expected_on: str, idempotency_key: str | None = None
    ) -> s.RequestOut:
        """Note the date on which the ordered part should come, and where that date is from."""
        answer: s.RequestOut = self._post(
            f"/api/v1/part-requests/{in_path(number)}/expect-on",
            {"basis": basis, "expected_on": expected_on},
            idempotency_key,
        )
        return answer

    def storeroom_find_old_part(self, tag: str, *, idempotency_key: str | None = None) -> s.OldPartSeen:
        """An old part that was missing lies here after all; nothing is charged for it."""
        answer: s.OldPartSeen = self._post(f"/api/v1/old-parts/{in_path(tag)}/find", {}, idempotency_key)
        return answer

    def storeroom_issue(self, number: str, *, idempotency_key: str | None = None) -> s.RequestOut:
        """Hand the reserved part to the job."""
        answer: s.RequestOut = self._post(f"/api/v1/part-requests/{in_path(number)}/issue", {}, idempotency_key)
        return answer

    def storeroom_miss_old_part(self, tag: str, *, note: str, idempotency_key: str | None = None) -> s.OldPartSeen:
        """An old part that should lie here is not found; it is charged."""
        answer: s.OldPartSeen = self._post(f"/api/v1/old-parts/{in_path(tag)}/miss", {"note": note}, idempotency_key)
        return answer

    def storeroom_old_part_batches(
        self,
        *,
        state: list[s.StoreroomBatchState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.StoreroomOldPartBatchesPage:
        """The parcels that the asker may see."""
        answer: s.StoreroomOldPartBatchesPage = self._get(
            f"/api/v1/old-part-batches", {"state": state, "unit": unit, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_storeroom_old_part_batches(
        self,
        *,
        state: list[s.StoreroomBatchState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.BatchSeen]:
        """The parcels that the asker may see."""
        answer: Iterator[s.BatchSeen] = self._pages(
            f"/api/v1/old-part-batches", {"state": state, "unit": unit, "sort": sort, "limit": limit}
        )
        return answer

    def storeroom_old_parts(
        self,
        *,
        state: list[s.StoreroomOldPartState] | LeftOut = LEFT_OUT,
        outcome: list[s.StoreroomOldPartOutcome] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        part: str | LeftOut = LEFT_OUT,
        is_chargeable: bool | LeftOut = LEFT_OUT,
        due_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.StoreroomOldPartsPage:
        """The old parts that the asker may see."""
        answer: s.StoreroomOldPartsPage = self._get(
            f"/api/v1/old-parts",
            {
                "state": state,
                "outcome": outcome,
                "order": order,
                "unit": unit,
                "part": part,
                "is_chargeable": is_chargeable,
                "due_before": due_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_storeroom_old_parts(
        self,
        *,
        state: list[s.StoreroomOldPartState] | LeftOut = LEFT_OUT,
        outcome: list[s.StoreroomOldPartOutcome] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        part: str | LeftOut = LEFT_OUT,
        is_chargeable: bool | LeftOut = LEFT_OUT,
        due_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.OldPartSeen]:
        """The old parts that the asker may see."""
        answer: Iterator[s.OldPartSeen] = self._pages(
            f"/api/v1/old-parts",
            {
                "state": state,
                "outcome": outcome,
                "order": order,
                "unit": unit,
                "part": part,
                "is_chargeable": is_chargeable,
                "due_before": due_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def storeroom_part_requests(
        self,
        *,
        state: list[s.StoreroomRequestState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        part: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        answer_before: str | LeftOut = LEFT_OUT,
        requested_from: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "answer_by", "-answer_by", "requested_at", "-requested_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.StoreroomPartRequestsPage:
        """What the jobs asked the stores for, as far as the asker may see it."""
        answer: s.StoreroomPartRequestsPage = self._get(
            f"/api/v1/part-requests",
            {
                "state": state,
                "order": order,
                "part": part,
                "unit": unit,
                "answer_before": answer_before,
                "requested_from": requested_from,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_storeroom_part_requests(
        self,
        *,
        state: list[s.StoreroomRequestState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        part: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        answer_before: str | LeftOut = LEFT_OUT,
        requested_from: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "answer_by", "-answer_by", "requested_at", "-requested_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.RequestOut]:
        """What the jobs asked the stores for, as far as the asker may see it."""
        answer: Iterator[s.RequestOut] = self._pages(
            f"/api/v1/part-requests",
            {
                "state": state,
                "order": order,
                "part": part,
                "unit": unit,
                "answer_before": answer_before,
                "requested_from": requested_from,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def storeroom_queue(self) -> list[s.WaitingOut]:
        """The requests that the store has to act on, the most urgent first."""
        answer: list[s.WaitingOut] = self._get(f"/api/v1/part-requests/queue", {})
        return answer

    def storeroom_receive_old_parts(
        self, number: str, *, found: list[str], idempotency_key: str | None = None
    ) -> s.BatchSeen:
        """Open an outlet's parcel at head office: what is in it has come, what is not is missing and charged; a
        sample is to be examined."""
        answer: s.BatchSeen = self._post(
            f"/api/v1/old-part-batches/{in_path(number)}/receive", {"found": found}, idempotency_key
        )
        return answer

    def storeroom_receive_stock(
        self,
        *,
        bin: int,
        document: str,
        part: str,
        quantity: int,
        expires_on: str | None | LeftOut = LEFT_OUT,
        lot: str | LeftOut = LEFT_OUT,
        serials: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.Done:
        """Put delivered parts on their shelf, against the delivery note."""
        answer: s.Done = self._post(
            f"/api/v1/stock/receive",
            {
                "bin": bin,
                "document": document,
                "expires_on": expires_on,
                "lot": lot,
                "part": part,
                "quantity": quantity,
                "serials": serials,
            },
            idempotency_key,
        )
        return answer

    def storeroom_record_old_part(
        self,
        number: str,
        *,
        condition: str,
        outcome: s.StoreroomOldPartOutcome,
        quantity: int,
        serial: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OldPartOut:
        """Tag the part that came out, and say what becomes of it."""
        answer: s.OldPartOut = self._post(
            f"/api/v1/part-requests/{in_path(number)}/record-old-part",
            {"condition": condition, "outcome": outcome, "quantity": quantity, "serial": serial},
            idempotency_key,
        )
        return answer

    def storeroom_request_part(
        self,
        number: str,
        *,
        part: str,
        quantity: int,
        need_by: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.RequestOut:
        """Ask the store for a part for this job."""
        answer: s.RequestOut = self._post(
            f"/api/v1/orders/{in_path(number)}/request-part",
            {"need_by": need_by, "part": part, "quantity": quantity},
            idempotency_key,
        )
        return answer

    def storeroom_reserve_arrived(self, number: str, *, bin: int, idempotency_key: str | None = None) -> s.RequestOut:
        """The ordered part has come: reserve it for the job that waits for it."""
        answer: s.RequestOut = self._post(
            f"/api/v1/part-requests/{in_path(number)}/reserve-arrived", {"bin": bin}, idempotency_key
        )
        return answer

    def storeroom_scrap_old_part(self, tag: str, *, idempotency_key: str | None = None) -> s.OldPartSeen:
        """Confirm, as the second person, that an old part is destroyed."""
        answer: s.OldPartSeen = self._post(f"/api/v1/old-parts/{in_path(tag)}/scrap", {}, idempotency_key)
        return answer

    def storeroom_send_old_parts(
        self,
        *,
        parts: list[str],
        unit: str,
        waybill: str,
        carrier: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.BatchSeen:
        """Send old parts back to head office in one parcel."""
        answer: s.BatchSeen = self._post(
            f"/api/v1/old-part-batches",
            {"carrier": carrier, "parts": parts, "unit": unit, "waybill": waybill},
            idempotency_key,
        )
        return answer

    def storeroom_take_back(self, number: str, *, quantity: int, idempotency_key: str | None = None) -> s.RequestOut:
        """Put parts that the job did not use back on their shelf."""
        answer: s.RequestOut = self._post(
            f"/api/v1/part-requests/{in_path(number)}/take-back", {"quantity": quantity}, idempotency_key
        )
        return answer

    def supply_abandon_sourcing(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.SourcingOut:
        """Give up this search: what was approved can be sourced anew."""
        answer: s.SourcingOut = self._post(
            f"/api/v1/sourcings/{in_path(number)}/abandon", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_admit_supplier(self, code: str, *, idempotency_key: str | None = None) -> s.SupplierOut:
        """Buy there from now on; by somebody else than who proposed it."""
        answer: s.SupplierOut = self._post(f"/api/v1/suppliers/{in_path(code)}/admit", {}, idempotency_key)
        return answer

    def supply_appoint_delivery(
        self, number: str, *, appointed_at: str, carrier: str, idempotency_key: str | None = None
    ) -> s.PurchaseOrderOut:
        """Agree with the carrier when the delivery comes to the door."""
        answer: s.PurchaseOrderOut = self._post(
            f"/api/v1/purchase-orders/{in_path(number)}/appoint",
            {"appointed_at": appointed_at, "carrier": carrier},
            idempotency_key,
        )
        return answer

    def supply_approve_order(
        self, number: str, *, decision: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.PurchaseOrderWhole:
        """Let the order go out: within one's limit, by somebody who neither buys nor asked for it."""
        answer: s.PurchaseOrderWhole = self._post(
            f"/api/v1/purchase-orders/{in_path(number)}/approve", {"decision": decision}, idempotency_key
        )
        return answer

    def supply_approve_request(
        self, number: str, *, total_minor: int, decision: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.PurchaseOut:
        """Allow that it is bought: within one's limit, and never what one asked for oneself."""
        answer: s.PurchaseOut = self._post(
            f"/api/v1/purchases/{in_path(number)}/approve",
            {"decision": decision, "total_minor": total_minor},
            idempotency_key,
        )
        return answer

    def supply_ask_bank(
        self, code: str, *, account: str, bank: str, basis: str, holder: str, idempotency_key: str | None = None
    ) -> s.AccountOut:
        """Note another account of a supplier; money goes there only once a second person has verified it."""
        answer: s.AccountOut = self._post(
            f"/api/v1/suppliers/{in_path(code)}/ask-account",
            {"account": account, "bank": bank, "basis": basis, "holder": holder},
            idempotency_key,
        )
        return answer

    def supply_ask_exception(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.SourcingOut:
        """Say why fewer offers must do than the method asks for; somebody else has to allow it."""
        answer: s.SourcingOut = self._post(
            f"/api/v1/sourcings/{in_path(number)}/ask-exception", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_award(
        self, key: int, *, reason: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.SourcingOut:
        """Choose an offer: the cheapest that is valid, or a dearer one for a reason."""
        answer: s.SourcingOut = self._post(
            f"/api/v1/supplier-quotes/{in_path(key)}/award", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_buy_centrally(self, *, part: str, reason: str, idempotency_key: str | None = None) -> s.CentralOut:
        """Let only the central buyer buy this part from now on."""
        answer: s.CentralOut = self._post(f"/api/v1/central-parts", {"part": part, "reason": reason}, idempotency_key)
        return answer

    def supply_buy_with_few(self, number: str, *, because: str, idempotency_key: str | None = None) -> s.PurchaseOut:
        """Let as few people do as the unit's figure of the day allows, before it is approved; the auditor
        reviews it afterwards."""
        answer: s.PurchaseOut = self._post(
            f"/api/v1/purchases/{in_path(number)}/buy-with-few", {"because": because}, idempotency_key
        )
        return answer

    def supply_cancel_order(
        self, number: str, *, reason: str, agreed: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.PurchaseOrderWhole:
        """Call the order off before anything of it has come; what was approved can be ordered anew."""
        answer: s.PurchaseOrderWhole = self._post(
            f"/api/v1/purchase-orders/{in_path(number)}/cancel", {"agreed": agreed, "reason": reason}, idempotency_key
        )
        return answer

    def supply_cancel_request(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.PurchaseOut:
        """Give it up before anybody has begun to buy."""
        answer: s.PurchaseOut = self._post(
            f"/api/v1/purchases/{in_path(number)}/cancel", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_close_short(
        self, number: str, *, reason: str, idempotency_key: str | None = None
    ) -> s.PurchaseOrderWhole:
        """Wait no longer for what is missing of it; whoever waits for it is told."""
        answer: s.PurchaseOrderWhole = self._post(
            f"/api/v1/purchase-orders/{in_path(number)}/close-short", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_confirm_order(
        self, number: str, *, expected_on: str, total_minor: int, idempotency_key: str | None = None
    ) -> s.PurchaseOrderWhole:
        """Note that the supplier confirmed it, for which day; whoever waits for a line of it is told."""
        answer: s.PurchaseOrderWhole = self._post(
            f"/api/v1/purchase-orders/{in_path(number)}/confirm",
            {"expected_on": expected_on, "total_minor": total_minor},
            idempotency_key,
        )
        return answer

    def supply_draft_order(
        self, number: str, *, terms: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.PurchaseOrderWhole:
        """Write the order to the supplier that was chosen: every line of every request, each to its own unit."""
        answer: s.PurchaseOrderWhole = self._post(
            f"/api/v1/sourcings/{in_path(number)}/order", {"terms": terms}, idempotency_key
        )
        return answer

    def supply_draft_request(
        self,
        *,
        lines: list[s.WantedIn],
        reason: str,
        unit: str,
        is_emergency: bool | LeftOut = LEFT_OUT,
        need_by: str | None | LeftOut = LEFT_OUT,
        purpose: s.SupplyPurpose | LeftOut = LEFT_OUT,
        reference: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.PurchaseOut:
        """Write down what should be bought for a unit; it is yours until you submit it."""
        answer: s.PurchaseOut = self._post(
            f"/api/v1/purchases",
            {
                "is_emergency": is_emergency,
                "lines": lines,
                "need_by": need_by,
                "purpose": purpose,
                "reason": reason,
                "reference": reference,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def supply_enter_invoice(
        self,
        number: str,
        *,
        amount_minor: int,
        lines: list[s.BilledIn],
        reference: str,
        idempotency_key: str | None = None,
    ) -> s.SupplierInvoiceOut:
        """Write down what the supplier asks for an order."""
        answer: s.SupplierInvoiceOut = self._post(
            f"/api/v1/purchase-orders/{in_path(number)}/enter-invoice",
            {"amount_minor": amount_minor, "lines": lines, "reference": reference},
            idempotency_key,
        )
        return answer

    def supply_estimate(
        self, key: int, *, estimate_minor: int, idempotency_key: str | None = None
    ) -> s.PurchaseLineOut:
        """Say what one is thought to cost, while the request is not approved."""
        answer: s.PurchaseLineOut = self._post(
            f"/api/v1/purchase-lines/{in_path(key)}/estimate", {"estimate_minor": estimate_minor}, idempotency_key
        )
        return answer

    def supply_grant_exception(self, number: str, *, idempotency_key: str | None = None) -> s.SourcingOut:
        """Allow that fewer offers do, for the reason that the buyer gave."""
        answer: s.SourcingOut = self._post(f"/api/v1/sourcings/{in_path(number)}/grant-exception", {}, idempotency_key)
        return answer

    def supply_inspect(
        self, number: str, *, lines: list[s.InspectedIn], idempotency_key: str | None = None
    ) -> s.GoodsReceiptOut:
        """Say of every counted line how many are good; a dear delivery is inspected by somebody else than who
        counted it."""
        answer: s.GoodsReceiptOut = self._post(
            f"/api/v1/goods-receipts/{in_path(number)}/inspect", {"lines": lines}, idempotency_key
        )
        return answer

    def supply_match_invoice(self, number: str, *, idempotency_key: str | None = None) -> s.SupplierInvoiceOut:
        """Compare it with the order and with what was accepted; what agrees may be paid, what does not says why."""
        answer: s.SupplierInvoiceOut = self._post(
            f"/api/v1/supplier-invoices/{in_path(number)}/match", {}, idempotency_key
        )
        return answer

    def supply_pay_invoice(
        self, number: str, *, payment: str, idempotency_key: str | None = None
    ) -> s.SupplierInvoiceOut:
        """Note that a matched invoice was paid, to the account that is in force."""
        answer: s.SupplierInvoiceOut = self._post(
            f"/api/v1/supplier-invoices/{in_path(number)}/pay", {"payment": payment}, idempotency_key
        )
        return answer

    def supply_postpone_order(
        self, number: str, *, expected_on: str, reason: str, idempotency_key: str | None = None
    ) -> s.PurchaseOrderWhole:
        """Note another day for what is still to come, as the supplier says."""
        answer: s.PurchaseOrderWhole = self._post(
            f"/api/v1/purchase-orders/{in_path(number)}/postpone",
            {"expected_on": expected_on, "reason": reason},
            idempotency_key,
        )
        return answer

    def supply_propose_supplier(
        self,
        *,
        categories: list[s.SupplyCategory],
        code: str,
        name: str,
        contact: str | LeftOut = LEFT_OUT,
        licence_no: str | LeftOut = LEFT_OUT,
        phone: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.SupplierOut:
        """Write down a house to buy from; nothing is ordered there before somebody else has admitted it."""
        answer: s.SupplierOut = self._post(
            f"/api/v1/suppliers",
            {
                "categories": categories,
                "code": code,
                "contact": contact,
                "licence_no": licence_no,
                "name": name,
                "phone": phone,
            },
            idempotency_key,
        )
        return answer

    def supply_purchases(
        self,
        *,
        state: list[s.SupplyRequestState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.SupplyPurchasesPage:
        """What is asked to be bought, as far as the asker may see it."""
        answer: s.SupplyPurchasesPage = self._get(
            f"/api/v1/purchases", {"state": state, "unit": unit, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_supply_purchases(
        self,
        *,
        state: list[s.SupplyRequestState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PurchaseOut]:
        """What is asked to be bought, as far as the asker may see it."""
        answer: Iterator[s.PurchaseOut] = self._pages(
            f"/api/v1/purchases", {"state": state, "unit": unit, "sort": sort, "limit": limit}
        )
        return answer

    def supply_put_away(
        self, number: str, *, bins: list[s.LiesIn], idempotency_key: str | None = None
    ) -> s.GoodsReceiptOut:
        """Put the accepted pieces on their shelf: only now are they stock; whoever waits for one is told."""
        answer: s.GoodsReceiptOut = self._post(
            f"/api/v1/goods-receipts/{in_path(number)}/put-away", {"bins": bins}, idempotency_key
        )
        return answer

    def supply_receipts(
        self,
        *,
        state: list[s.SupplyReceiptState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.SupplyReceiptsPage:
        """What was delivered, and what of it was good."""
        answer: s.SupplyReceiptsPage = self._get(
            f"/api/v1/goods-receipts", {"state": state, "order": order, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_supply_receipts(
        self,
        *,
        state: list[s.SupplyReceiptState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.GoodsReceiptOut]:
        """What was delivered, and what of it was good."""
        answer: Iterator[s.GoodsReceiptOut] = self._pages(
            f"/api/v1/goods-receipts", {"state": state, "order": order, "sort": sort, "limit": limit}
        )
        return answer

    def supply_receive(
        self, number: str, *, lines: list[s.CountedIn], note: str, unit: str, idempotency_key: str | None = None
    ) -> s.GoodsReceiptOut:
        """Count what came to one unit, without being told how many were ordered."""
        answer: s.GoodsReceiptOut = self._post(
            f"/api/v1/purchase-orders/{in_path(number)}/receive",
            {"lines": lines, "note": note, "unit": unit},
            idempotency_key,
        )
        return answer

    def supply_refuse_bank(self, key: int, *, reason: str, idempotency_key: str | None = None) -> s.AccountOut:
        """The supplier knows nothing of this account: money goes where it went."""
        answer: s.AccountOut = self._post(
            f"/api/v1/supplier-accounts/{in_path(key)}/refuse", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_refuse_invoice(
        self, number: str, *, reason: str, idempotency_key: str | None = None
    ) -> s.SupplierInvoiceOut:
        """Send an invoice back that does not match; the supplier writes another one."""
        answer: s.SupplierInvoiceOut = self._post(
            f"/api/v1/supplier-invoices/{in_path(number)}/refuse", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_reject_request(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.PurchaseOut:
        """Say that it is not bought, and why."""
        answer: s.PurchaseOut = self._post(
            f"/api/v1/purchases/{in_path(number)}/reject", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_return_request(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.PurchaseOut:
        """Give it back to whoever asked, to be written better."""
        answer: s.PurchaseOut = self._post(
            f"/api/v1/purchases/{in_path(number)}/return", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_review_emergency(
        self, number: str, *, note: str, was_justified: bool, idempotency_key: str | None = None
    ) -> s.EmergencyOut:
        """Look afterwards at what was bought at once, as somebody who neither asked nor approved."""
        answer: s.EmergencyOut = self._post(
            f"/api/v1/purchases/{in_path(number)}/review",
            {"note": note, "was_justified": was_justified},
            idempotency_key,
        )
        return answer

    def supply_review_few(
        self, number: str, *, note: str, was_justified: bool, idempotency_key: str | None = None
    ) -> s.EmergencyOut:
        """Look afterwards at what fewer people bought, as the brand's auditor."""
        answer: s.EmergencyOut = self._post(
            f"/api/v1/purchases/{in_path(number)}/review-few",
            {"note": note, "was_justified": was_justified},
            idempotency_key,
        )
        return answer

    def supply_send_order(self, number: str, *, idempotency_key: str | None = None) -> s.PurchaseOrderWhole:
        """Send it to the supplier."""
        answer: s.PurchaseOrderWhole = self._post(
            f"/api/v1/purchase-orders/{in_path(number)}/send", {}, idempotency_key
        )
        return answer

    def supply_set_offer(
        self,
        code: str,
        *,
        basis: str,
        lead_days: int,
        part: str,
        price_minor: int,
        starts_on: str,
        currency: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OfferOut:
        """Note what one of a part costs there from a day on; the price before it ends on that day and stays to
        be read."""
        answer: s.OfferOut = self._post(
            f"/api/v1/suppliers/{in_path(code)}/set-offer",
            {
                "basis": basis,
                "currency": currency,
                "lead_days": lead_days,
                "part": part,
                "price_minor": price_minor,
                "starts_on": starts_on,
            },
            idempotency_key,
        )
        return answer

    def supply_source(
        self,
        *,
        requests: list[str],
        unit: str,
        closes_at: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.SourcingOut:
        """Look for a supplier, for one approved request or for those of several stores together."""
        answer: s.SourcingOut = self._post(
            f"/api/v1/sourcings", {"closes_at": closes_at, "requests": requests, "unit": unit}, idempotency_key
        )
        return answer

    def supply_stop_buying_centrally(
        self, *, part: str, reason: str, idempotency_key: str | None = None
    ) -> s.CentralOut:
        """Let every unit buy this part itself again."""
        answer: s.CentralOut = self._post(
            f"/api/v1/central-parts/stop", {"part": part, "reason": reason}, idempotency_key
        )
        return answer

    def supply_submit_request(self, number: str, *, idempotency_key: str | None = None) -> s.PurchaseOut:
        """Hand it in to be approved."""
        answer: s.PurchaseOut = self._post(f"/api/v1/purchases/{in_path(number)}/submit", {}, idempotency_key)
        return answer

    def supply_suppliers(
        self,
        *,
        state: list[s.SupplySupplierState] | LeftOut = LEFT_OUT,
        code: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.SupplySuppliersPage:
        """The houses that the brand buys from."""
        answer: s.SupplySuppliersPage = self._get(
            f"/api/v1/suppliers", {"state": state, "code": code, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_supply_suppliers(
        self,
        *,
        state: list[s.SupplySupplierState] | LeftOut = LEFT_OUT,
        code: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.SupplierOut]:
        """The houses that the brand buys from."""
        answer: Iterator[s.SupplierOut] = self._pages(
            f"/api/v1/suppliers", {"state": state, "code": code, "sort": sort, "limit": limit}
        )
        return answer

    def supply_suspend_supplier(self, code: str, *, reason: str, idempotency_key: str | None = None) -> s.SupplierOut:
        """Order nothing more there until somebody admits it again."""
        answer: s.SupplierOut = self._post(
            f"/api/v1/suppliers/{in_path(code)}/suspend", {"reason": reason}, idempotency_key
        )
        return answer

    def supply_take_quote(
        self,
        number: str,
        *,
        basis: str,
        supplier: str,
        valid_until: str,
        lead_days: int | None | LeftOut = LEFT_OUT,
        prices: list[s.PriceOf] | None | LeftOut = LEFT_OUT,
        terms: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.SupplierQuoteOut:
        """Write down what a supplier offers for all of it; once, and it is never changed."""
        answer: s.SupplierQuoteOut = self._post(
            f"/api/v1/sourcings/{in_path(number)}/take-quote",
            {
                "basis": basis,
                "lead_days": lead_days,
                "prices": prices,
                "supplier": supplier,
                "terms": terms,
                "valid_until": valid_until,
            },
            idempotency_key,
        )
        return answer

    def supply_verify_bank(self, key: int, *, verified: str, idempotency_key: str | None = None) -> s.AccountOut:
        """Put an account in force: somebody else has asked the supplier, over a way that was known before."""
        answer: s.AccountOut = self._post(
            f"/api/v1/supplier-accounts/{in_path(key)}/verify", {"verified": verified}, idempotency_key
        )
        return answer

    def telephone_answer(
        self, id: int, *, agent: str | None | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.CallOut:
        """Take the call: from now on we speak."""
        answer: s.CallOut = self._post(f"/api/v1/calls/{in_path(id)}/answer", {"agent": agent}, idempotency_key)
        return answer

    def telephone_call_backs(
        self,
        *,
        state: list[s.TelephoneCallBackState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        due_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "due_at", "-due_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.TelephoneCallBacksPage:
        """The calls that the units owe whose telephone the asker may see."""
        answer: s.TelephoneCallBacksPage = self._get(
            f"/api/v1/call-backs",
            {"state": state, "unit": unit, "due_before": due_before, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_telephone_call_backs(
        self,
        *,
        state: list[s.TelephoneCallBackState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        due_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "due_at", "-due_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CallBackOut]:
        """The calls that the units owe whose telephone the asker may see."""
        answer: Iterator[s.CallBackOut] = self._pages(
            f"/api/v1/call-backs",
            {"state": state, "unit": unit, "due_before": due_before, "sort": sort, "limit": limit},
        )
        return answer

    def telephone_calls(
        self,
        *,
        state: list[s.TelephoneCallState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        agent: str | LeftOut = LEFT_OUT,
        started_from: str | LeftOut = LEFT_OUT,
        started_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "started_at", "-started_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.TelephoneCallsPage:
        """The calls that the asker may see."""
        answer: s.TelephoneCallsPage = self._get(
            f"/api/v1/calls",
            {
                "state": state,
                "unit": unit,
                "customer": customer,
                "agent": agent,
                "started_from": started_from,
                "started_before": started_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_telephone_calls(
        self,
        *,
        state: list[s.TelephoneCallState] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        agent: str | LeftOut = LEFT_OUT,
        started_from: str | LeftOut = LEFT_OUT,
        started_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "started_at", "-started_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CallOut]:
        """The calls that the asker may see."""
        answer: Iterator[s.CallOut] = self._pages(
            f"/api/v1/calls",
            {
                "state": state,
                "unit": unit,
                "customer": customer,
                "agent": agent,
                "started_from": started_from,
                "started_before": started_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def telephone_finish_call_back(
        self, id: int, *, note: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.CallBackOut:
        """The customer was reached."""
        answer: s.CallBackOut = self._post(f"/api/v1/call-backs/{in_path(id)}/finish", {"note": note}, idempotency_key)
        return answer

    def telephone_give_up_call_back(self, id: int, *, note: str, idempotency_key: str | None = None) -> s.CallBackOut:
        """Stop trying, after as many tries as the house makes (call.tries_min), with a reason."""
        answer: s.CallBackOut = self._post(f"/api/v1/call-backs/{in_path(id)}/give-up", {"note": note}, idempotency_key)
        return answer

    def telephone_hang_up(
        self, id: int, *, recording_ref: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.CallOut:
        """End the call. Who hung up before anybody answered is called back; told twice it ends once."""
        answer: s.CallOut = self._post(
            f"/api/v1/calls/{in_path(id)}/hang-up", {"recording_ref": recording_ref}, idempotency_key
        )
        return answer

    def telephone_lead_to(
        self,
        id: int,
        *,
        order: str | None | LeftOut = LEFT_OUT,
        request: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CallOut:
        """Say what came of the call: a work order, or a request. Saying it again changes nothing."""
        answer: s.CallOut = self._post(
            f"/api/v1/calls/{in_path(id)}/lead-to", {"order": order, "request": request}, idempotency_key
        )
        return answer

    def telephone_log(
        self,
        *,
        unit: str,
        direction: s.TelephoneDirection | LeftOut = LEFT_OUT,
        phone: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CallOut:
        """Begin a call by hand, where no telephone system tells of it: whoever writes it down is speaking."""
        answer: s.CallOut = self._post(
            f"/api/v1/calls", {"direction": direction, "phone": phone, "unit": unit}, idempotency_key
        )
        return answer

    def telephone_press(
        self,
        session: str,
        *,
        system: str,
        from_: str | LeftOut = LEFT_OUT,
        keys: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.SpokenOut:
        """Lead a caller through the voice menu, one key at a time."""
        answer: s.SpokenOut = self._post(
            f"/api/v1/telephone/menu/{in_path(session)}",
            {"from": from_, "keys": keys, "system": system, "unit": unit},
            idempotency_key,
        )
        return answer

    def telephone_promise_call_back(
        self,
        id: int,
        *,
        due_at: str | None | LeftOut = LEFT_OUT,
        note: str | LeftOut = LEFT_OUT,
        phone: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CallBackOut:
        """Promise the caller that we call back; who is owed a call already is owed the same one."""
        answer: s.CallBackOut = self._post(
            f"/api/v1/calls/{in_path(id)}/call-back", {"due_at": due_at, "note": note, "phone": phone}, idempotency_key
        )
        return answer

    def telephone_publish_menu(self, id: int, *, idempotency_key: str | None = None) -> s.EditionOut:
        """Let callers hear the draft from now on; the one before it is kept as it was."""
        answer: s.EditionOut = self._post(f"/api/v1/voice-menus/{in_path(id)}/publish", {}, idempotency_key)
        return answer

    def telephone_publish_script(self, id: int, *, idempotency_key: str | None = None) -> s.EditionOut:
        """Show the draft to whoever answers from now on; calls that were spoken by an earlier one keep it."""
        answer: s.EditionOut = self._post(f"/api/v1/call-scripts/{in_path(id)}/publish", {}, idempotency_key)
        return answer

    def telephone_ring(
        self,
        *,
        event: str,
        id: str,
        system: str,
        agent: str | LeftOut = LEFT_OUT,
        direction: s.TelephoneDirection | LeftOut = LEFT_OUT,
        from_: str | LeftOut = LEFT_OUT,
        recording_ref: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.CallOut:
        """Tell that a call rings, was answered or has ended; any telephone system, by the key of somebody who
        may answer."""
        answer: s.CallOut = self._post(
            f"/api/v1/telephone/events",
            {
                "agent": agent,
                "direction": direction,
                "event": event,
                "from": from_,
                "id": id,
                "recording_ref": recording_ref,
                "system": system,
                "unit": unit,
            },
            idempotency_key,
        )
        return answer

    def telephone_score(
        self, id: int, *, marks: dict[str, int], note: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.ScoreOut:
        """Give points for each step of a call: 0 missing, 5 as it should be."""
        answer: s.ScoreOut = self._post(
            f"/api/v1/calls/{in_path(id)}/score", {"marks": marks, "note": note}, idempotency_key
        )
        return answer

    def telephone_tick(
        self, id: int, *, step: s.TelephoneStep, is_done: bool | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.Done:
        """Tick a step of the script, or take the tick back while the call lasts. Ticking again changes nothing."""
        answer: s.Done = self._post(
            f"/api/v1/calls/{in_path(id)}/tick", {"is_done": is_done, "step": step}, idempotency_key
        )
        return answer

    def telephone_try_call_back(
        self, id: int, *, note: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.CallBackOut:
        """Count a try at which nobody answered."""
        answer: s.CallBackOut = self._post(f"/api/v1/call-backs/{in_path(id)}/try", {"note": note}, idempotency_key)
        return answer

    def telephone_write_menu(
        self, *, content: dict[str, Any], unit: str, idempotency_key: str | None = None
    ) -> s.EditionOut:
        """Write the draft of a unit's voice menu; the one that is there already is overwritten."""
        answer: s.EditionOut = self._post(f"/api/v1/voice-menus", {"content": content, "unit": unit}, idempotency_key)
        return answer

    def telephone_write_note(self, id: int, *, note: str, idempotency_key: str | None = None) -> s.CallOut:
        """Write down what was said; an empty note takes it away."""
        answer: s.CallOut = self._post(f"/api/v1/calls/{in_path(id)}/note", {"note": note}, idempotency_key)
        return answer

    def telephone_write_script(
        self, *, content: dict[str, Any], unit: str, idempotency_key: str | None = None
    ) -> s.EditionOut:
        """Write the draft of a unit's script; the one that is there already is overwritten."""
        answer: s.EditionOut = self._post(f"/api/v1/call-scripts", {"content": content, "unit": unit}, idempotency_key)
        return answer

    def trail_entries(
        self,
        *,
        verb: str | LeftOut = LEFT_OUT,
        subject: str | LeftOut = LEFT_OUT,
        because: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.TrailEntriesPage:
        """The deeds in the units that the asker watches."""
        answer: s.TrailEntriesPage = self._get(
            f"/api/v1/trail",
            {
                "verb": verb,
                "subject": subject,
                "because": because,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_trail_entries(
        self,
        *,
        verb: str | LeftOut = LEFT_OUT,
        subject: str | LeftOut = LEFT_OUT,
        because: str | LeftOut = LEFT_OUT,
        at_from: str | LeftOut = LEFT_OUT,
        at_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "at", "-at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.EntryOut]:
        """The deeds in the units that the asker watches."""
        answer: Iterator[s.EntryOut] = self._pages(
            f"/api/v1/trail",
            {
                "verb": verb,
                "subject": subject,
                "because": because,
                "at_from": at_from,
                "at_before": at_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def transfers_cancel(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.TransferOut:
        """It is not needed any more, and has not been sent yet."""
        answer: s.TransferOut = self._post(
            f"/api/v1/transfers/{in_path(number)}/cancel", {"reason": reason}, idempotency_key
        )
        return answer

    def transfers_declare_loss(
        self,
        number: str,
        *,
        cause: s.TransfersCause,
        part: str,
        quantity: int,
        reason: str,
        idempotency_key: str | None = None,
    ) -> s.TransferOut:
        """Declare that pieces on the way will not come, or came good for nothing; a second person does (INV-5)."""
        answer: s.TransferOut = self._post(
            f"/api/v1/transfers/{in_path(number)}/declare-loss",
            {"cause": cause, "part": part, "quantity": quantity, "reason": reason},
            idempotency_key,
        )
        return answer

    def transfers_receive(
        self,
        number: str,
        *,
        bin: int,
        part: str,
        quantity: int,
        condition: s.StockCondition | LeftOut = LEFT_OUT,
        serials: list[str] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.TransferOut:
        """Put what has come into a bin; the transfer closes with its last piece."""
        answer: s.TransferOut = self._post(
            f"/api/v1/transfers/{in_path(number)}/receive",
            {"bin": bin, "condition": condition, "part": part, "quantity": quantity, "serials": serials},
            idempotency_key,
        )
        return answer

    def transfers_refuse(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.TransferOut:
        """The store that was asked cannot send it, and says why."""
        answer: s.TransferOut = self._post(
            f"/api/v1/transfers/{in_path(number)}/refuse", {"reason": reason}, idempotency_key
        )
        return answer

    def transfers_request(
        self,
        *,
        from_store: str,
        from_unit: str,
        lines: list[s.WishIn],
        reason: str,
        to_store: str,
        to_unit: str,
        need_by: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.TransferOut:
        """Ask another store for parts, or announce that we send them some: one of the two stores is one's own."""
        answer: s.TransferOut = self._post(
            f"/api/v1/transfers",
            {
                "from_store": from_store,
                "from_unit": from_unit,
                "lines": lines,
                "need_by": need_by,
                "reason": reason,
                "to_store": to_store,
                "to_unit": to_unit,
            },
            idempotency_key,
        )
        return answer

    def transfers_send(
        self,
        number: str,
        *,
        picks: list[s.PickIn],
        carrier: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.TransferOut:
        """Hand the parts to whoever carries them: out of their bins, on the way."""
        answer: s.TransferOut = self._post(
            f"/api/v1/transfers/{in_path(number)}/send", {"carrier": carrier, "picks": picks}, idempotency_key
        )
        return answer

    def transfers_transfers(
        self,
        *,
        state: list[s.TransfersState] | LeftOut = LEFT_OUT,
        from_unit: str | LeftOut = LEFT_OUT,
        to_unit: str | LeftOut = LEFT_OUT,
        sent_from: str | LeftOut = LEFT_OUT,
        sent_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.TransfersTransfersPage:
        """The transfers from and to the units whose transfers the asker may see."""
        answer: s.TransfersTransfersPage = self._get(
            f"/api/v1/transfers",
            {
                "state": state,
                "from_unit": from_unit,
                "to_unit": to_unit,
                "sent_from": sent_from,
                "sent_before": sent_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_transfers_transfers(
        self,
        *,
        state: list[s.TransfersState] | LeftOut = LEFT_OUT,
        from_unit: str | LeftOut = LEFT_OUT,
        to_unit: str | LeftOut = LEFT_OUT,
        sent_from: str | LeftOut = LEFT_OUT,
        sent_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.TransferRow]:
        """The transfers from and to the units whose transfers the asker may see."""
        answer: Iterator[s.TransferRow] = self._pages(
            f"/api/v1/transfers",
            {
                "state": state,
                "from_unit": from_unit,
                "to_unit": to_unit,
                "sent_from": sent_from,
                "sent_before": sent_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def upkeep_act_on_climate(self, key: int, *, action: str, idempotency_key: str | None = None) -> s.ClimateOut:
        """Say what was done about a climate outside its limits, once."""
        answer: s.ClimateOut = self._post(
            f"/api/v1/climate-readings/{in_path(key)}/act", {"action": action}, idempotency_key
        )
        return answer

    def upkeep_add_fire_equipment(
        self,
        key: int,
        *,
        expires_on: str,
        kind: s.UpkeepFire,
        next_check_on: str,
        number: str,
        place: str,
        idempotency_key: str | None = None,
    ) -> s.FireOut:
        """Put up what fights fire."""
        answer: s.FireOut = self._post(
            f"/api/v1/stores/{in_path(key)}/fire-equipment",
            {"expires_on": expires_on, "kind": kind, "next_check_on": next_check_on, "number": number, "place": place},
            idempotency_key,
        )
        return answer

    def upkeep_check_fire_equipment(
        self, key: int, *, expires_on: str, next_check_on: str, idempotency_key: str | None = None
    ) -> s.FireOut:
        """It was looked at and is in order, until when, and when it is looked at again."""
        answer: s.FireOut = self._post(
            f"/api/v1/fire-equipment/{in_path(key)}/check",
            {"expires_on": expires_on, "next_check_on": next_check_on},
            idempotency_key,
        )
        return answer

    def upkeep_climate(
        self,
        *,
        store: str | LeftOut = LEFT_OUT,
        is_outside: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.UpkeepClimatePage:
        """The readings that the asker may see."""
        answer: s.UpkeepClimatePage = self._get(
            f"/api/v1/climate-readings",
            {"store": store, "is_outside": is_outside, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_upkeep_climate(
        self,
        *,
        store: str | LeftOut = LEFT_OUT,
        is_outside: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ClimateOut]:
        """The readings that the asker may see."""
        answer: Iterator[s.ClimateOut] = self._pages(
            f"/api/v1/climate-readings", {"store": store, "is_outside": is_outside, "sort": sort, "limit": limit}
        )
        return answer

    def upkeep_end_airing(self, key: int, *, idempotency_key: str | None = None) -> s.AiringOut:
        """Close the windows."""
        answer: s.AiringOut = self._post(f"/api/v1/stores/{in_path(key)}/end-airing", {}, idempotency_key)
        return answer

    def upkeep_fire_equipment(
        self,
        *,
        store: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.UpkeepFireEquipmentPage:
        """The fire equipment that the asker may see."""
        answer: s.UpkeepFireEquipmentPage = self._get(
            f"/api/v1/fire-equipment", {"store": store, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_upkeep_fire_equipment(
        self,
        *,
        store: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.FireOut]:
        """The fire equipment that the asker may see."""
        answer: Iterator[s.FireOut] = self._pages(
            f"/api/v1/fire-equipment", {"store": store, "sort": sort, "limit": limit}
        )
        return answer

    def upkeep_inspect(
        self, key: int, *, results: dict[str, bool], note: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.InspectionSeen:
        """Look at the store, item by item; what is not in order says what is done about it."""
        answer: s.InspectionSeen = self._post(
            f"/api/v1/store-inspections/{in_path(key)}/inspect", {"note": note, "results": results}, idempotency_key
        )
        return answer

    def upkeep_inspections(
        self,
        *,
        store: str | LeftOut = LEFT_OUT,
        state: list[s.UpkeepState] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.UpkeepInspectionsPage:
        """The inspections that the asker may see."""
        answer: s.UpkeepInspectionsPage = self._get(
            f"/api/v1/store-inspections",
            {"store": store, "state": state, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_upkeep_inspections(
        self,
        *,
        store: str | LeftOut = LEFT_OUT,
        state: list[s.UpkeepState] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.InspectionSeen]:
        """The inspections that the asker may see."""
        answer: Iterator[s.InspectionSeen] = self._pages(
            f"/api/v1/store-inspections", {"store": store, "state": state, "sort": sort, "limit": limit}
        )
        return answer

    def upkeep_mark_part(
        self,
        *,
        part: str,
        hazard: s.UpkeepHazard | None | LeftOut = LEFT_OUT,
        is_small: bool | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.NatureOut:
        """Say whether a part is small, and which hazard it is."""
        answer: s.NatureOut = self._post(
            f"/api/v1/part-natures", {"hazard": hazard, "is_small": is_small, "part": part}, idempotency_key
        )
        return answer

    def upkeep_read_climate(
        self, key: int, *, celsius_tenths: int, humidity_tenths: int, idempotency_key: str | None = None
    ) -> s.ClimateOut:
        """Write down how warm and damp it is, by hand or as a sensor's program; outside the limits it is told."""
        answer: s.ClimateOut = self._post(
            f"/api/v1/stores/{in_path(key)}/read-climate",
            {"celsius_tenths": celsius_tenths, "humidity_tenths": humidity_tenths},
            idempotency_key,
        )
        return answer

    def upkeep_retire_fire_equipment(self, key: int, *, reason: str, idempotency_key: str | None = None) -> s.FireOut:
        """Take it away. Doing it again changes nothing."""
        answer: s.FireOut = self._post(
            f"/api/v1/fire-equipment/{in_path(key)}/retire", {"reason": reason}, idempotency_key
        )
        return answer

    def upkeep_start_airing(self, key: int, *, idempotency_key: str | None = None) -> s.AiringOut:
        """Open the windows, or start the fan."""
        answer: s.AiringOut = self._post(f"/api/v1/stores/{in_path(key)}/start-airing", {}, idempotency_key)
        return answer

    def upkeep_use_bin(
        self,
        key: int,
        *,
        segregation: str,
        hazard: s.UpkeepHazard | None | LeftOut = LEFT_OUT,
        is_container: bool | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.BinUseOut:
        """Say what a bin is for: its group, the hazardous goods that alone lie there, and whether it is a box
        for small items."""
        answer: s.BinUseOut = self._post(
            f"/api/v1/bins/{in_path(key)}/use",
            {"hazard": hazard, "is_container": is_container, "segregation": segregation},
            idempotency_key,
        )
        return answer

    def warnings_wall_warnings(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        person: str | LeftOut = LEFT_OUT,
        state: list[s.PricingWall] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WarningsWallWarningsPage:
        """Every warning of a wall that this person may see, newest first."""
        answer: s.WarningsWallWarningsPage = self._get(
            f"/api/v1/wall-warnings",
            {"unit": unit, "person": person, "state": state, "sort": sort, "cursor": cursor, "limit": limit},
        )
        return answer

    def every_warnings_wall_warnings(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        person: str | LeftOut = LEFT_OUT,
        state: list[s.PricingWall] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.WallWarningOut]:
        """Every warning of a wall that this person may see, newest first."""
        answer: Iterator[s.WallWarningOut] = self._pages(
            f"/api/v1/wall-warnings", {"unit": unit, "person": person, "state": state, "sort": sort, "limit": limit}
        )
        return answer

    def warnings_warnings(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        person: str | LeftOut = LEFT_OUT,
        step: list[s.NoticesWarningStep] | LeftOut = LEFT_OUT,
        is_unseen: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WarningsWarningsPage:
        """Every warning that this person may see, newest first."""
        answer: s.WarningsWarningsPage = self._get(
            f"/api/v1/warnings",
            {
                "order": order,
                "unit": unit,
                "person": person,
                "step": step,
                "is_unseen": is_unseen,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_warnings_warnings(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        person: str | LeftOut = LEFT_OUT,
        step: list[s.NoticesWarningStep] | LeftOut = LEFT_OUT,
        is_unseen: bool | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.WarningOut]:
        """Every warning that this person may see, newest first."""
        answer: Iterator[s.WarningOut] = self._pages(
            f"/api/v1/warnings",
            {
                "order": order,
                "unit": unit,
                "person": person,
                "step": step,
                "is_unseen": is_unseen,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def warranty_adopt_profile(self, *, content: str, reason: str, idempotency_key: str | None = None) -> s.ProfileOut:
        """Let a law count, as a file tells it (TOML, like those in guiju/standing/warranty/data); no code knows
        any place."""
        answer: s.ProfileOut = self._post(
            f"/api/v1/warranty-profiles", {"content": content, "reason": reason}, idempotency_key
        )
        return answer

    def warranty_profiles(
        self,
        *,
        jurisdiction: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WarrantyProfilesPage:
        """The laws that were adopted; whoever may read the terms may read the law."""
        answer: s.WarrantyProfilesPage = self._get(
            f"/api/v1/warranty-profiles", {"jurisdiction": jurisdiction, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_warranty_profiles(
        self,
        *,
        jurisdiction: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ProfileOut]:
        """The laws that were adopted; whoever may read the terms may read the law."""
        answer: Iterator[s.ProfileOut] = self._pages(
            f"/api/v1/warranty-profiles", {"jurisdiction": jurisdiction, "sort": sort, "limit": limit}
        )
        return answer

    def warranty_set_terms(
        self,
        *,
        starts_on: str,
        version: str,
        excluded_causes: list[str] | LeftOut = LEFT_OUT,
        jurisdiction: str | LeftOut = LEFT_OUT,
        line: str | None | LeftOut = LEFT_OUT,
        model: int | None | LeftOut = LEFT_OUT,
        months: dict[str, int] | LeftOut = LEFT_OUT,
        parts: dict[str, int] | LeftOut = LEFT_OUT,
        repair_warranty_days: int | None | LeftOut = LEFT_OUT,
        starts_by: s.WarrantyStartsBy | LeftOut = LEFT_OUT,
        whole_unit_months: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.TermsOut:
        """Promise something to those who buy from a day on; the terms before end on that day."""
        answer: s.TermsOut = self._post(
            f"/api/v1/warranty-terms",
            {
                "excluded_causes": excluded_causes,
                "jurisdiction": jurisdiction,
                "line": line,
                "model": model,
                "months": months,
                "parts": parts,
                "repair_warranty_days": repair_warranty_days,
                "starts_by": starts_by,
                "starts_on": starts_on,
                "version": version,
                "whole_unit_months": whole_unit_months,
            },
            idempotency_key,
        )
        return answer

    def warranty_terms(
        self,
        *,
        line: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WarrantyTermsPage:
        """The brand's promises, which are no secret to whoever may read them at all."""
        answer: s.WarrantyTermsPage = self._get(
            f"/api/v1/warranty-terms", {"line": line, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_warranty_terms(
        self,
        *,
        line: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "starts_on", "-starts_on"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.TermsOut]:
        """The brand's promises, which are no secret to whoever may read them at all."""
        answer: Iterator[s.TermsOut] = self._pages(
            f"/api/v1/warranty-terms", {"line": line, "sort": sort, "limit": limit}
        )
        return answer

    def webhooks_add(
        self, *, name: str, types: list[str], unit: str, url: str, idempotency_key: str | None = None
    ) -> s.EndpointWithSecretOut:
        """Let an address of somebody else's program hear news of a unit and of those below it; the answer holds
        its secret, once."""
        answer: s.EndpointWithSecretOut = self._post(
            f"/api/v1/webhook-endpoints", {"name": name, "types": types, "unit": unit, "url": url}, idempotency_key
        )
        return answer

    def webhooks_attempts(
        self,
        *,
        message: int | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WebhooksAttemptsPage:
        """Every attempt to send one of those messages."""
        answer: s.WebhooksAttemptsPage = self._get(
            f"/api/v1/webhook-attempts", {"message": message, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_webhooks_attempts(
        self,
        *,
        message: int | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.WebhookAttemptOut]:
        """Every attempt to send one of those messages."""
        answer: Iterator[s.WebhookAttemptOut] = self._pages(
            f"/api/v1/webhook-attempts", {"message": message, "sort": sort, "limit": limit}
        )
        return answer

    def webhooks_change(
        self, key: int, *, name: str, types: list[str], url: str, idempotency_key: str | None = None
    ) -> s.EndpointOut:
        """Correct the name, the address, or what the endpoint hears from now on."""
        answer: s.EndpointOut = self._post(
            f"/api/v1/webhook-endpoints/{in_path(key)}/change",
            {"name": name, "types": types, "url": url},
            idempotency_key,
        )
        return answer

    def webhooks_endpoints(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        state: list[s.WebhooksEndpointState] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WebhooksEndpointsPage:
        """The endpoints of the units whose endpoints the asker may see."""
        answer: s.WebhooksEndpointsPage = self._get(
            f"/api/v1/webhook-endpoints", {"unit": unit, "state": state, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_webhooks_endpoints(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        state: list[s.WebhooksEndpointState] | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.EndpointOut]:
        """The endpoints of the units whose endpoints the asker may see."""
        answer: Iterator[s.EndpointOut] = self._pages(
            f"/api/v1/webhook-endpoints", {"unit": unit, "state": state, "sort": sort, "limit": limit}
        )
        return answer

    def webhooks_messages(
        self,
        *,
        endpoint: int | LeftOut = LEFT_OUT,
        type: str | LeftOut = LEFT_OUT,
        subject: str | LeftOut = LEFT_OUT,
        state: list[s.WebhooksDeliveryState] | LeftOut = LEFT_OUT,
        told_from: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "told_at", "-told_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WebhooksMessagesPage:
        """What was sent, or waits to be sent, to those endpoints."""
        answer: s.WebhooksMessagesPage = self._get(
            f"/api/v1/webhook-messages",
            {
                "endpoint": endpoint,
                "type": type,
                "subject": subject,
                "state": state,
                "told_from": told_from,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_webhooks_messages(
        self,
        *,
        endpoint: int | LeftOut = LEFT_OUT,
        type: str | LeftOut = LEFT_OUT,
        subject: str | LeftOut = LEFT_OUT,
        state: list[s.WebhooksDeliveryState] | LeftOut = LEFT_OUT,
        told_from: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "told_at", "-told_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.WebhookOut]:
        """What was sent, or waits to be sent, to those endpoints."""
        answer: Iterator[s.WebhookOut] = self._pages(
            f"/api/v1/webhook-messages",
            {
                "endpoint": endpoint,
                "type": type,
                "subject": subject,
                "state": state,
                "told_from": told_from,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def webhooks_pause(self, key: int, *, idempotency_key: str | None = None) -> s.EndpointOut:
        """Send nothing there for the time being; what is told meanwhile waits."""
        answer: s.EndpointOut = self._post(f"/api/v1/webhook-endpoints/{in_path(key)}/pause", {}, idempotency_key)
        return answer

    def webhooks_resend(self, key: int, *, idempotency_key: str | None = None) -> s.WebhookOut:
        """Send it again, whether it had arrived or not: the same bytes under the same id."""
        answer: s.WebhookOut = self._post(f"/api/v1/webhook-messages/{in_path(key)}/resend", {}, idempotency_key)
        return answer

    def webhooks_resume(self, key: int, *, idempotency_key: str | None = None) -> s.EndpointOut:
        """Send there again: first what has waited, in the order in which it was told."""
        answer: s.EndpointOut = self._post(f"/api/v1/webhook-endpoints/{in_path(key)}/resume", {}, idempotency_key)
        return answer

    def webhooks_revoke(self, key: int, *, idempotency_key: str | None = None) -> s.EndpointOut:
        """Send nothing there ever again, not even what waits."""
        answer: s.EndpointOut = self._post(f"/api/v1/webhook-endpoints/{in_path(key)}/revoke", {}, idempotency_key)
        return answer

    def webhooks_rotate(self, key: int, *, idempotency_key: str | None = None) -> s.EndpointWithSecretOut:
        """Give the endpoint a new secret; for some hours messages are signed by the old one too. The answer
        holds it, once."""
        answer: s.EndpointWithSecretOut = self._post(
            f"/api/v1/webhook-endpoints/{in_path(key)}/rotate", {}, idempotency_key
        )
        return answer

    def webhooks_send_test(self, key: int, *, idempotency_key: str | None = None) -> s.WebhookOut:
        """Send something that means nothing, to see whether messages arrive."""
        answer: s.WebhookOut = self._post(f"/api/v1/webhook-endpoints/{in_path(key)}/send-test", {}, idempotency_key)
        return answer

    def workorder_agree_to_promise(
        self,
        number: str,
        *,
        agreed: s.WorkorderAgreed,
        agreed_note: str | LeftOut = LEFT_OUT,
        signature: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """The customer agrees to the date that stands: from now on it is the one by which we are measured beside
        the first."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/agree-to-promise",
            {"agreed": agreed, "agreed_note": agreed_note, "signature": signature},
            idempotency_key,
        )
        return answer

    def workorder_decide_coverage(
        self, number: str, *, cause: str, fault_family: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Decide who pays, from the cause that was found and the terms of the day on which the customer
        complained."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/decide-coverage",
            {"cause": cause, "fault_family": fault_family},
            idempotency_key,
        )
        return answer

    def workorder_hold(
        self, number: str, *, hold: s.WorkorderHold, reason: str, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Let the work stand still, and say why; the promise's clock stops only for what the customer causes."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/hold", {"hold": hold, "reason": reason}, idempotency_key
        )
        return answer

    def workorder_log_contact(
        self,
        number: str,
        *,
        channel: str,
        outcome: s.WorkorderContactAttemptResult,
        note: str | LeftOut = LEFT_OUT,
        person: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Write down one try to reach the customer: a quote may only expire, and an appliance only be called
        uncollected, after such tries."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/log-contact",
            {"channel": channel, "note": note, "outcome": outcome, "person": person},
            idempotency_key,
        )
        return answer

    def workorder_move_custody(
        self,
        number: str,
        *,
        holder: str,
        to: s.WorkorderHeld,
        person: str | None | LeftOut = LEFT_OUT,
        place: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Hand the appliance on: from whoever has it to somebody, somewhere; the chain never has a gap."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/move-custody",
            {"holder": holder, "person": person, "place": place, "to": to},
            idempotency_key,
        )
        return answer

    def workorder_order(self, number: str) -> s.OrderWhole:
        """One job with what hangs on it."""
        answer: s.OrderWhole = self._get(f"/api/v1/orders/{in_path(number)}", {})
        return answer

    def workorder_orders(
        self,
        *,
        state: list[s.WorkorderState] | LeftOut = LEFT_OUT,
        held: list[s.WorkorderHeld] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        coverage: list[s.WarrantyCoverage] | LeftOut = LEFT_OUT,
        billing: list[s.WorkorderBilling] | LeftOut = LEFT_OUT,
        technician: str | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        appliance: int | LeftOut = LEFT_OUT,
        is_open: bool | LeftOut = LEFT_OUT,
        q: str | LeftOut = LEFT_OUT,
        opened_from: str | LeftOut = LEFT_OUT,
        opened_before: str | LeftOut = LEFT_OUT,
        promised_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "number", "-number", "opened_at", "-opened_at", "promised_at", "-promised_at"]
        | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WorkorderOrdersPage:
        """The jobs that the asker may see, the newest first unless asked otherwise."""
        answer: s.WorkorderOrdersPage = self._get(
            f"/api/v1/orders",
            {
                "state": state,
                "held": held,
                "unit": unit,
                "coverage": coverage,
                "billing": billing,
                "technician": technician,
                "customer": customer,
                "appliance": appliance,
                "is_open": is_open,
                "q": q,
                "opened_from": opened_from,
                "opened_before": opened_before,
                "promised_before": promised_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_workorder_orders(
        self,
        *,
        state: list[s.WorkorderState] | LeftOut = LEFT_OUT,
        held: list[s.WorkorderHeld] | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        coverage: list[s.WarrantyCoverage] | LeftOut = LEFT_OUT,
        billing: list[s.WorkorderBilling] | LeftOut = LEFT_OUT,
        technician: str | LeftOut = LEFT_OUT,
        customer: int | LeftOut = LEFT_OUT,
        appliance: int | LeftOut = LEFT_OUT,
        is_open: bool | LeftOut = LEFT_OUT,
        q: str | LeftOut = LEFT_OUT,
        opened_from: str | LeftOut = LEFT_OUT,
        opened_before: str | LeftOut = LEFT_OUT,
        promised_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "number", "-number", "opened_at", "-opened_at", "promised_at", "-promised_at"]
        | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.OrderOut]:
        """The jobs that the asker may see, the newest first unless asked otherwise."""
        answer: Iterator[s.OrderOut] = self._pages(
            f"/api/v1/orders",
            {
                "state": state,
                "held": held,
                "unit": unit,
                "coverage": coverage,
                "billing": billing,
                "technician": technician,
                "customer": customer,
                "appliance": appliance,
                "is_open": is_open,
                "q": q,
                "opened_from": opened_from,
                "opened_before": opened_before,
                "promised_before": promised_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def workorder_override_coverage(
        self, number: str, *, coverage: s.WarrantyCoverage, reason: str, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Let a manager decide otherwise, in writing; against the customer only the network manager may (WTY-7)."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/override-coverage",
            {"coverage": coverage, "reason": reason},
            idempotency_key,
        )
        return answer

    def workorder_prioritise(
        self, number: str, *, priority: s.WorkorderPriority, reason: str, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Say how pressing the job is, and why; boards and lists put it in its place. The same again changes
        nothing."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/prioritise", {"priority": priority, "reason": reason}, idempotency_key
        )
        return answer

    def workorder_promise_outcomes(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        technician: str | LeftOut = LEFT_OUT,
        ready_from: str | LeftOut = LEFT_OUT,
        ready_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "ready_at", "-ready_at"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WorkorderPromiseOutcomesPage:
        """What became of the promises of the jobs that the asker may see."""
        answer: s.WorkorderPromiseOutcomesPage = self._get(
            f"/api/v1/promise-outcomes",
            {
                "unit": unit,
                "technician": technician,
                "ready_from": ready_from,
                "ready_before": ready_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_workorder_promise_outcomes(
        self,
        *,
        unit: str | LeftOut = LEFT_OUT,
        technician: str | LeftOut = LEFT_OUT,
        ready_from: str | LeftOut = LEFT_OUT,
        ready_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "ready_at", "-ready_at"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.PromiseOutcomeOut]:
        """What became of the promises of the jobs that the asker may see."""
        answer: Iterator[s.PromiseOutcomeOut] = self._pages(
            f"/api/v1/promise-outcomes",
            {
                "unit": unit,
                "technician": technician,
                "ready_from": ready_from,
                "ready_before": ready_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def workorder_release_hold(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Let the work go on; what the hold paused is not counted against the promise."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/release-hold", {}, idempotency_key)
        return answer

    def workorder_renew_link(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Give the customer a new link; whoever has the old one finds nothing behind it any more."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/renew-link", {}, idempotency_key)
        return answer

    def workorder_revise_promise(
        self,
        number: str,
        *,
        cause: s.WorkorderPromiseCause,
        reason: str,
        to: str,
        agreed: s.WorkorderAgreed | None | LeftOut = LEFT_OUT,
        agreed_note: str | LeftOut = LEFT_OUT,
        basis: str | LeftOut = LEFT_OUT,
        proof: int | None | LeftOut = LEFT_OUT,
        signature: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Give the customer another date, and keep the old one beside it; the same date again changes nothing."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/revise-promise",
            {
                "agreed": agreed,
                "agreed_note": agreed_note,
                "basis": basis,
                "cause": cause,
                "proof": proof,
                "reason": reason,
                "signature": signature,
                "to": to,
            },
            idempotency_key,
        )
        return answer

    def workshop_approve_discount(self, number: str, *, idempotency_key: str | None = None) -> s.QuoteOut:
        """Allow the discount that was asked for, as somebody else than who asked."""
        answer: s.QuoteOut = self._post(f"/api/v1/quotes/{in_path(number)}/approve-discount", {}, idempotency_key)
        return answer

    def workshop_approve_exception(self, key: int, *, idempotency_key: str | None = None) -> s.Done:
        """Let exactly this price be offered to the customer, who still has to sign it."""
        answer: s.Done = self._post(f"/api/v1/price-exceptions/{in_path(key)}/approve", {}, idempotency_key)
        return answer

    def workshop_approve_free(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Go on without a quote, because the repair is covered."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/approve-free", {}, idempotency_key)
        return answer

    def workshop_approve_quote(
        self,
        number: str,
        *,
        how: s.WorkshopConsent,
        declined: list[int] | LeftOut = LEFT_OUT,
        language: Literal["", "en", "zh-hans", "zh-hant"] | LeftOut = LEFT_OUT,
        note: str | LeftOut = LEFT_OUT,
        option: int | None | LeftOut = LEFT_OUT,
        signature: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.QuoteOut:
        """The customer agrees to one option of this very version, or to what was chosen of it, by signature,
        code, or a recorded consent."""
        answer: s.QuoteOut = self._post(
            f"/api/v1/quotes/{in_path(number)}/approve",
            {
                "declined": declined,
                "how": how,
                "language": language,
                "note": note,
                "option": option,
                "signature": signature,
            },
            idempotency_key,
        )
        return answer

    def workshop_ask_code(self, number: str, *, idempotency_key: str | None = None) -> s.Done:
        """Have a one-time code sent to the customer's phone, with which to approve; an earlier one counts no
        more."""
        answer: s.Done = self._post(f"/api/v1/quotes/{in_path(number)}/ask-code", {}, idempotency_key)
        return answer

    def workshop_ask_exception(
        self,
        number: str,
        *,
        note: str,
        reason: s.WorkshopExceptionReason,
        unit_minor: int,
        item: str | None | LeftOut = LEFT_OUT,
        part: str | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.ExceptionOut:
        """Ask the network manager for a price that the list does not allow, for one thing on this job alone."""
        answer: s.ExceptionOut = self._post(
            f"/api/v1/orders/{in_path(number)}/ask-exception",
            {"item": item, "note": note, "part": part, "reason": reason, "unit_minor": unit_minor},
            idempotency_key,
        )
        return answer

    def workshop_cancel_free(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.OrderOut:
        """Let the customer stop because we did not keep the signed date, or because a part is missing and the
        customer does not wait."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/cancel-free", {"reason": reason}, idempotency_key
        )
        return answer

    def workshop_check(self, number: str, *, values: dict[str, str], idempotency_key: str | None = None) -> s.OrderOut:
        """Write down what was ticked off and measured; what is out of its limits is written down as it is, and
        holds the work."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/check", {"values": values}, idempotency_key)
        return answer

    def workshop_commitments(
        self,
        *,
        state: list[s.WorkshopCommitmentState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        promised_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "promised_ready_at", "-promised_ready_at", "promised_part_on", "-promised_part_on"]
        | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WorkshopCommitmentsPage:
        """The promised dates of the jobs whose bench the asker may see."""
        answer: s.WorkshopCommitmentsPage = self._get(
            f"/api/v1/commitments",
            {
                "state": state,
                "order": order,
                "unit": unit,
                "promised_before": promised_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_workshop_commitments(
        self,
        *,
        state: list[s.WorkshopCommitmentState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        promised_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "promised_ready_at", "-promised_ready_at", "promised_part_on", "-promised_part_on"]
        | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.CommitmentOut]:
        """The promised dates of the jobs whose bench the asker may see."""
        answer: Iterator[s.CommitmentOut] = self._pages(
            f"/api/v1/commitments",
            {
                "state": state,
                "order": order,
                "unit": unit,
                "promised_before": promised_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def workshop_confirm_unrepairable(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Confirm, as another person than the technician, that it cannot be repaired."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/confirm-unrepairable", {}, idempotency_key)
        return answer

    def workshop_correct_labour(
        self, key: int, *, minutes: int, reason: str, idempotency_key: str | None = None
    ) -> s.Done:
        """Put a wrong entry right: it is taken back by an entry that names it, and the right minutes are written
        anew."""
        answer: s.Done = self._post(
            f"/api/v1/labour/{in_path(key)}/correct", {"minutes": minutes, "reason": reason}, idempotency_key
        )
        return answer

    def workshop_declare_unrepairable(
        self,
        number: str,
        *,
        note: str,
        reason: s.WorkshopUnrepairableReason,
        second_opinion: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Say that it cannot be repaired; the outlet manager has to confirm it."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/declare-unrepairable",
            {"note": note, "reason": reason, "second_opinion": second_opinion},
            idempotency_key,
        )
        return answer

    def workshop_decline_quote(
        self, number: str, *, reason: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.QuoteOut:
        """The customer does not want the repair: the appliance is put together again and goes back."""
        answer: s.QuoteOut = self._post(
            f"/api/v1/quotes/{in_path(number)}/decline", {"reason": reason}, idempotency_key
        )
        return answer

    def workshop_diagnose(
        self,
        number: str,
        *,
        cause: str,
        fault: str,
        findings: str,
        measurements: list[s.Measurement] | LeftOut = LEFT_OUT,
        photos: list[int] | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Write down what is wrong and why; who pays is decided from it at once."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/diagnose",
            {"cause": cause, "fault": fault, "findings": findings, "measurements": measurements, "photos": photos},
            idempotency_key,
        )
        return answer

    def workshop_discount_quote(
        self,
        number: str,
        *,
        discount_minor: int,
        code: s.WorkshopDiscountReason | None | LeftOut = LEFT_OUT,
        option: int | None | LeftOut = LEFT_OUT,
        reason: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.QuoteOut:
        """Take something off a quote; one that was sent already becomes a new version, which is sent anew."""
        answer: s.QuoteOut = self._post(
            f"/api/v1/quotes/{in_path(number)}/discount",
            {"code": code, "discount_minor": discount_minor, "option": option, "reason": reason},
            idempotency_key,
        )
        return answer

    def workshop_draft_quote(
        self,
        number: str,
        *,
        offers: list[s.OfferIn],
        service_hours: int,
        kind: s.WorkshopOptionKind | LeftOut = LEFT_OUT,
        note: str | LeftOut = LEFT_OUT,
        others: list[s.AlternativeIn] | LeftOut = LEFT_OUT,
        repair_warranty_days: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.QuoteOut:
        """Draw up the quote; a draft that is there already is replaced."""
        answer: s.QuoteOut = self._post(
            f"/api/v1/orders/{in_path(number)}/draft-quote",
            {
                "kind": kind,
                "note": note,
                "offers": offers,
                "others": others,
                "repair_warranty_days": repair_warranty_days,
                "service_hours": service_hours,
            },
            idempotency_key,
        )
        return answer

    def workshop_end_check(self, key: int, *, idempotency_key: str | None = None) -> s.WorkCheckKept:
        """Ask for it no longer; what was found stays. Ending it again changes nothing."""
        answer: s.WorkCheckKept = self._post(f"/api/v1/work-checks/{in_path(key)}/end", {}, idempotency_key)
        return answer

    def workshop_enter_code(
        self,
        number: str,
        *,
        code: str,
        declined: list[int] | LeftOut = LEFT_OUT,
        language: Literal["", "en", "zh-hans", "zh-hant"] | LeftOut = LEFT_OUT,
        option: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.Done:
        """Try a one-time code under what was read; a wrong one is counted, which is why it is a deed of its own
        and is not refused."""
        answer: s.Done = self._post(
            f"/api/v1/quotes/{in_path(number)}/enter-code",
            {"code": code, "declined": declined, "language": language, "option": option},
            idempotency_key,
        )
        return answer

    def workshop_find_no_fault(
        self, number: str, *, demonstration_offered: bool, tests: str, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Say that nothing is wrong, with the tests that showed it."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/find-no-fault",
            {"demonstration_offered": demonstration_offered, "tests": tests},
            idempotency_key,
        )
        return answer

    def workshop_finish(
        self, number: str, *, work_done: str, advice: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Say that the work is done; somebody else tests it now."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/finish", {"advice": advice, "work_done": work_done}, idempotency_key
        )
        return answer

    def workshop_fit_part(
        self,
        number: str,
        *,
        old_condition: str,
        old_outcome: s.StoreroomOldPartOutcome,
        new_serial: str | LeftOut = LEFT_OUT,
        old_serial: str | LeftOut = LEFT_OUT,
        quantity: int | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.RequestOut:
        """Put an issued part into the appliance, and tag the one that came out."""
        answer: s.RequestOut = self._post(
            f"/api/v1/part-requests/{in_path(number)}/fit",
            {
                "new_serial": new_serial,
                "old_condition": old_condition,
                "old_outcome": old_outcome,
                "old_serial": old_serial,
                "quantity": quantity,
            },
            idempotency_key,
        )
        return answer

    def workshop_issue_quote(self, number: str, *, idempotency_key: str | None = None) -> s.QuoteOut:
        """Send the quote to the customer: from now on it cannot change, only be answered or replaced."""
        answer: s.QuoteOut = self._post(f"/api/v1/quotes/{in_path(number)}/issue", {}, idempotency_key)
        return answer

    def workshop_labour(self, number: str) -> list[s.LabourOut]:
        """All labour of a job, also what was taken back."""
        answer: list[s.LabourOut] = self._get(f"/api/v1/orders/{in_path(number)}/labour", {})
        return answer

    def workshop_log_labour(
        self, number: str, *, minutes: int, task: str, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Note the time that a technician worked."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/log-labour", {"minutes": minutes, "task": task}, idempotency_key
        )
        return answer

    def workshop_meet_commitment(self, key: int, *, idempotency_key: str | None = None) -> s.CommitmentOut:
        """The part was issued before the signed date."""
        answer: s.CommitmentOut = self._post(f"/api/v1/commitments/{in_path(key)}/meet", {}, idempotency_key)
        return answer

    def workshop_prepare_return(
        self,
        number: str,
        *,
        accessories_complete: bool,
        reassembled: bool,
        safety_checked: bool,
        accepted_as_is: str | LeftOut = LEFT_OUT,
        shelf: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.OrderOut:
        """Make the appliance ready to go back unrepaired, marked as such."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/prepare-return",
            {
                "accepted_as_is": accepted_as_is,
                "accessories_complete": accessories_complete,
                "reassembled": reassembled,
                "safety_checked": safety_checked,
                "shelf": shelf,
            },
            idempotency_key,
        )
        return answer

    def workshop_price_exceptions(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WorkshopPriceExceptionsPage:
        """The prices outside the list on the jobs whose bench the asker may see."""
        answer: s.WorkshopPriceExceptionsPage = self._get(
            f"/api/v1/price-exceptions", {"order": order, "unit": unit, "sort": sort, "cursor": cursor, "limit": limit}
        )
        return answer

    def every_workshop_price_exceptions(
        self,
        *,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id"] | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.ExceptionOut]:
        """The prices outside the list on the jobs whose bench the asker may see."""
        answer: Iterator[s.ExceptionOut] = self._pages(
            f"/api/v1/price-exceptions", {"order": order, "unit": unit, "sort": sort, "limit": limit}
        )
        return answer

    def workshop_propose_commitment(
        self,
        number: str,
        *,
        basis: str,
        cause: s.WorkshopDelayCause,
        promised_part_on: str,
        promised_ready_at: str,
        remedy: s.WorkshopRemedy,
        idempotency_key: str | None = None,
    ) -> s.CommitmentOut:
        """Draft the new date for the missing parts, for the customer to sign."""
        answer: s.CommitmentOut = self._post(
            f"/api/v1/orders/{in_path(number)}/propose-commitment",
            {
                "basis": basis,
                "cause": cause,
                "promised_part_on": promised_part_on,
                "promised_ready_at": promised_ready_at,
                "remedy": remedy,
            },
            idempotency_key,
        )
        return answer

    def workshop_quotes(
        self,
        *,
        state: list[s.WorkshopQuoteState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        drafted_from: str | LeftOut = LEFT_OUT,
        drafted_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "number", "-number", "drafted_at", "-drafted_at", "total_minor", "-total_minor"]
        | LeftOut = LEFT_OUT,
        cursor: str | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> s.WorkshopQuotesPage:
        """The quotes of the jobs whose bench the asker may see."""
        answer: s.WorkshopQuotesPage = self._get(
            f"/api/v1/quotes",
            {
                "state": state,
                "order": order,
                "unit": unit,
                "drafted_from": drafted_from,
                "drafted_before": drafted_before,
                "sort": sort,
                "cursor": cursor,
                "limit": limit,
            },
        )
        return answer

    def every_workshop_quotes(
        self,
        *,
        state: list[s.WorkshopQuoteState] | LeftOut = LEFT_OUT,
        order: str | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        drafted_from: str | LeftOut = LEFT_OUT,
        drafted_before: str | LeftOut = LEFT_OUT,
        sort: Literal["id", "-id", "number", "-number", "drafted_at", "-drafted_at", "total_minor", "-total_minor"]
        | LeftOut = LEFT_OUT,
        limit: int | LeftOut = LEFT_OUT,
    ) -> Iterator[s.QuoteOut]:
        """The quotes of the jobs whose bench the asker may see."""
        answer: Iterator[s.QuoteOut] = self._pages(
            f"/api/v1/quotes",
            {
                "state": state,
                "order": order,
                "unit": unit,
                "drafted_from": drafted_from,
                "drafted_before": drafted_before,
                "sort": sort,
                "limit": limit,
            },
        )
        return answer

    def workshop_refuse_commitment(
        self, key: int, *, note: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.CommitmentOut:
        """The customer does not sign: the job stands still until one of the options is chosen."""
        answer: s.CommitmentOut = self._post(
            f"/api/v1/commitments/{in_path(key)}/refuse", {"note": note}, idempotency_key
        )
        return answer

    def workshop_reject_discount(self, number: str, *, reason: str, idempotency_key: str | None = None) -> s.QuoteOut:
        """Refuse the discount that was asked for, and say why; the counter takes less off, or nothing."""
        answer: s.QuoteOut = self._post(
            f"/api/v1/quotes/{in_path(number)}/reject-discount", {"reason": reason}, idempotency_key
        )
        return answer

    def workshop_reject_exception(self, key: int, *, reason: str, idempotency_key: str | None = None) -> s.Done:
        """Hold the job to the published list, and say why."""
        answer: s.Done = self._post(
            f"/api/v1/price-exceptions/{in_path(key)}/reject", {"reason": reason}, idempotency_key
        )
        return answer

    def workshop_reject_unrepairable(
        self, number: str, *, reason: str, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Send the job back to the bench: the manager is not convinced that it cannot be repaired, and says why."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/reject-unrepairable", {"reason": reason}, idempotency_key
        )
        return answer

    def workshop_renegotiate_commitment(
        self,
        key: int,
        *,
        basis: str,
        promised_part_on: str,
        promised_ready_at: str,
        signature: int,
        idempotency_key: str | None = None,
    ) -> s.CommitmentOut:
        """Agree on another date before the first one passes, signed again."""
        answer: s.CommitmentOut = self._post(
            f"/api/v1/commitments/{in_path(key)}/renegotiate",
            {
                "basis": basis,
                "promised_part_on": promised_part_on,
                "promised_ready_at": promised_ready_at,
                "signature": signature,
            },
            idempotency_key,
        )
        return answer

    def workshop_resolve_commitment(
        self, key: int, *, note: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.CommitmentOut:
        """The remedy was given and the customer knows it."""
        answer: s.CommitmentOut = self._post(
            f"/api/v1/commitments/{in_path(key)}/resolve", {"note": note}, idempotency_key
        )
        return answer

    def workshop_resume_repair(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Go on, because all that was asked for is issued."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/resume-repair", {}, idempotency_key)
        return answer

    def workshop_revise_quote(
        self,
        number: str,
        *,
        offers: list[s.OfferIn],
        service_hours: int,
        kind: s.WorkshopOptionKind | LeftOut = LEFT_OUT,
        note: str | LeftOut = LEFT_OUT,
        others: list[s.AlternativeIn] | LeftOut = LEFT_OUT,
        repair_warranty_days: int | None | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.QuoteOut:
        """Ask the customer again, because more was found; what was agreed to falls, and the work stops until the
        answer is there."""
        answer: s.QuoteOut = self._post(
            f"/api/v1/orders/{in_path(number)}/revise-quote",
            {
                "kind": kind,
                "note": note,
                "offers": offers,
                "others": others,
                "repair_warranty_days": repair_warranty_days,
                "service_hours": service_hours,
            },
            idempotency_key,
        )
        return answer

    def workshop_set_check(
        self,
        *,
        code: str,
        kind: s.WorkorderItemKind,
        names: dict[str, str],
        work: s.WorkshopWorkKind,
        is_required: bool | LeftOut = LEFT_OUT,
        limit_max: float | str | None | LeftOut = LEFT_OUT,
        limit_min: float | str | None | LeftOut = LEFT_OUT,
        line: str | None | LeftOut = LEFT_OUT,
        unit: str | LeftOut = LEFT_OUT,
        idempotency_key: str | None = None,
    ) -> s.WorkCheckKept:
        """Say what is ticked off or measured at the bench from now on; of a code that is there already, this is
        the next version."""
        answer: s.WorkCheckKept = self._post(
            f"/api/v1/work-checks",
            {
                "code": code,
                "is_required": is_required,
                "kind": kind,
                "limit_max": limit_max,
                "limit_min": limit_min,
                "line": line,
                "names": names,
                "unit": unit,
                "work": work,
            },
            idempotency_key,
        )
        return answer

    def workshop_sign_commitment(
        self, key: int, *, signature: int, idempotency_key: str | None = None
    ) -> s.CommitmentOut:
        """The customer signs the new date; it becomes the job's promise."""
        answer: s.CommitmentOut = self._post(
            f"/api/v1/commitments/{in_path(key)}/sign", {"signature": signature}, idempotency_key
        )
        return answer

    def workshop_sign_line(self, key: int, *, signature: int, idempotency_key: str | None = None) -> s.Done:
        """The customer agrees, by their own hand, to this one price outside the list."""
        answer: s.Done = self._post(
            f"/api/v1/quote-lines/{in_path(key)}/sign", {"signature": signature}, idempotency_key
        )
        return answer

    def workshop_start_diagnosis(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Take the appliance from its shelf to the bench, and begin."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/start-diagnosis", {}, idempotency_key)
        return answer

    def workshop_start_repair(self, number: str, *, idempotency_key: str | None = None) -> s.OrderOut:
        """Begin to repair, with all parts in hand."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/start-repair", {}, idempotency_key)
        return answer

    def workshop_start_timer(
        self, number: str, *, stop_other: bool | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Let the time of a technician run on a job; where it runs already, it runs on."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/start-timer", {"stop_other": stop_other}, idempotency_key
        )
        return answer

    def workshop_stop_timer(
        self, number: str, *, task: str | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Stop one's own time on a job: the minutes, begun ones counted whole, are labour of the job."""
        answer: s.OrderOut = self._post(f"/api/v1/orders/{in_path(number)}/stop-timer", {"task": task}, idempotency_key)
        return answer

    def workshop_wait_for_parts(
        self, number: str, *, customer_is_remote: bool | LeftOut = LEFT_OUT, idempotency_key: str | None = None
    ) -> s.OrderOut:
        """Let the job wait for its part: it is on order, and the customer signed the new date."""
        answer: s.OrderOut = self._post(
            f"/api/v1/orders/{in_path(number)}/wait-for-parts",
            {"customer_is_remote": customer_is_remote},
            idempotency_key,
        )
        return answer

    def workshop_work_checks(self, number: str) -> list[s.WorkCheckSeen]:
        """The checklist of a job at the bench, as far as it is done."""
        answer: list[s.WorkCheckSeen] = self._get(f"/api/v1/orders/{in_path(number)}/work-checks", {})
        return answer
