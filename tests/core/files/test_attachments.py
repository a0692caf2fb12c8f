"""Files go through one door: what is taken, what is not, under which name, and what is left out of it."""

import codecs
import errno
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from PIL import Image

from core.files import attachments
from core.files.attachments import Attachment, check, clean_name, kept, serve
from core.files.pictures import BadPicture, cleaned
from tests.files import stored

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CASES = Path(__file__).parent
PLACE = b"GPS-50.0755-14.4378"


def upload(name, content=b"text"):
    return SimpleUploadedFile(name, content)


def a_zip(entries, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content, **options)
    return out.getvalue()


def a_docx(**more):
    return a_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", **more})


def relations(kind, target="http://evil.example"):
    kind = f"http://x/relationships/{kind}"
    target = f'Id="r1" Type="{kind}" Target="{target}" TargetMode="External"'
    return f"<Relationships><Relationship {target}/></Relationships>"


def a_picture(kind, *, size=(40, 20), **options):
    out = io.BytesIO()
    picture = Image.new("RGB", size)
    picture.putdata([(x * 5 % 256, x * 3 % 256, x % 256) for x in range(size[0] * size[1])])
    picture.save(out, kind, **options)
    return out.getvalue()


def some_exif(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of Jana"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x9286] = PLACE
    return exif


def points(data):
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB").tobytes()


# What is taken -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("smlouva.pdf", b"%PDF-1.7\n%x", "application/pdf"),
        ("text.txt", "Dobrý den".encode(), "text/plain"),
        ("text.txt", "Dobrý den".encode("cp1250"), "text/plain"),
        ("text.txt", CASES.joinpath("windows-unicode.txt").read_bytes(), "text/plain"),
        ("text.txt", "Nájem je devět tisíc.".encode("utf-16-le"), "text/plain"),
        ("text.txt", codecs.BOM_UTF16_BE + "Nájem".encode("utf-16-be"), "text/plain"),
        ("text.txt", ("Nájem " * 2000).encode("utf-16"), "text/plain"),
        ("tabulka.csv", "obec\tbyty\r\nVzorov\t4\r\n".encode("utf-16"), "text/csv"),
        ("smlouva.pdf", CASES.joinpath("bom.pdf").read_bytes(), "application/pdf"),
        ("smlouva.pdf", b"\r\n" * 300 + b"%PDF-1.4\n%x", "application/pdf"),
        ("smlouva.pdf", b"@PJL ENTER LANGUAGE=PDF\r\n%PDF-1.4\n%x", "application/pdf"),
        ("tabulka.csv", b"a;b\n1;2\n", "text/csv"),
        ("foto.JPG", a_picture("JPEG"), "image/jpeg"),
        ("foto.png", a_picture("PNG"), "image/png"),
        ("foto.webp", a_picture("WEBP"), "image/webp"),
        ("foto.gif", a_picture("GIF"), "image/gif"),
        ("dopis.docx", a_docx(), DOCX),
        (
            "dopis.docx",
            a_docx(**{"word/_rels/document.xml.rels": relations("hyperlink")}),
            DOCX,
        ),
        ("dopis.docx", CASES.joinpath("letterhead.docx").read_bytes(), DOCX),
        *(
            (
                "dopis.docx",
                a_docx(**{"word/_rels/settings.xml.rels": relations("attachedTemplate", target)}),
                DOCX,
            )
            for target in (
                "file:///C:/Sablony/a.dotx",
                "file:///C:\\Sablony\\a.dotx",
                "C:\\Sablony\\a.dotx",
                "file:///D:/Z%C3%A1hlav%C3%AD/a%20b.dotx",
                "file:///Users/jana/a.dotx",
            )
        ),
        ("dopis.docx", a_docx(**{"word/_rels/x.xml.rels": relations("image", "file:///C:/logo.png")}), DOCX),
        (
            "dopis.odt",
            a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
            "application/vnd.oasis.opendocument.text",
        ),
    ],
)
def test_what_people_send_is_taken(name, content, expected):
    assert check(upload(name, content)) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("x.html", b"<!doctype html><script>1</script>"),
        ("x.xhtml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'),
        ("x.xml", b'<?xml version="1.0"?><a/>'),
        ("x.mhtml", b"MIME-Version: 1.0\nContent-Type: multipart/related\n"),
        ("page.txt", b"<html><script>1</script></html>"),
        ("page.csv", b"a;b\n<svg onload=1>"),
        ("bytes.txt", b"MZ\x00\x01"),
        ("page.txt", "<html><script>1</script></html>".encode("utf-16")),
        ("page.txt", "<html><script>1</script></html>".encode("utf-16-le")),
        ("bytes.txt", codecs.BOM_UTF16_LE + b"\x00\x00\x01\x00"),
        ("smlouva.pdf", b"<html><script>1</script>\n%PDF-1.4\n"),
        ("smlouva.pdf", b"MZ\x90\x00%PDF-1.4\n"),
        ("smlouva.pdf", b"x" * 1030 + b"%PDF-1.4\n"),
        ("stranka.html", b"x %PDF-1.4\n"),
        ("poznamka.txt", b"x %PDF-1.4\n"),
        ("x.exe", b"MZ" + b"\x00" * 64),
        ("x.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("x.zip", a_zip({"a.txt": "a"})),
        ("x.jar", a_zip({"META-INF/MANIFEST.MF": "a"})),
        ("empty.pdf", b""),
        ("photo.jpg", b"not a picture at all"),
    ],
)
def test_what_could_run_in_a_browser_or_is_unknown_is_refused(name, content):
    with pytest.raises(ValidationError):
        check(upload(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("smlouva.pdf.exe", b"%PDF-1.7\nx"),
        ("smlouva.html", b"%PDF-1.7\n<html><script>1</script>"),
        ("obraz.js", b"GIF89a=1;alert(1);//" + a_picture("GIF")),
        ("obraz.html", a_picture("PNG")),
        ("dopis.docm", a_docx()),
        ("smlouva.docx", b"%PDF-1.7\nx"),
    ],
)
def test_an_ending_that_does_not_fit_the_content_is_refused(name, content):
    with pytest.raises(ValidationError):
        check(upload(name, content))


