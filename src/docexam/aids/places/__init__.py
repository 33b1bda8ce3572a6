"""Places of birth: known in that spelling, in that region, at that date?"""
