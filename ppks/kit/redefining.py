"""A function of the database as an earlier migration made it, for a later one that makes it again with something changed."""


def function(sql: str, name: str) -> str:
    """The text of `create function name(…) … $tag$;` in `sql`, as one that takes its own place. Raises ValueError without it."""
    start = sql.index(f"function {name}(")
    tag = sql[(at := sql.index(" as $", start) + len(" as ")) : sql.index("$", at + 1) + 1]
    end = sql.index(f"{tag};\n", at + len(tag)) + len(f"{tag};\n")
    return f"create or replace {sql[start:end]}"


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with each `old` that stands in it as `new`, the first one. Raises ValueError where one does not."""
    for old, new in changes:
        if old not in text:
            raise ValueError(f"Not there to be changed: {old}")
        text = text.replace(old, new, 1)
    return text
