"""Adding the sign of two compressions to what was found in a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from docexam.aids.file.remark import Remark

if TYPE_CHECKING:
    from docexam.aids.file.looking import Looked


def look_at_doubling(
    looked: Looked, content: bytes, limits: str, told: Callable[[float], None]
) -> float | None:
    """Fill `double` of a JPEG's facts and return the score; None where it cannot be told."""
    if looked.jpeg is None:
        looked.data["double"] = None
        return None
    form: dict[str, Any] = {"found": None, "score": None, "limits": limits}
    looked.data["double"] = form
    found, why = _found(content, told)
    if found is None:
        form["reason"] = why
        return None
    form |= {"found": found.found, "score": found.score, "coefficients": found.count}
    if found.found:
        form["first_quality"] = found.quality or None
        first = f", the first at about quality {found.quality}" if found.quality else ""
        looked.remarks.append(
            Remark(
                "compressed-twice",
                f"The counts of coefficients are those of two compressions{first}.",
                "Sending by a messenger, uploading, and saving a crop on the grid do that.",
            )
        )
    return float(found.score)


def _found(content: bytes, told: Callable[[float], None]) -> tuple[Any, str]:
    from docexam.aids.file.doubling import find_doubling, luma_of

    damaged = (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError)
    try:
        read = luma_of(content)
    except damaged:
        return None, "The picture cannot be decoded whole."
    except MemoryError:
        return None, "There is not enough memory to decode it."
    if read is None:
        return None, "Only pictures of brightness and two colour components are looked at."
    found = find_doubling(*read, told)
    return found, "" if found else "The picture is too small or too even to tell."
