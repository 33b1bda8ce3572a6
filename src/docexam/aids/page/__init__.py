"""The outline of the document in a photograph, and the page as seen from straight above."""
