"""Files of every kind come in as Markdown; what cannot be read is told and stops nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from adapters.documents import read_folder
from bot.errors import Refused
from bot.knowledge.model import Document, Failure

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_docx() -> bytes:
    """A Word file with a heading, a paragraph and a table, as small as can be."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}"/>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>'
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Limits</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>At most five queries run at once.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>plan</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>seats</w:t></w:r></w:p>"
        "</w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>small</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p>"
        "</w:tc></w:tr></w:tbl></w:body></w:document>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return held.getvalue()


def make_pdf() -> bytes:
    """A PDF of one page with two lines."""
    stream = b"BT /F1 12 Tf 72 700 Td 14 TL (Queries are limi-) Tj T* (ted to five.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    text, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return text + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(text),
    )


def make_pptx() -> bytes:
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Roadmap"
    slide.placeholders[1].text = "Teams in May\nSearch in June"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    for at, word in enumerate(("month", "part", "May", "Teams")):
        table.cell(at // 2, at % 2).text = word
    slide.notes_slide.notes_text_frame.text = "Dates are plans."
    held = io.BytesIO()
    deck.save(held)
    return held.getvalue()


def make_xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Prices"
    for row in (("plan", "a month"), ("small", 20), (None, None), ("large | all", 99.5)):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


HTML = b"""<html><head><title>Limits</title><script>x()</script></head><body><nav>Home</nav><main><h2>Seats</h2>
<p>At most <b>five</b>.</p><table><tr><th>plan</th><th>seats</th></tr><tr><td>small</td><td>5</td></tr></table>
<pre><code>seats = 5</code></pre></main></body></html>"""


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.md", b"# Limits\n\nFive.", "# Limits\n\nFive."),
        ("a.txt", "café".encode(), "café"),
        ("a.txt", "\ufeffcafé".encode(), "café"),
        ("a.txt", "café".encode("utf-16"), "café"),
        ("a.csv", b"plan;seats\nsmall;5\n\nlarge;50", "| plan | seats |\n| --- | --- |\n| small | 5 |\n| large | 50 |"),
        ("a.csv", b'plan,note\nsmall,"a | b\nc"', "| plan | note |\n| --- | --- |\n| small | a \\| b c |"),
        ("a.pdf", make_pdf(), "## Page 1\n\nQueries are limited to five."),
        (
            "a.xlsx",
            make_xlsx(),
            "## Prices\n\n| plan | a month |\n| --- | --- |\n| small | 20 |\n| large \\| all | 99.5 |",
        ),
        (
            "a.pptx",
            make_pptx(),
            "## Roadmap\n\n- Teams in May\n- Search in June\n\n| month | part |\n| --- | --- |\n| May | Teams |\n\n"
            "Dates are plans.",
        ),
    ],
)
def test_each_kind_becomes_markdown(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(content)
    [document] = read_folder(tmp_path)
    assert isinstance(document, Document)
    assert document.text.strip() == expected


def test_a_page_keeps_headings_tables_and_code_and_loses_its_menu(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(HTML)
    [document] = read_folder(tmp_path)
    assert isinstance(document, Document)
    assert document.title == "Limits"
    assert "## Seats" in document.text
    assert "| small | 5 |" in document.text
    assert "```\nseats = 5\n```" in document.text
    assert "Home" not in document.text
    assert "x()" not in document.text


def test_a_word_file_keeps_headings_and_tables(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make_docx())
    [document] = read_folder(tmp_path)
    assert isinstance(document, Document)
    assert "At most five queries run at once." in document.text
    assert "| small | 5 |" in document.text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.md", b"caf\xe9", "Save it as UTF-8"),
        ("a.txt", b"a\0b", "binary"),
        ("a.md", b" \n", "no text"),
        ("a.pdf", b"%PDF-1.4 broken", "damaged"),
        ("a.docx", b"no archive", "damaged"),
        ("a.pptx", b"no archive", "damaged"),
        ("a.xlsx", make_docx(), "damaged"),
        ("a.doc", b"old", "Save it as .docx"),
    ],
)
def test_what_cannot_be_read_says_what_to_do_and_stops_nothing(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.md").write_text("fine")
    failure, document = read_folder(tmp_path)
    assert isinstance(failure, Failure)
    assert failure.path == name
    assert reason in failure.reason
    assert isinstance(document, Document)


def test_hidden_files_and_pictures_are_left_out_and_paths_are_ordered(tmp_path: Path) -> None:
    for name in ("b/two.md", "a.md", ".git/x.md", ".hidden.md", "~$a.docx", "logo.png"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("text")
    assert [one.path for one in read_folder(tmp_path, source="wiki")] == ["wiki/a.md", "wiki/b/two.md"]


def test_a_digest_changes_with_the_content_and_with_who_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "a.md"

    def digest(*readers: str) -> str:
        [one] = read_folder(tmp_path, frozenset(readers))
        assert isinstance(one, Document)
        assert one.readers == frozenset(readers)
        return one.digest

    file.write_text("one")
    first, again, others = digest("everyone"), digest("everyone"), digest("finance")
    file.write_text("two")
    assert first == again
    assert len({first, others, digest("everyone")}) == 3


@pytest.mark.parametrize("name", ["missing", "file.md"])
def test_a_missing_folder_is_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.md").write_text("text")
    with pytest.raises(Refused, match=name):
        read_folder(tmp_path / name)


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert list(read_folder(tmp_path)) == []
