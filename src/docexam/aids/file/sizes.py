"""Sizes to which services are documented to reduce pictures; a hint, shared by many programs."""

from __future__ import annotations

from docexam.aids.file.remark import Remark

# Telegram: core.telegram.org/api/files (types s m x y w). VK: documentation of photo sizes.
# X (Twitter): media sizes of its API. Messengers without a documented size are left out.
_LONGEST = {
    320: ("Telegram",),
    604: ("VK",),
    680: ("X",),
    800: ("Telegram",),
    807: ("VK",),
    1200: ("X",),
    1280: ("Telegram", "VK"),
    2048: ("X",),
    2560: ("Telegram", "VK"),
    4096: ("X",),
}


def size_remark(width: int, height: int, exif: bool) -> Remark | None:
    """Return what a picture's longer side fits, where it fits something and has no Exif."""
    services = _LONGEST.get(max(width, height), ())
    if not services or exif:
        return None
    named = " and ".join(services)
    return Remark(
        "service-size",
        f"The longer side is {max(width, height)} pixels, to which {named} reduce pictures as "
        "they document; no Exif is left.",
        "Cameras, scanners and other programs use the same numbers.",
    )
