"""The files that the checker reads, made of a marked text, and where each place stands in the text as given.

A text becomes a list of pieces, a string for each of its characters; damage changes strings, a form puts its own
around them; so places follow by addition alone."""
import html
import pathlib
import zipfile

HERE = pathlib.Path(__file__).resolve().parent


def traditional():
    """simplified character → what bad converters leave of it: 业 → 業(yè)."""
    table = {}
    for line in (HERE / "traditional.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            plain, turned, *pinyin = line.split("\t")
            table[plain] = turned + (f"({pinyin[0]})" if pinyin else "")
    return table


DAMAGES = {"traditional-pinyin": traditional}


def lines_of(plain, table):
    """(line, its pieces, the place of its first character in plain)."""
    at = 0
    for line in plain.split("\n"):
        yield line, [table.get(char, char) for char in line], at
        at += len(line) + 1


class Given:
    """The text as given while it grows, and where the characters of the plain text went."""

    def __init__(self):
        self.text, self.length, self.where = [], 0, {}

    def add(self, string):
        self.text.append(string)
        self.length += len(string)

    def piece(self, at, string):
        self.where[at] = (self.length, self.length + len(string))
        self.add(string)

    def run(self, pieces, at, turn=str):
        for n, string in enumerate(pieces):
            self.piece(at + n, turn(string))

    def place(self, start, end):
        return self.where[start][0], self.where[end - 1][1]


def cells_of(line, pieces, at):
    """The cells of a line `| a | b |`: (pieces, place of the first)."""
    bars = [n for n, char in enumerate(line) if char == "|"]
    for left, right in zip(bars, bars[1:]):
        cell = line[left + 1:right]
        first = left + 1 + len(cell) - len(cell.lstrip())
        last = max(first, right - (len(cell) - len(cell.rstrip())))
        yield pieces[first:last], at + first


def as_text(plain, table):
    given = Given()
    for n, (_, pieces, at) in enumerate(lines_of(plain, table)):
        given.add("\n" if n else "")
        given.run(pieces, at)
    return given, "".join(given.text).encode()


def escaped(string):
    return html.escape(string, quote=False)


def as_html(plain, table):
    given, in_table = Given(), False
    given.add('<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>')
    given.add(escaped(plain.split("\n", 1)[0]) + "</title></head>\n<body>\n")
    for line, pieces, at in lines_of(plain, table):
        if in_table != line.startswith("|"):
            given.add("</table>\n" if in_table else "<table>\n")
            in_table = not in_table
        if in_table:
            given.add("<tr>")
            for cell, first in cells_of(line, pieces, at):
                given.add("<td>")
                given.run(cell, first, escaped)
                given.add("</td>")
            given.add("</tr>\n")
        elif line.startswith("<"):
            given.run(pieces, at)
            given.add("\n")
        elif line:
            given.add("<p>")
            given.run(pieces, at, escaped)
            given.add("</p>\n")
    given.add(("</table>\n" if in_table else "") + "</body></html>\n")
    return given, "".join(given.text).encode()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
                           'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                           f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT_TYPE}"/></Types>',
    "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
                   f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
}


def paragraph(pieces):
    return f'<w:p><w:r><w:t xml:space="preserve">{escaped("".join(pieces))}</w:t></w:r></w:p>'


def as_docx(plain, table):
    """The text as given of a docx: a line a paragraph, the cells of a row divided by tabs (src/doc/reading.h)."""
    given, body, in_table = Given(), [], False
    for line, pieces, at in lines_of(plain, table):
        if in_table != line.startswith("|"):
            body.append("</w:tbl>" if in_table else "<w:tbl>")
            in_table = not in_table
        if in_table:
            body.append("<w:tr>")
            for n, (cell, first) in enumerate(cells_of(line, pieces, at)):
                given.add("\t" if n else "")
                given.run(cell, first)
                body.append(f"<w:tc>{paragraph(cell)}</w:tc>")
            body.append("</w:tr>")
        elif line:
            given.run(pieces, at)
            body.append(paragraph(pieces))
        given.add("\n" if line else "")
    body.append("</w:tbl><w:p/>" if in_table else "")
    return given, f'{XML}<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}</w:body></w:document>'


FORMS = {"txt": as_text, "html": as_html, "docx": as_docx}


def make(text, folder):
    """The file of a marked text, and a function from places in its plain text to places in the text as given."""
    form, damage = text.head.get("form", "txt"), text.head.get("damage")
    given, content = FORMS[form](text.plain, DAMAGES[damage]() if damage else {})
    path = pathlib.Path(folder) / f"{text.name}.{form}"
    if form == "docx":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in {**PARTS, "word/document.xml": content}.items():
                package.writestr(name, part)
    else:
        path.write_bytes(content)
    return path, given
