"""The table of what works where is the tests' own, and every cell has a proof or a reason."""

from __future__ import annotations

from capabilities import TABLE, Capability, find_unproven, read_dialogs, write_table
from own_ways import OWN_WAYS


def test_every_cell_has_a_proof_or_a_reason() -> None:
    assert find_unproven([*read_dialogs(), *OWN_WAYS]) == []


def test_a_cell_without_one_would_be_noticed() -> None:
    gone = Capability("flying", {"Slack": "tests/parity/test_table.py::test_flying"}, {"Teams": "no wings"})
    assert find_unproven([gone]) == ["flying: Slack", "flying: Terminal"]


def test_the_table_is_what_the_tests_say() -> None:
    assert TABLE.read_text(encoding="utf-8") == write_table([*read_dialogs(), *OWN_WAYS]), (
        "run: python tests/parity/capabilities.py"
    )
