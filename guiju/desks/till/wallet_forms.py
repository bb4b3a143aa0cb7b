"""The form by which a wallet is asked, and its steps."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.steps import Step
from guiju.line.cashier import actions as cashier


class AskWalletForm(forms.Form):
    """How much is asked of a wallet: by the code on the customer's telephone, or by one that is shown."""

    amount_minor = forms.MoneyField(label=_("Amount"), min_minor=1)
    payer_code = plain.CharField(
        label=_("Payment code of the customer"), required=False, max_length=32,
        help_text=_("Scan the bar on the customer's telephone; which wallet it is, it says itself."),
        widget=plain.TextInput(attrs={
            "inputmode": "numeric", "autocomplete": "off", "data-scan-takes": r"^(1[0-5]\d{16}|(2[5-9]|30)\d{14,22})$", "data-hotkey": "w",
        }),
    )  # fmt: skip
    # Which button was pressed; of a scanned code the code decides.
    wallet = plain.CharField(required=False, max_length=8, widget=plain.HiddenInput)


STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("cancel", "cashier.cancel_wallet", cashier.cancel_wallet, _("Cancelled. What should still come is kept.")),
        Step("match", "cashier.match_wallet", cashier.match_wallet, _("It pays the bill.")),
        Step("return", "cashier.return_wallet", cashier.return_wallet, _("It goes back to the customer's wallet.")),
    )
}
