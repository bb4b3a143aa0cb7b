"""A page with what somebody had typed put into its form again: the fields by their names, as a browser would send them.

It is done to the page as it was drawn, because there are a hundred forms and none of them should have to know of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import urlsplit

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

# What holds no typing: pressed, chosen from a disk, or written by the page itself.
NOT_TYPED = frozenset({"hidden", "file", "password", "submit", "button", "image", "reset"})
MARK = "came-back"
TICKED = frozenset({"checkbox", "radio"})

Attributes = dict[str, str | None]


@dataclass
class _Tag:
    """A start tag: where it stands in the page, and what it says."""

    name: str
    start: int
    end: int
    attributes: Attributes

    def with_(self, **changed: str | None) -> str:
        """The tag anew; None stands for an attribute without a value."""
        said = self.attributes | changed
        words = (name if value is None else f'{name}="{escape(value)}"' for name, value in said.items())
        return f"<{' '.join((self.name, *words))}>"

    def without(self, name: str) -> _Tag:
        return _Tag(self.name, self.start, self.end, {k: v for k, v in self.attributes.items() if k != name})


@dataclass
class _Field:
    """One control with what stands inside it, and the folds that it lies in."""

    tag: _Tag
    folds: list[_Tag]
    inside_end: int = 0
    options: list[tuple[_Tag, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.tag.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        return (self.tag.attributes.get("type") or "text").lower() if self.tag.name == "input" else self.tag.name

    @property
    def value(self) -> str:
        return self.tag.attributes.get("value") or ("on" if self.kind in TICKED else "")


@dataclass
class _Form:
    tag: _Tag
    folds: list[_Tag]
    ways: set[str]
    fields: list[_Field] = field(default_factory=list)


class _Page(HTMLParser):
    """The forms of a page and their fields, each with its place in the text."""

    def __init__(self, html: str, here: str) -> None:
        super().__init__(convert_charrefs=True)
        self.here = here
        self.forms: list[_Form] = []
        self.main: _Tag | None = None
        # A line's end is a letter too.
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._folds: list[_Tag] = []
        self._form: _Form | None = None
        self._elsewhere: list[tuple[str, _Field]] = []
        self._open: _Field | None = None
        self.feed(html)
        self.close()
        for name, each in self._elsewhere:
            form = next((form for form in self.forms if form.tag.attributes.get("id") == name), None)
            if form is not None:
                form.fields.append(each)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._at()
        tag = _Tag(name, start, start + len(self.get_starttag_text() or ""), dict(attrs))
        if name == "main":
            self.main = tag
        elif name == "details":
            self._folds.append(tag)
        elif name == "form":
            self._form = _Form(tag, list(self._folds), {self._way(tag.attributes.get("action"))})
            self.forms.append(self._form)
        elif name == "button" and self._form is not None:
            if leads := tag.attributes.get("formaction"):
                self._form.ways.add(self._way(leads))
            self._form.fields.append(_Field(tag, []))
        elif name in {"input", "textarea", "select"}:
            self._add(_Field(tag, list(self._folds)))
        elif name == "option" and self._open is not None:
            self._open.options.append((tag, ""))

    def _add(self, each: _Field) -> None:
        if each.tag.name != "input":
            self._open = each
        if owner := each.tag.attributes.get("form"):
            self._elsewhere.append((owner, each))
        elif self._form is not None:
            self._form.fields.append(each)

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._open.options:
            tag, text = self._open.options[-1]
            self._open.options[-1] = (tag, text + data)

    def handle_endtag(self, name: str) -> None:
        if name == "details" and self._folds:
            self._folds.pop()
        elif name == "form":
            self._form = None
        elif name in {"textarea", "select"} and self._open is not None:
            self._open.inside_end = self._at()
            self._open = None

    def _way(self, action: str | None) -> str:
        return urlsplit(action or "").path or self.here


Typed = Sequence[tuple[str, str]]
# From where to where in the page, and what stands there instead.
Edit = tuple[int, int, str]


def refill(html: str, *, here: str, path: str, typed: Typed, has_files: bool) -> str | None:
    """The page with what was typed in the form that leads there, and with a sentence that says so; None if it is no page of ours.

    here, path   of the page; where the form was sent
    typed        name and value as they were sent, hidden ones too: these tell forms apart that are otherwise alike
    has_files    whether files or drawings were sent along, which cannot be put back
    """
    page = _Page(html, here)
    form = _form_of(page, path, typed)
    if form is None:
        if page.main is None:
            return None
        return _edited(
            html,
            [(page.main.end, page.main.end, _notice([_changed()], [value for _name, value in typed if value.strip()]))],
        )
    edits, folds, left = _filled(form, typed)
    words = [
        gettext(
            "You had been signed out, and nothing was done. What you entered is here again: look it over and send it."
        )
    ]
    if left:
        words.append(gettext("The form has changed meanwhile, and not all of it could be put back."))
    if has_files:
        words.append(gettext("Choose photographs and files again, and sign again."))
    edits.append((form.tag.end, form.tag.end, _notice(words, left)))
    edits += [(fold.start, fold.end, fold.with_(open=None)) for fold in folds]
    return _edited(html, edits)


def _changed() -> str:
    return gettext(
        "You had been signed out, and nothing was done. This page has changed meanwhile, and what you entered no longer fits here."
    )


def _form_of(page: _Page, path: str, typed: Typed) -> _Form | None:
    """The form that leads there; of several the one that knows most of the fields, and says the same in those that nobody sees."""
    sent = set(typed)
    names = {name for name, _value in typed}

    def likeness(form: _Form) -> tuple[int, int]:
        hidden = {(each.name, each.value) for each in form.fields if each.kind == "hidden"}
        return len(names & {each.name for each in form.fields}), len(sent & hidden)

    alike = [
        form for form in page.forms if (form.tag.attributes.get("method") or "").lower() == "post" and path in form.ways
    ]
    return max(alike, key=likeness, default=None)


def _filled(form: _Form, typed: Typed) -> tuple[list[Edit], list[_Tag], list[str]]:
    """How the form's text changes, which folds must stand open, and what found no field."""
    left = list(typed)
    edits: list[Edit] = []
    folds: dict[int, _Tag] = {fold.start: fold for fold in form.folds}
    for each in form.fields:
        if each.kind in NOT_TYPED:
            left = [(name, value) for name, value in left if name != each.name]
            continue
        before = len(left)
        edits += _put(each, left)
        if len(left) < before:
            folds |= {fold.start: fold for fold in each.folds}
    return edits, list(folds.values()), [value for _name, value in left if value.strip()]


