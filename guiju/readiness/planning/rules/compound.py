"""Demand that comes in lots: how many requests come in a time, times how many pieces each asks for.

What is asked for at once decides what serves it: three pieces are no help to whom asks for ten. So the sizes that were asked for are
kept as they were, in steps of so many pieces that a few dozen steps reach far enough, and the chances are walked (Panjer's recursion).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from guiju.readiness.planning.rules.forecasts import Matrix, Row

# Steps of the walk. Three times as many saved nothing more.
STEPS = 32
# No rate is known better than to a tenth of itself.
UNSURE = 0.1
# What was asked for so far is a sample: each size stands for some around it, so far apart as a part's sizes are, and no more than this.
SPREAD_MAX, AROUND = 0.5, (-1.5, -0.5, 0.5, 1.5)


def likely_sizes(asked: Row) -> Row:
    """Sizes that are equally likely to be asked for next, from those that were; their mean stays."""
    if not len(asked):
        return np.ones(1)
    apart = min(float(np.log(np.maximum(asked, 1)).std()), SPREAD_MAX)
    if apart < 1e-9:
        return asked
    around = np.exp(np.array(AROUND) * apart)
    near: Row = (asked[:, None] * (around / around.mean())[None]).reshape(-1)
    return np.maximum(near, 1.0)


def in_steps(sizes: Sequence[Row], step: Row) -> Matrix:
    """The chance of each size, a row for each part, in steps of its own; what lies between two steps is shared so that the mean stays."""
    found = np.zeros((len(sizes), STEPS + 1))
    for row, each in enumerate(sizes):
        place = np.minimum(each / step[row], STEPS)
        low = np.minimum(place.astype(np.int64), STEPS - 1)
        np.add.at(found[row], low, (1 - (place - low)) / len(each))
        np.add.at(found[row], low + 1, (place - low) / len(each))
    return found


def walk(requests: Matrix, sizes: Matrix) -> Matrix:
    """The chance that no more than 0, 1, … STEPS - 1 steps are asked for, along the first axis.

    requests  the mean number of requests, the last axis a row of `sizes`; how sure it is, UNSURE says
    """
    certain = 1 / UNSURE**2
    apart = requests / certain
    a = apart / (1 + apart)
    b = (certain - 1) * a
    none = sizes[:, 0]
    longest = int(np.flatnonzero(sizes.any(axis=0)).max(initial=0))
    chance = np.zeros((STEPS, *requests.shape))
    chance[0] = np.exp(-certain * np.log1p(apart * (1 - none)))
    for k in range(1, STEPS):
        so_far = np.zeros_like(requests)
        for size in range(1, min(k, longest) + 1):
            so_far += (a + b * (size / k)) * (sizes[:, size] * chance[k - size])
        chance[k] = so_far / (1 - a * none)
    within: Matrix = np.minimum(np.cumsum(chance, axis=0), 1.0)
    return within


def unserved(within: Matrix, sizes: Matrix) -> Matrix:
    """How many steps of a request find nothing on the shelf, when 0, 1, … are kept and so much is owed as `walk` says."""
    at_least = np.cumsum(sizes[:, ::-1], axis=1)[:, ::-1]
    longest = int(np.flatnonzero(sizes.any(axis=0)).max(initial=0))
    missing = np.zeros_like(within)
    for kept in range(STEPS):
        for size in range(1, longest + 1):
            beyond = 1 - within[kept - size] if size <= kept else 1.0
            missing[kept] += at_least[:, size] * beyond
    return missing
