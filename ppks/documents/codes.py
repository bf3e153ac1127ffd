"""The code by which anybody can ask whether a paper is valid: too long to guess, easy to read aloud and to type."""

import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U
GROUPS, IN_GROUP = 4, 5  # 100 bits
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """`7K2QD-0X9VB-M4T1H-Z8RNE`"""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(IN_GROUP)) for _ in range(GROUPS))


def typed(text: str) -> str:
    """A code as it is stored, however somebody typed it; nonsense gives what no paper has."""
    letters = "".join(c for c in text.upper().translate(READ_AS) if c in LETTERS)[: GROUPS * IN_GROUP]
    return "-".join(letters[start : start + IN_GROUP] for start in range(0, len(letters), IN_GROUP))