def _put(each: _Field, left: list[tuple[str, str]]) -> Iterator[Edit]:
    """Put into this field what is its own, and take it from what is left."""
    tag = each.tag
    if each.kind in TICKED:
        is_ticked = _take(left, each.name, each.value)
        bare = tag.without("checked")
        yield tag.start, tag.end, bare.with_(checked=None) if is_ticked else bare.with_()
    elif each.kind == "select":
        for option, text in each.options:
            said = option.attributes.get("value")
            bare = option.without("selected")
            is_chosen = _take(left, each.name, text.strip() if said is None else said)
            yield option.start, option.end, bare.with_(selected=None) if is_chosen else bare.with_()
    else:
        value = next((value for name, value in left if name == each.name), None)
        if value is None:
            return
        left.remove((each.name, value))
        if each.kind == "textarea":
            # A browser drops the first line end of a box.
            yield tag.end, each.inside_end, "\n" + escape(value.replace("\r\n", "\n"), quote=False)
        else:
            yield tag.start, tag.end, tag.with_(value=value)


def _take(left: list[tuple[str, str]], name: str, value: str) -> bool:
    if (name, value) not in left:
        return False
    left.remove((name, value))
    return True


def _notice(words: list[str], values: list[str]) -> SafeString:
    """Read aloud and led to by the address (`#came-back`); what has no field any more stands in it to be copied."""
    listed = (
        format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((each,) for each in values))) if values else ""
    )
    told = '<div class="notice notice-warning came-back" id="{}" role="alert" tabindex="-1" data-came-back><p>{}</p>{}</div>'
    return format_html(told, MARK, " ".join(words), listed)


def _edited(html: str, edits: list[Edit]) -> str:
    parts, at = [], 0
    for start, end, text in sorted(edits):
        parts += [html[at:start], text]
        at = end
    return "".join([*parts, html[at:]])
