"""How fast every page is, as a ratio to the plainest list view the same process can serve; never part of a timed test."""
