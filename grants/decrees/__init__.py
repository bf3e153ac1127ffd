"""The decree (SK): an annex of people and amounts that commits the money of all its lines at once."""
