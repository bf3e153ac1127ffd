"""Accounting for the money: reports with receipts, what was not spent, what must be paid back."""