@pytest.mark.parametrize(
    "content",
    [
        a_docx(**{"word/vbaProject.bin": "x"}),
        a_docx(**{"word/activeX/activeX1.xml": "x"}),
        a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/Standard/Module1.xml": "x"}),
        a_docx(**{"word/_rels/settings.xml.rels": relations("attachedTemplate")}),
        a_docx(**{"word/_rels/document.xml.rels": relations("image")}),
        *(
            a_docx(**{"word/_rels/settings.xml.rels": relations("attachedTemplate", target)})
            for target in (
                "file://server/a.dotx",
                "file:////server/a.dotx",
                "file:///\\\\server\\a.dotx",
                "\\\\server\\a.dotx",
                "file:///%5C%5Cserver%5Ca.dotx",
                "//server/a.dotx",
                "&#104;ttp://evil.example",
            )
        ),
        a_docx(**{"word/_rels/x.xml.rels": relations("oleObject", "file:///C:/Windows/calc.exe")}),
        a_docx(**{"word/_rels/x.xml.rels": relations("image").encode("utf-16")}),
        a_docx(**{"word/_rels/x.xml.rels": relations("image").replace('"r1"', '"r>1"')}),
        a_docx(**{"word/_rels/x.xml.rels": relations("image")[:-20]}),
        a_docx(
            **{"word/_rels/document.xml.rels": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x/>'}
        ),
        a_docx(**{"../../etc/cron.d/x": "x"}),
        a_docx(**{"/etc/passwd": "x"}),
        a_docx(**{"C:\\windows\\x": "x"}),
        a_docx()[:-30],
        b"PK\x03\x04" + b"\x00" * 2000,
    ],
    ids=[
        *("macro", "activex", "basic", "template", "picture"),
        *(f"share-{number}" for number in range(7)),
        *("object", "utf-16", "bracket", "torn", "entity", "dots", "root", "drive", "cut", "rubbish"),
    ],
)
def test_an_office_document_that_does_something_by_itself_is_refused(content):
    with pytest.raises(ValidationError):
        check(upload("dopis.docx", content))


def test_an_office_document_of_too_many_parts_is_refused():
    with pytest.raises(ValidationError):
        check(upload("dopis.docx", a_docx(**{f"word/{n}.xml": "" for n in range(10_000)})))


def test_an_office_document_that_grows_too_large_is_refused():
    with pytest.raises(ValidationError):
        check(upload("dopis.docx", a_docx(**{"word/big.xml": b"0" * (201 * 1024**2)})))


def test_a_link_inside_an_archive_is_refused():
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(a_docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ValidationError):
        check(upload("dopis.docx", out.getvalue()))


def test_a_file_above_the_limit_is_refused_with_its_name_and_the_limit(settings):
    settings.ATTACHMENT_MAX_BYTES = 1024**2
    with pytest.raises(ValidationError) as error:
        check(upload("velký.pdf", b"%PDF-1.7" + b"x" * 1024**2))
    assert "velký.pdf" in error.value.messages[0]
    assert "1\N{NO-BREAK SPACE}MB" in error.value.messages[0]


# Names --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\win.txt", "win.txt"),
        ("a\x00b.txt", "ab.txt"),
        (".htaccess", "htaccess"),
        ("\u200b.htaccess", "htaccess"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ('a"b\r\nSet-Cookie: x=1.txt', "a bSet-Cookie x=1.txt"),
        ("a\nb.pdf", "ab.pdf"),
        ("Zpra\u0301va.pdf", "Zpráva.pdf"),
        ("  ...  ", "file"),
        ("", "file"),
        (None, "file"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * 10),
    ],
)
def test_a_name_is_safe_to_show_and_to_save_under(name, expected):
    assert clean_name(name) == expected


def test_a_telephones_picture_with_another_pictures_ending_gets_the_right_one(db):
    assert stored(upload("IMG_1.png", a_picture("JPEG")), by=None).name == "IMG_1.jpg"
    assert stored(upload("IMG_2", a_picture("PNG")), by=None).name == "IMG_2.png"


