"""Tables of the register for tests."""

from municipalities.models import Municipality

HEADER = "lau2_code,name,district_code,district_cs,nuts3,region_cs,latitude,longitude"


def line(row: Municipality, *populations: object, **changed: str) -> str:
    """Return one line of a table: a municipality as the portal has it, or `changed`, with its inhabitants."""
    cells = {
        "code": row.code,
        "name": row.name,
        "district_code": row.district_code,
        "district": row.district,
        "nuts3": row.region_id,
        "region": row.region.name_cs,
        "latitude": "49.5",
        "longitude": "17.5",
        **changed,
    }
    return ",".join([*cells.values(), *map(str, populations)])


def table(*lines: str, years: tuple[int, ...] = (2025,)) -> bytes:
    """Return a table of the register with these lines."""
    header = ",".join([HEADER, *(f"population_{year}" for year in years)])
    return ("\r\n".join([header, *lines]) + "\r\n").encode()


def changes(*lines: str) -> bytes:
    """Return a table of what became of municipalities."""
    return ("\n".join(["on,fate,before,after,source", *lines]) + "\n").encode()
