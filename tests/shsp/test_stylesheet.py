"""The one style sheet of the pages is put together from its sources."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.utils import get_files

from shsp.stylesheet import StylesheetFinder

FOLDER = settings.BASE_DIR / "static/css"


def test_every_sheet_stands_in_it_once_colours_first_and_screens_last():
    text = Path(finders.find("css/theme.css")).read_text()

    sheets = [path for path in FOLDER.rglob("*.css") if not path.name.startswith("print")]
    assert [path.name for path in sheets if text.count(path.read_text()) != 1] == []
    assert sum(len(path.read_text()) + 1 for path in sheets) == len(text) + 1
    places = [
        text.index(f"/* {first}")
        for first in (
            "One place for colours",
            "Elements, lists",
            "Buttons;",
            "The menu of who",
            "Municipalities like",
        )
    ]
    assert places == sorted(places)


def test_pages_are_served_it(client):
    response = client.get("/static/css/theme.css")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/css")
    assert b"".join(response.streaming_content).startswith(b"/* One place for colours")


def test_collectstatic_takes_it_from_where_it_was_written():
    [(name, storage)] = StylesheetFinder().list([])

    assert name == "css/theme.css"
    # Nothing half written is left beside it.
    assert list(get_files(storage)) == ["css/theme.css"]
    with storage.open(name) as file:
        assert file.read().startswith(b"/* One place for colours")


def test_other_files_are_found_where_they_stand():
    assert finders.find("css/print.css") == str(FOLDER / "print.css")
    assert finders.find("css/nowhere.css") is None
