"""How we speak on the telephone: six steps, in this order (S6-03). Plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from guiju.kernel.words import LANGUAGES, N_, Sentence


class Step(StrEnum):
    """The courtesies of a call, in the order of a call."""

    GREETING = "GREETING"
    NAME = "NAME"
    EMPATHY = "EMPATHY"
    CONFIRM = "CONFIRM"
    SUMMARISE = "SUMMARISE"
    CLOSE = "CLOSE"


STEP_LABELS: Mapping[Step, str] = {
    Step.GREETING: N_("Greeting"),
    Step.NAME: N_("Names"),
    Step.EMPATHY: N_("Sympathy"),
    Step.CONFIRM: N_("Confirm the problem"),
    Step.SUMMARISE: N_("Summarise"),
    Step.CLOSE: N_("Goodbye"),
}

# Points for one step of a call that was listened to.
MARK_MOST = 5
WORDS_LONGEST = 500

# Spoken until an outlet or the brand publishes its own words.
HOUSE_SCRIPT: Mapping[str, Mapping[str, str]] = {
    Step.GREETING: {
        "en": "Good day, this is the repair service. How can I help you?",
        "zh-hans": "您好，这里是维修服务中心，请问有什么可以帮您？",
        "zh-hant": "您好，這裡是維修服務中心，請問有什麼可以幫您？",
    },
    Step.NAME: {
        "en": "My name is … . How may I address you, and may I note your number?",
        "zh-hans": "我是客服……，请问怎么称呼您？方便记录您的联系电话吗？",
        "zh-hant": "我是客服……，請問怎麼稱呼您？方便記錄您的聯絡電話嗎？",
    },
    Step.EMPATHY: {
        "en": "I am sorry that the appliance lets you down. We will see to it.",
        "zh-hans": "给您带来不便，非常抱歉，我们会尽快为您处理。",
        "zh-hant": "給您帶來不便，非常抱歉，我們會盡快為您處理。",
    },
    Step.CONFIRM: {
        "en": "Which appliance is it, since when, and what exactly does it do? May I repeat that?",
        "zh-hans": "请问是什么产品、什么时候开始、具体是什么现象？我跟您核对一下。",
        "zh-hant": "請問是什麼產品、什麼時候開始、具體是什麼現象？我跟您核對一下。",
    },
    Step.SUMMARISE: {
        "en": "So we do the following: … . The test costs …, and you hear from us by … .",
        "zh-hans": "我总结一下：……；检测费……，我们会在……之前与您联系。",
        "zh-hant": "我總結一下：……；檢測費……，我們會在……之前與您聯絡。",
    },
    Step.CLOSE: {
        "en": "Is there anything else? Thank you for calling. Goodbye.",
        "zh-hans": "请问还有其他需要吗？感谢您的来电，再见。",
        "zh-hant": "請問還有其他需要嗎？感謝您的來電，再見。",
    },
}


def problems_of_script(content: Any) -> tuple[Sentence, ...]:
    """What keeps these words from being published: a step that lacks its words in one of the three languages.

    source   S6-03
    """
    if not isinstance(content, Mapping):
        return (Sentence(N_("A script has its words for each step.")),)
    lacking = []
    for step in Step:
        words = content.get(step)
        words = words if isinstance(words, Mapping) else {}
        for language in LANGUAGES:
            said = words.get(language)
            if not isinstance(said, str) or not said.strip() or len(said) > WORDS_LONGEST:
                blanks = {"step": Sentence(STEP_LABELS[step]), "language": language}
                lacking.append(Sentence(N_("%(step)s: write its words in %(language)s."), blanks))
    return tuple(lacking)
