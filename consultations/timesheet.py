"""How much time contacts took."""


def as_hours(minutes: int) -> str:
    """Return minutes as hours and minutes: "1:05"."""
    return f"{minutes // 60}:{minutes % 60:02d}"
