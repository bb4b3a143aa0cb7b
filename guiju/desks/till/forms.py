"""The forms of the till."""

from collections.abc import Sequence
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.fields import halfwidth
from guiju.desks.common.place import here
from guiju.kernel.coins import worth
from guiju.line.cashier.models import Till
from guiju.line.cashier.rules import (
    CASH_MOVE_LABELS,
    LEFT_BY,
    METHOD_LABELS,
    OLD_PARTS_LABELS,
    PAID_BY,
    PROOF_LABELS,
    CashMove,
    ClaimProof,
    Method,
    OldParts,
)
from guiju.line.cashier.rules.wallets import WALLET_LABELS, Wallet
from guiju.line.intake.models import Accessory
from guiju.line.intake.rules import CLAIM_MARK, is_half_without_proof


class OpenForm(forms.Form):
    """Which till, and what lies in it: the sum, or the notes and coins, or both."""

    till = plain.ModelChoiceField(label=_("Till"), queryset=Till.objects.none(), empty_label=None)
    float_minor = forms.MoneyField(label=_("Float that you counted into the drawer"), required=False)
    pieces = forms.PiecesField(
        label=_("By notes and coins"),
        required=False,
        help_text=_("If you count by notes, the sum need not be written."),
    )

    def __init__(self, *args: Any, tills: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["till"].queryset = tills  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The sum of the notes, where only they were counted."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("float_minor") is None and not self.errors:
            if data["pieces"] is None:
                self.add_error("float_minor", _("This is needed."))
            else:
                data["float_minor"] = worth(data["pieces"], here().currency)
        return data


class CountForm(forms.Form):
    """The blind count: every note and coin, and the total of the card terminal."""

    pieces = forms.PiecesField(
        label=_("What you counted in the drawer"),
        help_text=_("All of it, the float too."),
    )
    card_minor = forms.MoneyField(
        label=_("Total of the card terminal"), required=False,
        help_text=_("From its closing slip, after refunds. Leave it empty if no card was taken."),
    )  # fmt: skip
    wallet_minor = forms.MoneyField(
        label=_("Total of the wallets"), required=False,
        help_text=_("Of this till today, from the merchant's applications, after refunds. Leave it empty if none was taken."),
    )  # fmt: skip
    variance_reason = plain.CharField(
        label=_("Why it may differ"),
        required=False,
        max_length=300,
        help_text=_("Needed only if your count differs from the book; the book is shown after you counted."),
    )


class RecountForm(forms.Form):
    """What somebody else counts in the drawer."""

    pieces = forms.PiecesField(label=_("What you counted in the drawer"), help_text=_("All of it, the float too."))


class ForceForm(forms.Form):
    """Why somebody else closes the till, and what lies in it where nobody has counted."""

    pieces = forms.PiecesField(label=_("What you counted in the drawer"), help_text=_("All of it, the float too."))
    card_minor = forms.MoneyField(label=_("Total of the card terminal"), required=False)
    wallet_minor = forms.MoneyField(label=_("Total of the wallets"), required=False)
    reason = plain.CharField(label=_("Why the cashier does not close it"), max_length=300)

    def __init__(self, *args: Any, is_counted: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_counted:
            del self.fields["pieces"], self.fields["card_minor"], self.fields["wallet_minor"]


class MoveForm(forms.Form):
    """What goes into the drawer or out of it that no customer pays."""

    kind = plain.TypedChoiceField(
        label=_("What"), choices=[(each.value, _(CASH_MOVE_LABELS[each])) for each in CashMove], coerce=CashMove,
        widget=plain.RadioSelect, initial=CashMove.MORE_FLOAT.value,
    )  # fmt: skip
    amount_minor = forms.MoneyField(label=_("Amount"), min_minor=1)
    reason = plain.CharField(label=_("Why"), max_length=300)
    paper = plain.CharField(
        label=_("Number of the slip"), max_length=60, help_text=_("Of the paper that was signed for it.")
    )


class PayForm(forms.Form):
    """How the customer pays, and how much."""

    method = plain.TypedChoiceField(label=_("How"), choices=[], coerce=Method, widget=plain.RadioSelect)
    amount_minor = forms.MoneyField(label=_("Amount"), min_minor=1)
    tendered_minor = forms.MoneyField(
        label=_("Cash that the customer gives"), required=False, help_text=_("The change is shown next.")
    )
    terminal_ref = plain.CharField(
        label=_("Number on the card slip, of the wallet or of the transfer"), required=False, max_length=60
    )
    wallet = plain.ChoiceField(
        label=_("Which wallet"), required=False, help_text=_("Only for the printed code of the shop."),
        choices=[("", "—"), *((each.value, _(WALLET_LABELS[each])) for each in Wallet)],
    )  # fmt: skip

    def __init__(self, *args: Any, methods: Sequence[Method], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(each.value, _(METHOD_LABELS[each])) for each in methods]
        self.fields["method"].choices = choices  # type: ignore[attr-defined]
        if not self.is_bound:
            # Most pay in cash: what they give is typed at once, and Enter takes it.
            self.fields["tendered_minor"].widget.attrs["autofocus"] = True


class DepositForm(forms.Form):
    """How the customer leaves a deposit: for a loaner, or before a part is ordered."""

    method = plain.TypedChoiceField(
        label=_("How"),
        choices=[(each.value, _(METHOD_LABELS[each])) for each in LEFT_BY],
        coerce=Method,
        initial=Method.CASH.value,
    )
    terminal_ref = plain.CharField(label=_("Number on the card slip or of the transfer"), required=False, max_length=60)


class AskBackForm(forms.Form):
    """Why a deposit goes back although the repair goes on."""

    reason = plain.CharField(label=_("Why it goes back"), max_length=300)


class ReturnForm(forms.Form):
    """Why a deposit goes back, and how: the way it came, or by the bank."""

    reason = plain.CharField(label=_("Why it goes back"), max_length=300)
    method = plain.TypedChoiceField(label=_("How"), coerce=Method)
    bank_ref = plain.CharField(label=_("Number on the card slip or of the transfer"), required=False, max_length=60)
    signature = forms.SignatureField(
        label=_("The customer's signature"),
        required=False,
        help_text=_("For cash: the customer signs for what goes back."),
    )

    def __init__(self, *args: Any, came_by: str, **more: Any) -> None:
        super().__init__(*args, **more)
        ways = dict.fromkeys((Method(came_by), Method.TRANSFER))
        self.fields["method"].choices = [(each.value, _(METHOD_LABELS[each])) for each in ways]  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """Why a locked claim code may be tried again."""

    reason = plain.CharField(label=_("What did you find out?"), max_length=300)


class HandOverForm(forms.Form):
    """The proof, what goes with the appliance, and what was shown."""

    proof = plain.TypedChoiceField(
        label=_("How the customer shows that it is theirs"),
        choices=[(each.value, _(PROOF_LABELS[each])) for each in ClaimProof],
        coerce=ClaimProof,
        widget=plain.RadioSelect,
        initial=ClaimProof.CLAIM_CODE.value,
    )
    claim_code = plain.CharField(
        label=_("Claim code"),
        required=False,
        max_length=300,
        help_text=_("Scan the customer's half of the tag, or type its six digits."),
        widget=plain.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "autofocus": True,
                # A scan anywhere on the page that proves the claim comes here, and the hand goes on to what is still to be ticked.
                "data-scan-takes": CLAIM_MARK,
                "data-scan-next": "demonstrated",
            }
        ),
    )
    proof_note = plain.CharField(
        label=_("Which paper was shown"), required=False, max_length=200, help_text=_("Never write its whole number.")
    )
    exception_note = plain.CharField(label=_("Why not all accessories go back"), required=False, max_length=300)
    demonstrated = plain.BooleanField(label=_("The customer saw that it works"), required=False)
    signature = forms.SignatureField(label=_("The customer's signature"), required=False)

    def __init__(self, *args: Any, accessories: Sequence[Accessory], has_old_parts: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.accessories = accessories
        for each in accessories:
            self.fields[f"accessory_{each.pk}"] = plain.IntegerField(
                label=each.name, min_value=0, max_value=each.quantity, initial=each.quantity
            )
        if has_old_parts:
            self.fields["old_parts"] = plain.TypedChoiceField(
                label=_("The customer's old parts"), choices=[(each.value, _(OLD_PARTS_LABELS[each])) for each in OldParts],
                coerce=OldParts, empty_value=None, required=False, widget=plain.RadioSelect,
            )  # fmt: skip

    def clean_claim_code(self) -> str:
        """What was scanned or typed; the appliance's own half finds the job and proves nothing, so it counts as no guess."""
        given = halfwidth(self.cleaned_data["claim_code"])
        if is_half_without_proof(given):
            raise plain.ValidationError(_("This is the appliance's half. Scan the customer's half of the tag."))
        return given

    @property
    def accessory_fields(self) -> list[Any]:
        """The checklist of what came with the appliance."""
        return [self[f"accessory_{each.pk}"] for each in self.accessories]

    def clean(self) -> dict[str, Any]:
        """What goes back by accessory, as the verb wants it."""
        data: dict[str, Any] = super().clean() or {}
        data["accessories_returned"] = {each.pk: data.pop(f"accessory_{each.pk}", 0) for each in self.accessories}
        return data


class RefundForm(forms.Form):
    """How much goes back, and why."""

    amount_minor = forms.MoneyField(label=_("Amount to give back"), min_minor=1)
    method = plain.ChoiceField(
        label=_("How it goes back"), required=False,
        help_text=_("Another way than it came has to be approved as such."),
        choices=[
            ("", _("The way it came")),
            *((each.value, _(METHOD_LABELS[each])) for each in PAID_BY if each != Method.WALLET),
        ],
    )  # fmt: skip
    reason = plain.CharField(label=_("Why"), max_length=300, widget=plain.Textarea(attrs={"rows": 2}))


class RejectForm(forms.Form):
    """Why the refund is refused."""

    reason = plain.CharField(label=_("Why it is refused"), max_length=300)


class VoidForm(forms.Form):
    """Why the payment was taken wrongly."""

    reason = plain.CharField(label=_("What went wrong"), max_length=300)


class ShowForm(forms.Form):
    """What lies on the counter so far."""

    tendered_minor = forms.MoneyField(required=False)


class PrintForm(forms.Form):
    """On what a receipt is printed, and why again."""

    reason = plain.CharField(label=_("Why it is printed again"), max_length=300, required=False)
    size = plain.ChoiceField(
        label=_("Paper"), required=False,
        choices=[("", _("As usual here")), ("roll-80mm", _("Roll, 80 mm")), ("a5", "A5"), ("a4", "A4")],
    )  # fmt: skip


class FindCustomerForm(forms.Form):
    """Who wants credit."""

    q = plain.CharField(label=_("Customer's name or telephone number"), required=False, max_length=100)


class CreditForm(forms.Form):
    """How much may be owed, for how long."""

    limit_minor = forms.MoneyField(label=_("The most that may be owed at once"), min_minor=1)
    days = plain.IntegerField(label=_("Days to pay"), min_value=1, max_value=180, initial=30)
