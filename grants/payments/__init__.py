"""Paying out: accounts, tranches, payment orders, holds, and whether the money really arrived."""
