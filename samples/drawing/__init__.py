"""Drawing synthetic documents: paper, lettering, seals, portraits, pages, photographs.

Lengths are millimetres on the page unless a name ends in ``px``; every random
choice comes from a generator seeded by the exhibit and the name of the thing
drawn, so that the same sources give the same picture at every scale.
"""
