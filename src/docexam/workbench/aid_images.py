"""Captures as aids see them: verified, upright, decoded once and kept reduced.

Most aids look at a reduced picture. Every reduction comes from one of `KEPT` pixels, whoever asks
first, so that an aid sees the same pixels in a review and on its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from docexam.domain.exhibit import Capture

if TYPE_CHECKING:
    from PIL import Image

    from docexam.aids.protocol import Pixels

KEPT = 2000
_BAND = 512
_MOST_KEPT = 6
# How many bytes of whole pictures may lie in memory beside the one that is looked at.
_BUDGET = 160_000_000


class Upright:
    """The upright pixels of one file, decoded when first asked for.

    `content` gives the untouched bytes; it may raise DocexamError. The reduced picture is kept,
    the whole one only until `let_go`.
    """

    def __init__(self, content: Callable[[], bytes]) -> None:
        self._content = content
        self._lock = RLock()
        self._whole: Pixels | None = None
        self._reduced: Pixels | None = None

    def rgb(self, longest: int = 0) -> Pixels:
        """Return rows × columns × 3, 8 bits a channel, read-only; `longest` 0 for every pixel."""
        with self._lock:
            if not longest or longest > KEPT:
                return smaller(self._all(), longest)
            if self._reduced is None:
                self._reduced = self._near()
            return smaller(self._reduced, longest)

    @property
    def whole_bytes(self) -> int:
        """How many bytes the whole picture takes in memory now."""
        return 0 if self._whole is None else int(self._whole.nbytes)

    def let_go(self) -> None:
        """Forget the whole picture; the reduced one stays."""
        with self._lock:
            self._whole = None

    def _near(self) -> Pixels:
        """Return the picture of at most KEPT pixels: never by way of every pixel of a large JPEG.

        It comes out the same whether the whole picture was asked for before or not.
        """
        from docexam.imaging.decode import open_reduced

        image, whole = open_reduced(self._content(), KEPT)
        near = _pixels(_reduced(image, KEPT))
        if whole and max(image.size) <= KEPT:
            self._whole = near
        return near

    def _all(self) -> Pixels:
        if self._whole is None:
            from docexam.imaging.decode import open_upright

            self._whole = _pixels(open_upright(self._content()))
        return self._whole


def _pixels(image: Image.Image) -> Pixels:
    """Return an image's pixels, taken over in bands: Pillow copies what it hands out twice."""
    import numpy as np

    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _BAND):
        bottom = min(top + _BAND, height)
        pixels[top:bottom] = np.asarray(image.crop((0, top, width, bottom)))
    pixels.flags.writeable = False
    return pixels


def smaller(pixels: Pixels, longest: int) -> Pixels:
    """Return the pixels with the longer side at most `longest`, as every aid sees them; read-only.

    0 leaves them as they are.
    """
    if not longest or max(pixels.shape[:2]) <= longest:
        return pixels
    from PIL import Image

    return _pixels(_reduced(Image.fromarray(pixels), longest))


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    """Reduce with a filter that takes half the time of the one for people's eyes."""
    from PIL import Image

    from docexam.imaging.pictures import reduced

    return reduced(image, longest, Image.Resampling.HAMMING)


class CaptureImage:
    """One capture of an examination as aids see it."""

    def __init__(self, capture: Capture, content: Callable[[], bytes], upright: Upright) -> None:
        self.n = capture.n
        self.sha256 = capture.sha256
        self.width = capture.width
        self.height = capture.height
        self._content = content
        self._upright = upright

    def rgb(self, longest: int = 0) -> Pixels:
        """Return the upright pixels, reduced to `longest` on the longer side where it is given."""
        return self._upright.rgb(longest)

    def original(self) -> bytes:
        """Return the untouched bytes."""
        return self._content()


class StoredImage:
    """An original of the casebook by its path, as aids see it: taken in and verified before.

    Raises DocexamError where the file is no image after all.
    """

    def __init__(self, n: int, path: Path) -> None:
        from docexam.imaging.decode import decoding, open_guarded, orientation_of, upright_size

        self.n = n
        self.sha256 = path.name
        self._bytes = path.read_bytes()
        with decoding():
            image = open_guarded(self._bytes)
            self.width, self.height = upright_size(image.size, orientation_of(image))
        self._upright = Upright(self.original)

    def rgb(self, longest: int = 0) -> Pixels:
        """Return the upright pixels, reduced to `longest` on the longer side where it is given."""
        return self._upright.rgb(longest)

    def original(self) -> bytes:
        """Return the untouched bytes."""
        return self._bytes


class Album:
    """The captures of one examination, the last few kept decoded.

    `read` gives the verified bytes of an original, or raises DocexamError.
    """

    def __init__(self, read: Callable[[Capture], bytes]) -> None:
        self._read = read
        self._kept: OrderedDict[str, Upright] = OrderedDict()
        self._lock = RLock()

    def image(self, capture: Capture) -> CaptureImage:
        """Return a capture as aids see it; others let their whole pictures go to make room."""

        def content() -> bytes:
            return self._read(capture)

        with self._lock:
            held = self._kept.pop(capture.sha256, None) or Upright(content)
            room = _BUDGET - capture.width * capture.height * 3
            for other in reversed(self._kept.values()):
                room -= other.whole_bytes
                if room < 0:
                    other.let_go()
            self._kept[capture.sha256] = held
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return CaptureImage(capture, content, held)

    def forget(self) -> None:
        """Let go of every picture."""
        with self._lock:
            self._kept.clear()
