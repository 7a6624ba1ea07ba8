"""The worked examples of what no source fetches: each group has one, and the row and the pointed file give the same figure."""

import pytest

from tests.data.sources.mapping.files import codes, csv_bytes, read
from tests.data.sources.template_files import template
from tettpaa.data.indicators.definitions import definition
from tettpaa.data.sources.by_hand import BY_HAND, ByHand
from tettpaa.data.sources.mapping.lines import template_bytes
from tettpaa.data.sources.not_fetched import left_out
from tettpaa.data.sources.reading import read_bytes
from tettpaa.data.sources.template_words import EXAMPLES
from tettpaa.data.suppression.kinds import Status


def test_each_group_has_one() -> None:
    groups = [next(why for why, keys in left_out().items() if one.indicator in keys) for one in BY_HAND]
    assert sorted(groups) == sorted(left_out())
    assert [row[4] for row in EXAMPLES[-len(BY_HAND) :]] == [one.indicator for one in BY_HAND]


@pytest.mark.parametrize("example", BY_HAND, ids=lambda example: example.indicator)
def test_the_row_and_the_pointed_file_give_the_same_figure(example: ByHand) -> None:
    by_template = read_bytes(template(";".join(example.line)))
    assert by_template.problems == ()
    (cell,) = by_template.cells
    assert f"{cell.value:.1f}".replace(".", ",").removesuffix(",0") == example.value.rstrip("*").removesuffix(
        ",0"
    )
    assert cell.status is (Status.CONFIDENTIAL if definition(example.indicator).confidential else Status.OK)
    pointed = read(csv_bytes(example.rows), example.profile)
    assert codes(pointed) == []
    (again,) = read_bytes(template_bytes(pointed.lines)).cells
    assert again._replace(unit_name="", row=0) == cell._replace(unit_name="", row=0)
