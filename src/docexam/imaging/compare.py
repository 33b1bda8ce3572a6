"""Two captures beside each other at the same scale."""

from __future__ import annotations

from dataclasses import replace

from docexam.imaging.view import MAX_SCALE, Frame, View, clamp, fit_scale


def same_scale(
    view_a: View, view_b: View, *, unit_a: float = 1.0, unit_b: float = 1.0
) -> tuple[View, View]:
    """Return both views with what they show drawn equally large; places and turns stay.

    Without units one image pixel is one image pixel in both. `unit_a` and `unit_b` are how many
    image pixels the same thing (the page's width, one letter) spans in each capture; then that
    thing is equally large on the screen. The first view's scale leads, as far as `MAX_SCALE`
    lets the second follow. The caller clamps the second to its pane.
    """
    ratio = unit_a / unit_b if unit_a > 0 and unit_b > 0 else 1.0
    return view_a, replace(view_b, scale=min(view_a.scale * ratio, MAX_SCALE))


def follow(view_a: View, view_b: View, frame_b: Frame) -> View:
    """Return the second view moved to the same place (fractions) and scale as the first."""
    return clamp(replace(view_b, x=view_a.x, y=view_a.y, scale=view_a.scale), frame_b)


def fitted_pair(view_a: View, frame_a: Frame, view_b: View, frame_b: Frame) -> tuple[View, View]:
    """Return both views at the larger scale at which both captures fit their panes whole."""
    scale = min(fit_scale(frame_a, view_a.rotation), fit_scale(frame_b, view_b.rotation))
    one, other = (replace(v, x=0.5, y=0.5, scale=scale) for v in (view_a, view_b))
    return one, other
