"""What a mail holds, however it is packed and broken."""

import base64

import pytest

from core.letters.letter import read

PDF = b"%PDF-1.4\n%%EOF\n"
HEAD = "From: Jana <jana@example.org>\r\nSubject: Smlouva\r\n"


def with_part(headers: str, content: bytes) -> bytes:
    head = f"{HEAD}Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    return f"{head}--x\r\n\r\nSlova.\r\n--x\r\n{headers}\r\n\r\n".encode() + content + b"\r\n--x--\r\n"


@pytest.mark.parametrize(
    "encoding",
    ["base64", "base64 ", "Base64 (kodovani)", '"base64"', "base64;", "(x) BASE64", "base64; charset=x"],
)
def test_a_remark_beside_the_transfer_encoding_is_nothing(encoding):
    headers = f'Content-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: {encoding}'
    (file,) = read(with_part(headers, base64.b64encode(PDF))).files
    assert (file.name, file.content) == ("a.pdf", PDF)


@pytest.mark.parametrize("encoding", ["quoted-printable ", "quoted-printable (x)", "Quoted-Printable;"])
def test_the_same_for_quoted_printable_text(encoding):
    head = f"{HEAD}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}"
    assert read(f"{head}\r\n\r\nK=C5=AF=C5=88".encode()).text == "Kůň"


@pytest.mark.parametrize(
    "broken",
    [
        "\ufeffFrom: Jana <jana@example.org>\r\nSubject: Byt\r\n",
        "nonsense\r\nFrom: Jana <jana@example.org>\r\nSubject: Byt\r\n",
        "X-A: aaa\r\nbbbb\r\ncccc\r\nFrom: Jana <jana@example.org>\r\nSubject: Byt\r\n",
        "From: Jana <jana@example.org>\r\nX-A: aaa\r\nbbbb\r\nSubject: Byt\r\n",
        "From : Jana <jana@example.org>\r\nSubject : Byt\r\n",
        "From: Jana <jana@example.org>\nX-A: aaa\nbbbb\nSubject: Byt\n",
        ">From x Mon Nov 23\r\nFrom: Jana <jana@example.org>\r\nSubject: Byt\r\n",
        "X-\u0158: a\r\nFrom: Jana <jana@example.org>\r\nSubject: Byt\r\n",
    ],
)
def test_the_headers_that_can_be_read_are_read(broken):
    letter = read(f"{broken}\r\nJak požádat?\r\n".encode())
    assert (letter.sender.email, letter.subject, letter.text) == ("jana@example.org", "Byt", "Jak požádat?")


def test_words_that_follow_the_headers_at_once_are_no_headers():
    letter = read(
        "From: jana@example.org\r\nSubject: Byt\r\nDobrý den,\r\nto: je dotaz\r\n\r\nDěkuji vám.".encode()
    )
    assert (letter.subject, letter.text) == ("Byt", "Dobrý den,\nto: je dotaz\n\nDěkuji vám.")


def test_a_wrong_line_within_a_parts_head_is_nothing():
    headers = (
        "X-A: a\r\nbbb\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf"
    )
    assert [part.name for part in read(with_part(headers, PDF)).files] == ["a.pdf"]


def alternative(plain: str, html: str) -> bytes:
    head = f"{HEAD}Content-Type: multipart/alternative; boundary=x\r\n\r\n"
    parts = [("plain", plain), ("html", html)]
    body = "".join(
        f"--x\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{text}\r\n" for kind, text in parts
    )
    return f"{head}{body}--x--".encode()


@pytest.mark.parametrize(
    "stub",
    [
        "Tato zpráva je ve formátu HTML. Váš program ji neumí zobrazit.",
        "Your mail program does not display this message.",
        "View this email in your browser: https://example.org/byt",
        "Ihr Programm kann diese HTML-Nachricht nicht anzeigen.",
        "Ця програма не може відобразити лист.",
        "https://example.org/x/byt",
        ".",
        "",
    ],
)
def test_the_html_is_read_where_the_text_is_a_stub(stub):
    assert (
        read(alternative(stub, "<p>Majitel mi dal výpověď. Co dělat?</p>")).text
        == "Majitel mi dal výpověď. Co dělat?"
    )


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("Posílám stránku v HTML, co na ni říkáte?", "<p>Posílám stránku v HTML, co na ni říkáte?</p>"),
        ("Nemohu zobrazit formulář.", "<img src=x>"),
        ("Majitel mi dal výpověď.", "<p>Jiná slova.</p>"),
        ("Nelze zobrazit formulář. " * 40, "<p>Jiná slova.</p>"),
    ],
)
def test_words_of_a_person_are_no_stub(plain, html):
    assert read(alternative(plain, html)).text == plain.strip()


# Mails within a mail ------------------------------------------------------------

INNER = (
    b"From: Majitel <m@example.net>\r\nSubject: Konec\r\n"
    b"Date: Mon, 23 Nov 2026 10:15:00 +0100\r\n\r\nVyklidte byt."
)


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ("Content-Type: message/rfc822", INNER),
        ("Content-Type: message/rfc822; name=zprava.eml\r\nContent-Disposition: inline", INNER),
        ("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64", base64.b64encode(INNER)),
        (
            "Content-Type: application/octet-stream; name=Zprava.EML\r\nContent-Transfer-Encoding: base64",
            base64.b64encode(INNER),
        ),
        ("Content-Type: message/rfc822", b"X-A: a\r\nbbb\r\n" + INNER),
    ],
)
def test_an_enclosed_mail_is_read_however_it_came(headers, content):
    letter = read(with_part(headers, content))
    (mail,) = letter.enclosed
    assert (mail.sender.email, mail.subject, mail.text) == ("m@example.net", "Konec", "Vyklidte byt.")
    assert mail.sent_at.isoformat() == "2026-11-23T10:15:00+01:00"
    assert (letter.sender.email, letter.text, letter.files) == ("jana@example.org", "Slova.", ())
    assert letter.forwarded_from is None


def test_a_mail_within_an_enclosed_one_is_there_too():
    within = with_part("Content-Type: message/rfc822", INNER)
    letter = read(
        with_part("Content-Type: message/rfc822", within.replace(b"=x", b"=y").replace(b"--x", b"--y"))
    )
    assert [mail.text for mail in letter.enclosed] == ["Slova.", "Vyklidte byt."]


def test_more_mails_than_anybody_encloses_are_files():
    part = b"--x\r\nContent-Type: message/rfc822\r\n\r\n" + INNER + b"\r\n"
    letter = read(f"{HEAD}Content-Type: multipart/mixed; boundary=x\r\n\r\n".encode() + part * 25 + b"--x--")
    assert (len(letter.enclosed), [file.name for file in letter.files]) == (20, ["message.eml"] * 5)


def test_what_is_called_a_mail_and_is_none_stays_a_file():
    (file,) = read(with_part("Content-Type: application/octet-stream; name=a.eml", b"\x00\x01")).files
    assert (file.name, file.content) == ("a.eml", b"\x00\x01")


def test_a_wrong_line_over_letters_of_no_set_is_nothing():
    headers = "X-A: a\r\nbbb\r\nContent-Type: text/plain; charset=\u0159\r\nContent-Transfer-Encoding: 8bit"
    letter = read(with_part(headers, "Šílené nájemné".encode("cp1250")))
    assert (letter.text, letter.is_guessed) == ("Slova.\n\nŠílené nájemné", True)
