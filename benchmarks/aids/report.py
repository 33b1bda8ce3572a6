"""What the benchmark prints, writes as JSON, and writes as the measured figures of the cards."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from textwrap import wrap
from typing import Any

from docexam.aids.figures import measured_in

from .running import Runner
from .tally import ALL, Line, table

_MATERIALS = {
    "page": "drawn pages",
    "script": "drawn signatures",
    "same": "drawn pairs",
    "file": "drawn pages as JPEG",
}
_COLUMNS = (ALL, "clear", "hard")


def told(runner: Runner, cost: dict[str, Any]) -> dict[str, Any]:
    """Return all that was measured of one aid as JSON."""
    tally = runner.tally
    return {
        "aid": runner.aid.id,
        "version": runner.aid.version,
        "outcomes": dict(runner.outcomes),
        "reasons": dict(runner.reasons.most_common(5)),
        "cpu_ms_median": round(1000 * median(runner.seconds), 1) if runner.seconds else None,
        "cost": cost.get(runner.aid.id, {}),
        "figures": [
            {"name": line.name, "group": line.group, "value": _rounded(line.value), "n": line.n}
            for line in tally.lines()
        ],
        "confusion": {name: _confusion(tally.confusions[name]) for name in tally.confusions},
    }


def _confusion(counts: Any) -> dict[str, Any]:
    rows, columns, cells = table(counts)
    return {"true": rows, "said": columns, "counts": cells}


def _rounded(value: float) -> float:
    return round(value, 4) if value < 10 else round(value, 1)


def printed(form: dict[str, Any]) -> str:
    """Return the text for one aid: figures by group, confusions, cost."""
    out = [f"\n=== {form['aid']} {form['version']}"]
    ran = ", ".join(f"{n} {what}" for what, n in form["outcomes"].items())
    out.append(f"runs: {ran}; CPU {form['cpu_ms_median']} ms (median)")
    out += [f"  reason ×{n}: {reason}" for reason, n in form["reasons"].items()]
    out.append(f"  {'':<52}" + "".join(f"{group:>16}" for group in _COLUMNS))
    for name in dict.fromkeys(f["name"] for f in form["figures"]):
        rows = {f["group"]: f for f in form["figures"] if f["name"] == name}
        cells = (_cell(rows.get(group)) for group in _COLUMNS)
        out.append(f"  {name:<52}" + "".join(f"{cell:>16}" for cell in cells))
        rest = [f"{g} {_cell(f)}" for g, f in sorted(rows.items()) if g not in _COLUMNS]
        out += [f"      {line}" for line in wrap(" · ".join(rest), 104)]
    for name, grid in form["confusion"].items():
        out.append(f"  {name} (rows: true)")
        wide = max(len(c) for c in [*grid["true"], *grid["said"]]) + 1
        out.append(
            "      " + " " * wide + "".join(f"{c:>{max(6, len(c) + 1)}}" for c in grid["said"])
        )
        for true, row in zip(grid["true"], grid["counts"], strict=True):
            cells = "".join(
                f"{v:>{max(6, len(c) + 1)}}" for c, v in zip(grid["said"], row, strict=True)
            )
            out.append(f"      {true:<{wide}}{cells}")
    if form["cost"]:
        out.append(f"  cost in a process of its own: {_cost(form['cost'])}")
    return "\n".join(out)


def _cell(figure: dict[str, Any] | None) -> str:
    return f"{figure['value']:.3f} ({figure['n']})" if figure else ""


def _cost(cost: dict[str, Any]) -> str:
    if "error" in cost:
        return str(cost["error"])
    each = ", ".join(f"{name} {1000 * s:.0f} ms" for name, s in cost["seconds"].items())
    said = "; ".join(f"{name}: {what}" for name, what in cost["said"].items() if what)
    return f"{each}; together {1000 * cost['all']:.0f} ms, peak {cost['peak_mb']:.0f} MB {said}"


def printed_costs(cost: dict[str, Any], ids: list[str]) -> str:
    """Return the text on the runs of several aids, and on large pictures."""
    rows = [f"  {name}: {_cost(told)}" for name, told in cost.items() if name not in ids]
    return "\n=== cost of several aids on one capture\n" + "\n".join(rows) if rows else ""


def write_card(runner: Runner, form: dict[str, Any], how: str) -> Path:
    """Write the figures of one aid for its card; groups other than difficulty stay out."""
    kind = _MATERIALS.get(runner.aid.id, "drawn pages")
    figures = [_figure(line, kind) for line in runner.tally.lines() if _of_card(line)]
    cost = form["cost"]
    if cost and "error" not in cost:
        spent = round(1000 * cost["all"])
        what = "CPU milliseconds on one capture of 1900 × 1400"
        figures.append({"name": what, "value": spent, "n": 1, "material": "a drawn page"})
        peak = round(cost["peak_mb"])
        figures.append(
            {"name": "peak memory in MB", "value": peak, "n": 1, "material": "a drawn page"}
        )
    card = {
        "version": runner.aid.version,
        "measured": how,
        "synthetic": True,
        "figures": figures,
        "confusion": form["confusion"],
    }
    path = measured_in(runner.aid.id, runner.aid.version)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def _of_card(line: Line) -> bool:
    return line.group in (ALL, "clear", "hard")


def _figure(line: Line, kind: str) -> dict[str, Any]:
    material = kind if line.group == ALL else f"{kind}, {line.group}"
    return {"name": line.name, "value": _rounded(line.value), "n": line.n, "material": material}
