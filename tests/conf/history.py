"""`guiju migrate` along the whole history in a third of its time: `python -m tests.conf.history migrate --by-history`.

Where a step changes a table, Django makes every model anew that points to it or to what it points to: fifty each time, since nearly
everything here points to a unit and to a person, and that is most of what the history takes. Here a step that nothing else depends
on makes its own model anew, and Django makes all of them before Python is told of them. The statements are the same.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.state import ProjectState

from guiju.conf import cli

_every = ProjectState._find_reload_model


def _alone(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> Any:
    """The models to make anew: what is new or may wait, alone.

    delay   what Django says of a change on which no other model depends: they are made anew before Python is told of them
    """
    is_new = model_name not in self.apps.all_models[app_label]
    if not (delay or is_new):
        return _every(self, app_label, model_name, delay)
    self.is_delayed = True
    return {(app_label, model_name)}


if __name__ == "__main__":
    ProjectState._find_reload_model = _alone  # type: ignore[method-assign]
    cli.main()
