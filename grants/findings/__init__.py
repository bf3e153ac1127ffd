"""The board of findings: what auditors look for, as lists that should be empty."""
