"""The exhibits: an invented person's booklet, its captures, and what is amiss with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .booklet import Booklet
from .people import ALTERED, NO_SEALS, REGULAR
from .photograph import Shot


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One thing that is not as it should be, and the place where it can be seen."""

    id: str
    page: str
    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One practice exhibit; ``ppm`` is the pixels a millimetre each page is drawn at."""

    id: str
    title: str
    summary: str
    booklet: Booklet
    shots: tuple[Shot, ...]
    signature_script: str
    signature_reads: str
    ppm: Mapping[str, float] = field(default_factory=dict)
    anomalies: tuple[Anomaly, ...] = ()


def _with_camera(shot: Shot, when: str, number: str, iso: int) -> Shot:
    """Return ``shot`` with the EXIF block of an invented camera."""
    camera = ((0x010F, "Obrazets"), (0x0110, "Specimen 12"), (0x0131, "SP12 1.04"), (0x0132, when))
    exposure = (
        (0x829A, 1 / 60),
        (0x829D, 1.8),
        (0x8827, iso),
        (0x9003, when),
        (0x9004, when),
        (0x9291, number),
        (0x920A, 5.6),
        (0xA434, "Specimen 5.6mm f/1.8"),
    )
    return replace(shot, exif=camera, exposure_exif=exposure)


def _cover(width: int, height: int) -> Shot:
    return Shot("cover.jpg", "cover", "Cover", width, height, 124, (46, 64.5))


def _identity(width: int, height: int) -> Shot:
    return Shot("identity.jpg", "identity", "Identity spread", width, height, 204, (90, 64.5))


def _service(width: int, height: int) -> Shot:
    return Shot("service.jpg", "service", "Service pages", width, height, 206, (90, 64.5))


def _regular_shots() -> tuple[Shot, ...]:
    title = "Detail: the photograph's corner and its seal"
    detail = Shot("seal-detail.jpg", "identity", title, 1600, 1200, 66, (37, 103), detail=True)
    shots = (
        replace(_cover(1500, 2000), turn=-2.2, tilt=(0.03, -0.05)),
        replace(
            _identity(4000, 3000), turn=1.8, tilt=(0.02, -0.09), soft=1.15, noise=1.6, quality=80
        ),
        replace(_service(2000, 1500), turn=-1.1, tilt=(-0.04, -0.07)),
        replace(detail, turn=3.5, tilt=(0.02, 0.03), soft=1.0),
    )
    return tuple(
        replace(_with_camera(shot, f"2026:03:09 11:4{n}:07", f"{n}40", 80), warmth=0.025)
        for n, shot in enumerate(shots)
    )


def _no_seals_shots() -> tuple[Shot, ...]:
    """Return web pictures: no EXIF, compressed twice."""
    shots = (
        replace(
            _identity(2000, 1500),
            span=200,
            centre=(90, 65),
            turn=-3.1,
            tilt=(0.07, -0.05),
            light=(0.6, -0.3, 0.24),
        ),
        replace(
            _service(1600, 1200),
            centre=(90, 63.5),
            turn=2.4,
            tilt=(-0.05, -0.10),
            light=(0.4, 0.5, 0.22),
        ),
    )
    return tuple(
        replace(shot, table="cloth", warmth=-0.02, first_quality=62, quality=85, soft=0.9)
        for shot in shots
    )


def _altered_shots() -> tuple[Shot, ...]:
    """Return one spread lying sideways in its file, and a detail beside the two spreads."""
    title = "Detail: the date of issue"
    detail = Shot("date-detail.jpg", "identity", title, 1400, 1050, 66, (146, 97), detail=True)
    sideways = replace(_service(2000, 1500), turn=-2.0, tilt=(0.05, -0.06), orientation=6)
    shots = (
        replace(
            _identity(2400, 1800),
            turn=2.6,
            tilt=(-0.05, -0.08),
            glare=(-0.62, 0.15, 0.10),
        ),
        replace(_with_camera(sideways, "2026:04:17 18:23:51", "112", 320), noise=2.4),
        replace(detail, turn=-4.0, tilt=(0.03, -0.04), soft=1.0),
    )
    return tuple(replace(shot, table="laminate", light=(0.3, -0.6, 0.2)) for shot in shots)


_NO_SEALS_ANOMALIES = (
    Anomaly("photo-missing", "identity", "photo", "No photograph was ever glued in."),
    Anomaly("seal-missing", "identity", "seal-place", "No seal at the photograph's place."),
    Anomaly("issuer-seal-missing", "identity", "issuer-seal-place", "No seal of the issuer."),
    Anomaly(
        "official-unsigned", "identity", "official-signature-place", "The official did not sign."
    ),
    Anomaly("order-missing", "identity", "order", "The order's number and date are not filled in."),
    Anomaly(
        "signature-hangul",
        "identity",
        "owner-signature-place",
        "Signed in Hangul with another pen; it does not read as the name entered.",
    ),
    Anomaly(
        "birth-place-region-only",
        "identity",
        "birth-place",
        "Only the republic is entered. Its name in this form is an official equivalent.",
    ),
    Anomaly("unit-seal-missing", "service", "unit-seal-place", "No seal of the unit."),
    Anomaly(
        "weapon-late",
        "service",
        "weapon-place",
        "The first weapon is dated 10.10.2024; service is claimed since 12.04.2016.",
    ),
    Anomaly(
        "personal-number-late",
        "service",
        "personal-number-date",
        "The personal number is dated a day after the first weapon, years after the start.",
    ),
)

_ALTERED_ANOMALIES = (
    Anomaly(
        "photo-replaced",
        "identity",
        "photo",
        "The photograph is not the one the seal was struck over.",
    ),
    Anomaly(
        "seal-interrupted",
        "identity",
        "seal-place",
        "The seal stops at the photograph's edge and goes on shifted, turned, in another tone.",
    ),
    Anomaly("glue-residue", "identity", "residue", "Glue and torn fibres round the photograph."),
    Anomaly(
        "date-overwritten",
        "identity",
        "issue-date",
        "The year was scraped off and written again in another ink and hand: 2009 became 2019.",
    ),
)


def all_exhibits() -> tuple[Exhibit, ...]:
    """Return the exhibits in the order in which they are drawn."""
    return (
        Exhibit(
            id="regular",
            title="Specimen: a regular military booklet",
            summary="Regularly issued in its invented world; everything is in its place.",
            booklet=REGULAR,
            shots=_regular_shots(),
            signature_script="Cyrl",
            signature_reads="Вымыслов",
            ppm={"cover": 15.0, "identity": 23.0, "service": 11.5},
        ),
        Exhibit(
            id="no-seals",
            title="Specimen: seals and photograph missing, signed in Hangul",
            summary="Drawn after a published claim: places left blank, dates out of order.",
            booklet=NO_SEALS,
            shots=_no_seals_shots(),
            signature_script="Hang",
            signature_reads="한가상",
            ppm={"identity": 12.0, "service": 10.0},
            anomalies=_NO_SEALS_ANOMALIES,
        ),
        Exhibit(
            id="altered",
            title="Specimen: photograph replaced, date of issue overwritten",
            summary="Drawn as regular and then altered: the photograph and one date.",
            booklet=ALTERED,
            shots=_altered_shots(),
            signature_script="Latn",
            signature_reads="Nebyl",
            ppm={"identity": 19.0, "service": 11.5},
            anomalies=_ALTERED_ANOMALIES,
        ),
    )
