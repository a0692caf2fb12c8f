"""Draws a file small: `python -m core.files.thumbnail TYPE` reads it and writes a JPEG, or fails.

Behind the type may stand how wide or high a picture is at most.

A process of its own, without settings or database and with little time and memory: whatever a broken or
hostile file does to the libraries that decode it, it does here.
"""

import resource
import sys
import warnings
from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps

from core.files.pictures import MAX_PIXELS

MEMORY, SECONDS = 1024**3, 10
# As wide and high as a photo in a list of files, and as a page that one can read.
PHOTO = (320, 320)
PAGE = (1000, 1414)


def photo(content: bytes, size: tuple[int, int] = PHOTO) -> Image.Image:
    """Return a picture at most as large as `size`, turned the right way up."""
    with Image.open(BytesIO(content)) as picture:
        # Of a JPEG less is decoded from the start.
        picture.draft("RGB", (2 * size[0], 2 * size[1]))
        drawn = ImageOps.exif_transpose(picture)
        drawn.thumbnail(size)
        return drawn


def first_page(content: bytes) -> Image.Image:
    """Return the first page of a PDF at most as large as PAGE; raises PdfiumError for what cannot be read."""
    page = pypdfium2.PdfDocument(content)[0]
    width, height = page.get_size()
    return page.render(scale=min(PAGE[0] / width, PAGE[1] / height)).to_pil()


def main(content_type: str, longest: str = "") -> None:
    """Draw the file that comes in and write the picture out, within limits of memory and time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    content = sys.stdin.buffer.read()
    size = (int(longest), int(longest)) if longest else PHOTO
    drawn = first_page(content) if content_type == "application/pdf" else photo(content, size)
    # What is transparent is white, as on paper.
    paper = Image.new("RGB", drawn.size, "white")
    drawn = drawn.convert("RGBA")
    paper.paste(drawn, mask=drawn)
    out = BytesIO()
    paper.save(out, "JPEG", quality=80)
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:3])
