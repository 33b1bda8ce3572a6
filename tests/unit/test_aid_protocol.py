"""Aids run beside the review: what they break stays with them, and they are loaded when asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from docexam.aids import registry
from docexam.aids.names.aid import AID as NAMES
from docexam.aids.protocol import (
    Aid,
    Alone,
    Cancelled,
    Card,
    Gives,
    Ground,
    Material,
    Proposal,
    Reads,
    Region,
    Run,
    Score,
)
from docexam.aids.running import cache_key, card_json, outcome_json, run_aid
from docexam.errors import InputError, MachineError

CARD = Card("Toy", "1", "for tests", ("anything",), "not at all", synthetic=True)


class Toy:
    """An aid whose behaviour a test gives it."""

    id = "toy"
    version = "1"
    reads = frozenset({Reads.TEXT})
    gives = (Gives("seals", many=True), Gives("page"))
    notes_only = False
    card = CARD

    def __init__(self, behave: Any, lacking: str = "") -> None:
        self.behave = behave
        self.lacking = lacking

    def missing(self) -> str:
        return self.lacking

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        return self.behave(material, run)


SEAL = Proposal("toy", "1", "seals", "A seal.", data={"box": [0, 0, 1, 1]})


def test_an_aid_that_raises_is_told_as_broken_and_raises_no_further() -> None:
    def behave(material: Material, run: Run) -> tuple[Proposal, ...]:
        raise RuntimeError("no such model")

    outcome = run_aid(Toy(behave), Material())
    assert outcome.broken
    assert outcome.proposals == ()
    assert "no such model" in outcome.reason


def test_an_input_that_cannot_be_read_is_a_reason_and_not_a_breakdown() -> None:
    def behave(material: Material, run: Run) -> tuple[Proposal, ...]:
        raise InputError("X", "The capture is one pixel wide.")

    outcome = run_aid(Toy(behave), Material())
    assert not outcome.broken
    assert outcome.reason == "The capture is one pixel wide."


def test_a_cancelled_aid_gives_nothing_and_is_not_broken() -> None:
    class Hurried(Alone):
        def cancelled(self) -> bool:
            return True

    def behave(material: Material, run: Run) -> tuple[Proposal, ...]:
        if run.cancelled():
            raise Cancelled
        return (SEAL,)

    assert run_aid(Toy(behave), Material()).proposals == (SEAL,)
    outcome = run_aid(Toy(behave), Material(), Hurried())
    assert outcome.cancelled
    assert not outcome.broken
    assert outcome.proposals == ()


def test_an_aid_that_lacks_something_says_so_instead_of_running() -> None:
    aid = Toy(lambda m, r: (SEAL,), "Install docexam[face].")
    outcome = run_aid(aid, Material())
    assert outcome.reason == "Install docexam[face]."
    assert outcome.proposals == ()
    form = outcome_json(aid, outcome)
    assert form["lacking"] is True
    assert form["reason"] == "Install docexam[face]."
    assert "lacking" not in outcome_json(aid, run_aid(Toy(lambda m, r: (SEAL,)), Material()))


@pytest.mark.parametrize(
    "bad",
    [
        ("not a proposal",),
        (replace(SEAL, aid="names"),),
        (replace(SEAL, version="2"),),
        (replace(SEAL, key="verdict"),),
    ],
)
def test_proposals_that_are_not_its_own_are_refused_whole(bad: tuple[Any, ...]) -> None:
    outcome = run_aid(Toy(lambda m, r: (SEAL, *bad)), Material())
    assert outcome.broken
    assert outcome.proposals == ()


GROUND = Ground("The ring.", capture=1, shape=((0, 0), (1, 0), (1, 1), (0, 1)))


@pytest.mark.parametrize(
    "bad",
    [
        replace(SEAL, grounds="the ring"),
        replace(SEAL, grounds=("the ring",)),
        replace(
            SEAL, grounds=(replace(GROUND, shape=((0, 0), (1, 0), (1, float("nan")), (0, 1))),)
        ),
        replace(SEAL, grounds=(replace(GROUND, shape=((0, 0), (1, 0))),)),
        replace(SEAL, grounds=(replace(GROUND, capture="1"),)),
        replace(SEAL, data=[1]),
        replace(SEAL, data={"a": object()}),
        replace(SEAL, data={"a": {1, 2}}),
        replace(SEAL, data={"a": float("inf")}),
        replace(SEAL, says=7),
        replace(SEAL, reading=None),
        replace(SEAL, score=0.5),
        replace(SEAL, score=Score(float("nan"), "share")),
        replace(SEAL, key=["seals"]),
    ],
)
def test_a_proposal_of_wrong_parts_is_refused_whole_and_has_a_json_form(bad: Any) -> None:
    aid = Toy(lambda m, r: (SEAL, bad))
    outcome = run_aid(aid, Material())
    assert outcome.broken
    assert outcome.proposals == ()
    assert "DX-AID-BROKEN" in json.dumps(outcome_json(aid, outcome), allow_nan=False)


def test_data_that_holds_itself_is_refused() -> None:
    data: dict[str, Any] = {}
    data["self"] = data
    assert run_aid(Toy(lambda m, r: (replace(SEAL, data=data),)), Material()).broken


@pytest.mark.parametrize("made", [None, 7, "text", {"a": 1}])
def test_what_is_no_tuple_is_refused(made: Any) -> None:
    assert run_aid(Toy(lambda m, r: made), Material()).broken


@pytest.mark.parametrize("error", [SystemExit(0), SystemExit("bye"), GeneratorExit()])
def test_an_aid_cannot_end_the_program(error: BaseException) -> None:
    def behave(material: Material, run: Run) -> tuple[Proposal, ...]:
        raise error

    outcome = run_aid(Toy(behave), Material())
    assert outcome.broken
    assert type(error).__name__ in outcome.reason


def test_a_persons_interrupt_goes_through() -> None:
    def behave(material: Material, run: Run) -> tuple[Proposal, ...]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_aid(Toy(behave), Material())


def test_what_an_aid_prints_is_not_in_the_answer(capfd: pytest.CaptureFixture[str]) -> None:
    def behave(material: Material, run: Run) -> tuple[Proposal, ...]:
        print("noise")
        os.write(1, b"more")
        run_aid(Toy(lambda m, r: ()), Material())  # one within another puts nothing back early
        print("after")
        return (SEAL,)

    before = sys.stdout
    assert run_aid(Toy(behave), Material()).proposals == (SEAL,)
    assert sys.stdout is before
    print("answer", flush=True)
    out, err = capfd.readouterr()
    assert out == "answer\n"
    assert {"noise", "more", "after"} <= set(err.replace("more", "more\n").split())


WRONG = [
    ("gives", "seals"),
    ("gives", ("seals",)),
    ("gives", (Gives(7),)),  # type: ignore[arg-type] # what a foreign aid may say
    ("gives", (Gives("aid"),)),
    ("gives", None),
    ("reads", "text"),
    ("reads", frozenset({"smell"})),
    ("notes_only", "no"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_an_aid_that_describes_itself_wrongly_is_broken_and_not_loaded(
    monkeypatch: pytest.MonkeyPatch, name: str, value: Any
) -> None:
    toy = Toy(lambda m, r: (SEAL,))
    setattr(toy, name, value)
    outcome = run_aid(toy, Material())
    assert outcome.broken
    assert outcome_json(toy, outcome)["proposals"] == []
    _with(monkeypatch, Point("toy", toy))
    with pytest.raises(MachineError, match=name) as caught:
        registry.load_aid("toy")
    assert caught.value.code == "DX-AID-BROKEN"


def test_an_aid_that_exits_and_prints_while_it_is_loaded_is_a_trouble(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Exits(Point):
        def load(self) -> Any:
            print("noise")
            raise SystemExit(0)

    _with(monkeypatch, Exits("toy", None))
    _, troubles = registry.all_aids()
    assert any(t.name == "toy" and "SystemExit" in t.what for t in troubles)
    assert capsys.readouterr().out == ""


def test_the_json_form_has_every_key_the_aid_gives_and_the_grounds_with_their_places() -> None:
    ground = Ground("The ring.", capture=2, shape=((0, 0), (1, 0), (1, 1), (0, 1)))
    scored = replace(SEAL, grounds=(ground,), score=Score(0.5, "share of the ring"))
    aid = Toy(lambda m, r: (scored,))
    form = outcome_json(aid, run_aid(aid, Material()))
    assert form["seals"] == [{"box": [0, 0, 1, 1]}]
    assert form["page"] is None
    assert form["proposals"][0]["grounds"][0]["polygon"] == [[0, 0], [1, 0], [1, 1], [0, 1]]
    assert form["proposals"][0]["score"] == {"value": 0.5, "meaning": "share of the ring"}


def test_the_cache_key_follows_every_part_of_the_material_and_the_version() -> None:
    toy = Toy(lambda m, r: ())
    capture = SimpleNamespace(n=1, sha256="a" * 64, width=1, height=1)
    base = Material(captures=(capture,), texts=("a",), fields={"x": "1", "y": "2"})  # type: ignore[arg-type] # only hash and number matter
    changed = [
        replace(base, texts=("b",)),
        replace(base, fields={"x": "1", "y": "3"}),
        replace(base, issued="2019"),
        replace(base, kind="military-booklet"),
        replace(base, region=Region(1, ((0, 0), (1, 0), (1, 1), (0, 1)))),
        replace(base, captures=(SimpleNamespace(n=1, sha256="b" * 64),)),
    ]
    keys = {cache_key(toy, material) for material in changed}
    assert len(keys) == len(changed)
    assert cache_key(toy, base) not in keys
    assert cache_key(toy, base) == cache_key(toy, replace(base, fields={"y": "2", "x": "1"}))
    toy.version = "2"
    assert cache_key(toy, base) not in keys


def test_a_proposal_has_no_place_for_an_answer_or_a_weight() -> None:
    names = set(Proposal.__dataclass_fields__)
    assert not names & {"answer", "bears", "finding", "weight", "conclusion"}


def test_the_names_aid_can_never_stand_beside_an_answer_that_bears() -> None:
    assert NAMES.notes_only


# --- the registry ------------------------------------------------------------------------------


def test_every_shipped_aid_loads_and_its_card_is_of_its_version() -> None:
    aids, _ = registry.all_aids()
    shipped = {aid.id: aid for aid in aids if aid.id in registry.BUILT_IN}
    assert {"names", "places", "numbers", "mrz"} <= set(shipped)
    for aid in shipped.values():
        assert isinstance(aid, Aid)
        card = card_json(aid)
        assert card["version"] == aid.version
        assert card["purpose"]
        assert card["cannot"]
        assert card["measured"]


def test_an_unknown_aid_names_the_nearest_one() -> None:
    with pytest.raises(InputError, match="name") as caught:
        registry.load_aid("nmaes")
    assert "names" in caught.value.todo


class Point:
    """A stand-in for an entry point."""

    def __init__(self, name: str, thing: Any) -> None:
        self.name = name
        self.thing = thing

    def load(self) -> Any:
        if isinstance(self.thing, Exception):
            raise self.thing
        return self.thing


def _with(monkeypatch: pytest.MonkeyPatch, *points: Point) -> None:
    monkeypatch.setattr(registry, "_entry_points", lambda: points)


def test_a_third_party_aid_is_loaded_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    toy = Toy(lambda m, r: ())
    _with(monkeypatch, Point("toy", toy))
    assert registry.load_aid("toy") is toy
    assert registry.aid_ids()[-1] == "toy"


@pytest.mark.parametrize(
    ("point", "why"),
    [
        (Point("toy", ImportError("no torch")), "no torch"),
        (Point("toy", object()), "lacks"),
        (Point("other", Toy(None)), "id is not the name"),
        (Point("names", Toy(None)), "shipped"),
    ],
)
def test_a_third_party_aid_that_is_no_good_disturbs_no_other(
    monkeypatch: pytest.MonkeyPatch, point: Point, why: str
) -> None:
    _with(monkeypatch, point)
    aids, troubles = registry.all_aids()
    assert any(aid.id == "names" and aid is NAMES for aid in aids)
    assert any(trouble.name == point.name and why in trouble.what for trouble in troubles)
    assert registry.load_aid("names") is NAMES


def test_a_broken_third_party_aid_asked_for_by_name_says_what_is_the_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _with(monkeypatch, Point("toy", ImportError("no torch")))
    with pytest.raises(MachineError, match="no torch"):
        registry.load_aid("toy")


def test_the_registry_imports_no_aid_and_the_text_aids_no_imaging_library() -> None:
    code = (
        "import sys, docexam.aids.registry as r\n"
        "assert not any(m.startswith('docexam.aids.names') for m in sys.modules)\n"
        "for name in ('names', 'places', 'numbers', 'mrz'): r.load_aid(name)\n"
        "heavy = {'numpy', 'PIL', 'pydantic', 'textual', 'tomli'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
