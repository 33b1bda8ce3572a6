"""Write the dump of a small casebook of this version: run once when a version is released.

    python tests/store/released/write_dump.py

The dump is what later versions are tested against; it is never written again afterwards.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from docexam.casebook import Casebook, schema
from docexam.domain.events import (
    CLOSED,
    FIELD_TRANSCRIBED,
    FINDING_RECORDED,
    OPENED,
    Draft,
    Personal,
)

AT = "2026-01-02T03:04:05Z"


def fill(casebook: Casebook) -> None:
    row = casebook.create_examination(
        case="2024-117",
        exhibit="Книжка",
        examiner="kim",
        checklist={"id": "demo", "version": "1"},
        checklist_id="demo",
        at=AT,
        drafts=[Draft(OPENED, {"captures": []})],
    )
    drafts = (
        Draft(FINDING_RECORDED, {"indicator": "seal", "note": Personal("Ёлка на печати")}),
        Draft(FIELD_TRANSCRIBED, {"field": "surname", "raw": Personal("Петров")}),
        Draft(CLOSED, {}),
    )
    with casebook.writing(row.id) as tx:
        for draft in drafts:
            tx.append(draft, at=AT, examiner="kim")
        tx.index("note:seal", "Ёлка на печати")
        tx.project(state="closed", answered=1, total=2, updated=AT)
    casebook.save_resume(row.id, {"item": "seal"})
    casebook.note_reader(row.exhibit, "lee", AT)
    with casebook.adopting() as adopting:
        adopting.keep_record(row.exhibit, {"captures": []}, AT)


def dump(casebook: Casebook) -> str:
    con = casebook._con
    lines = [f"{statement};" for step in schema.STEPS for statement in step]
    for table in re.findall(r"^CREATE TABLE (\w+)", "\n".join(lines), re.MULTILINE):
        columns = [f"quote({row[1]})" for row in con.execute(f"PRAGMA table_info({table})")]
        query = f"SELECT {' || char(44) || '.join(columns)} FROM {table}"
        lines += [f"INSERT INTO {table} VALUES({row[0]});" for row in con.execute(query)]
    lines.append("INSERT INTO search_index(search_index) VALUES('rebuild');")
    lines += [f"{guard};" for guard in schema.GUARDS.values()]
    lines.append(f"PRAGMA application_id = {schema.APPLICATION_ID};")
    lines.append(f"PRAGMA user_version = {schema.VERSION};")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, Casebook.open(Path(folder)) as made:
        fill(made)
        target = Path(__file__).with_name(f"v{schema.VERSION}.sql")
        target.write_text(dump(made), "utf-8")
