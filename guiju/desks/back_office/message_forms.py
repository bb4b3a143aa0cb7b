"""The forms of the messages to customers, and of the words in which they are written."""

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.oversight.notices.rules import (
    CHANNEL_LABELS,
    SUBJECT_LENGTH_MAX,
    Channel,
)

CHANNELS = [(each.value, _(CHANNEL_LABELS[each])) for each in Channel]


class PreferenceForm(forms.Form):
    """How a customer wants to be told."""

    channel = plain.ChoiceField(label=_("The customer wants to be told by"), choices=CHANNELS)
    address = plain.CharField(
        label=_("Address"),
        required=False,
        max_length=254,
        help_text=_("For e-mail and WeChat. Text messages go to the first telephone number on the card."),
    )


class WordingForm(forms.Form):
    """The words of one message."""

    subject = plain.CharField(label=_("Subject"), required=False, max_length=SUBJECT_LENGTH_MAX)
    text = plain.CharField(
        label=_("Text"),
        required=False,
        max_length=4000,
        widget=plain.Textarea(attrs={"rows": 5}),
        help_text=_("Empty: the words that came with the house."),
    )
    starts_on = forms.DayField(label=_("From"))
