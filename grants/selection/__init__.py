"""Choosing: verification with a visit, flags of double aid, scores, and the ranking within an allocation."""