# Storing ------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_stored_file_has_a_random_key_and_the_sum_of_what_is_stored():
    one, two = stored(upload("a.txt", b"same"), by=None), stored(upload("a.txt", b"same"), by=None)
    assert one.key != two.key
    assert len(one.key.split("/")[1]) == 40
    assert one.sha256 == two.sha256 == "0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5"
    with default_storage.open(one.key) as file:
        assert file.read() == b"same"
    assert os.stat(default_storage.path(one.key)).st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_when_the_block_fails_the_files_go_again():
    keys = []

    def fail():
        with kept([upload("a.txt"), upload("b.txt")]) as files:
            keys.extend(file.key for file in files)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [default_storage.exists(key) for key in keys] == [False, False]
    assert Attachment.objects.count() == 0


# Serving ------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "kind", "disposition"),
    [
        ("a.pdf", b"%PDF-1.7\n/JavaScript", "application/octet-stream", "attachment"),
        ("a.txt", b"text", "application/octet-stream", "attachment"),
        ("a.docx", a_docx(), "application/octet-stream", "attachment"),
        ("a.png", a_picture("PNG"), "image/png", "inline"),
    ],
)
def test_only_pictures_are_shown_and_everything_sits_in_a_sandbox(name, content, kind, disposition):
    response = serve(stored(upload(name, content), by=None), RequestFactory().get("/"))
    response.close()
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith(disposition)
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_a_name_with_diacritics_and_quotes_makes_one_safe_header():
    response = serve(stored(upload('Žádost "Nová".txt'), by=None), RequestFactory().get("/"))
    response.close()
    assert (
        response["Content-Disposition"] == "attachment; filename*=utf-8''%C5%BD%C3%A1dost%20Nov%C3%A1%20.txt"
    )


# Pictures -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "content_type", "options"),
    [
        ("JPEG", "image/jpeg", {"comment": PLACE, "quality": 60}),
        ("JPEG", "image/jpeg", {"progressive": True}),
        ("PNG", "image/png", {}),
        ("WEBP", "image/webp", {"xmp": b"<x>" + PLACE + b"</x>"}),
        ("WEBP", "image/webp", {"lossless": True}),
    ],
)
def test_a_picture_loses_place_and_camera_and_no_point(kind, content_type, options):
    original = a_picture(kind, exif=some_exif(), **options)
    assert PLACE in original
    result = cleaned(original, content_type)
    assert not any(words in result for words in (PLACE, b"Camera", b"GPS"))
    assert points(result) == points(original)


def test_text_parts_of_a_png_go():
    original = a_picture("PNG")
    secret = b"Author\x00Jana"
    part = struct.pack(">I", len(secret)) + b"tEXt" + secret + struct.pack(">I", zlib.crc32(b"tEXt" + secret))
    result = cleaned(original[:33] + part + original[33:], "image/png")
    assert result == original


def test_a_picture_that_lies_on_its_side_still_stands_up_afterwards():
    result = cleaned(a_picture("JPEG", exif=some_exif(orientation=6)), "image/jpeg")
    with Image.open(io.BytesIO(result)) as picture:
        assert dict(picture.getexif()) == {0x0112: 6}


@pytest.mark.parametrize(
    ("kind", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_what_follows_a_picture_is_cut_off(kind, content_type):
    original = a_picture(kind)
    result = cleaned(original + b"<html><script>1</script></html>", content_type)
    assert b"<script>" not in result
    assert points(result) == points(original)


def test_a_colour_profile_stays():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        result = cleaned(a_picture(kind, icc_profile=profile), f"image/{kind.lower()}")
        with Image.open(io.BytesIO(result)) as picture:
            assert picture.info["icc_profile"] == profile


def test_a_picture_of_too_many_points_is_refused_without_being_unpacked():
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    bomb = b"\x89PNG\r\n\x1a\n" + chunk + a_picture("PNG")[33:]
    with pytest.raises(BadPicture):
        cleaned(bomb, "image/png")


@pytest.mark.parametrize(
    ("kind", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_a_picture_cut_anywhere_is_refused_or_still_one(kind, content_type):
    original = a_picture(kind)
    for length in range(0, len(original) - 4, 7):
        try:
            result = cleaned(original[:length], content_type)
        except BadPicture:
            continue
        with Image.open(io.BytesIO(result)) as picture:
            assert picture.size == (40, 20)


@pytest.mark.django_db
def test_a_damaged_picture_is_refused_with_a_sentence():
    with pytest.raises(ValidationError) as error:
        stored(upload("foto.jpg", a_picture("JPEG")[:200]), by=None)
    assert "foto.jpg" in error.value.messages[0]


def test_every_kind_of_file_is_named_for_its_content():
    assert attachments.named_for("a.jpeg", "image/jpeg") == "a.jpeg"
    assert attachments.named_for("a", "application/pdf") == "a.pdf"
    assert attachments.named_for("a.exe", "application/pdf") is None


def test_half_a_file_does_not_stay_on_a_full_disk(tmp_path):
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        attachments.DurableFileStorage(location=tmp_path).save("ab/abcd", Torn(b"half and half"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
