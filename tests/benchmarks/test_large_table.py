"""The benchmark's table is one a user could have, and its command is one a user could type."""

from pathlib import Path

from benchmarks.large_table import COLUMNS, RECIPE, training_command, write_table
from reprlearn.__main__ import _parser
from reprlearn.data.event_config import EventData
from reprlearn.overrides import override
from reprlearn.recipes import find_recipe


def test_the_command_trains_on_the_table_with_the_roles_and_scalars_it_names(tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    write_table(table, 3000)
    options, rest = _parser().parse_known_args(training_command(table, tmp_path / "run")[2:])
    recipe = override(find_recipe(options.recipe), rest)
    assert options.recipe == RECIPE and recipe.fit.epochs == 1
    assert isinstance(recipe.data, EventData) and recipe.data.table == table

    log = recipe.data.load()
    assert len(log.scalars) == len(COLUMNS) - 3
    amount, hour = log.scalars[1:3]
    assert (amount.transform, amount.unit) == ("asinh", "EUR") and 0.05 < amount.missing_share < 0.15
    assert (hour.transform, hour.period, hour.known_ahead) == ("cyclic", 24.0, True)
    assert log.n_dropped == 1000, "the customers seen once"
    assert sum(log.n_events.values()) + log.n_dropped == 3000


def test_the_same_seed_writes_the_same_table(tmp_path: Path) -> None:
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        write_table(tmp_path / name, 3000, seed)
    a, b, c = ((tmp_path / name).read_bytes() for name in "abc")
    assert a == b
    assert a != c
