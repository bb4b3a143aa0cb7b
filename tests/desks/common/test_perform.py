"""A view does its one action once, and a refusal stands where the person can mend it."""

from typing import Any

import pytest
from django import forms as django_forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from guiju.desks.common import forms
from guiju.kernel.refusing import Refusal, WrongState
from guiju.kernel.words import N_

performing = pytest.importorskip("guiju.desks.common.perform", exc_type=ImportError, reason="KERNEL.ONCE IS MISSING")

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]


class Thing(forms.Form):
    name = django_forms.CharField()
    paper = forms.PaperField(required=False)


class TooLong(Refusal):
    sentence = N_("The name has more than %(count)s letters.")


@pytest.fixture
def asked(rf: RequestFactory, lin: Any) -> Any:
    def make(**sent: Any) -> Any:
        request = rf.post("/thing", sent)
        request.actor = lin  # type: ignore[attr-defined]
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        return request

    return make


def perform(request: Any, act: Any) -> Any:
    form = Thing(request.POST, request.FILES)
    return form, performing.perform(request, form, act)


def test_the_act_gets_what_was_cleaned_and_its_answer_comes_back(asked: Any) -> None:
    form, done = perform(asked(name=" Li "), lambda data: f"made for {data['name']}")
    assert done
    assert done.answer == "made for Li"
    assert not form.errors


def test_the_same_form_sent_twice_acts_once(asked: Any) -> None:
    acts: list[str] = []

    def act(data: Any) -> int:
        acts.append(data["name"])
        return len(acts)

    answers = [perform(asked(name="Li", once="k-1"), act)[1].answer for _ in range(3)]
    assert answers == [1, 1, 1]
    assert acts == ["Li"]
    assert perform(asked(name="Li", once="k-2"), act)[1].answer == 2


def test_the_same_key_with_other_content_is_refused(asked: Any) -> None:
    def paper(text: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("p.txt", text)

    assert perform(asked(name="Li", once="k", paper=paper(b"one")), lambda _data: 1)[1]
    form, done = perform(asked(name="Li", once="k", paper=paper(b"two")), lambda _data: 2)
    assert not done
    assert form.non_field_errors()


def test_what_is_wrong_with_the_form_is_no_act(asked: Any) -> None:
    form, done = perform(asked(name=""), lambda _data: pytest.fail("acted"))
    assert not done
    assert "name" in form.errors


def test_a_refusal_stands_at_its_field_and_the_key_is_free_again(asked: Any) -> None:
    def refuse(_data: Any) -> None:
        raise TooLong(count=3, field="name")

    form, done = perform(asked(name="Li", once="k"), refuse)
    assert not done
    assert form.errors["name"] == ["The name has more than 3 letters."]
    assert perform(asked(name="L", once="k"), lambda _data: "mended")[1].answer == "mended"


def test_a_refusal_of_no_field_stands_on_top_and_shows_the_ways_out(asked: Any) -> None:
    def refuse(_data: Any) -> None:
        raise WrongState(allowed=["REPAIRING", "CANCELLED"], field="state")

    form, _done = perform(asked(name="Li"), refuse)
    assert "From here it can become: Repairing, Cancelled." in form.non_field_errors()[0]


def test_a_bare_button_says_its_refusal_in_the_messages(asked: Any) -> None:
    def refuse(_data: Any) -> None:
        raise TooLong(count=3)

    request = asked()
    assert not performing.perform(request, None, refuse)
    assert [str(message) for message in get_messages(request)] == ["The name has more than 3 letters."]


def test_the_act_can_read_a_file_whose_content_was_looked_at(asked: Any) -> None:
    sent = SimpleUploadedFile("p.txt", b"content")
    _form, done = perform(asked(name="Li", paper=sent), lambda data: data["paper"].read().decode())
    assert done.answer == "content"
