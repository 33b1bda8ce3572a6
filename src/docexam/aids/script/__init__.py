"""The script of handwriting: Hangul, Cyrillic, Latin, Han, Arabic, a scribble, or nothing."""
