"""A workbook of one sheet as office programs write it: texts shared, days as numbers with a date format.

Rows are written as they come; only the table of different texts is held. A text like 2020-05-23 becomes a day.
"""

import datetime
import re
import zipfile
from xml.sax.saxutils import escape

DAY = re.compile(r'\d{4}-\d\d-\d\d$')
DAY_ZERO = datetime.date(1899, 12, 30)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
PARTS = {
    '[Content_Types].xml':
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{SHEET_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHEET_TYPE}.sharedStrings+xml"/></Types>',
    '_rels/.rels':
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml':
        f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    'xl/styles.xml':
        f'<styleSheet {MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def column_name(n):
    return chr(64 + n // 26) * (n >= 26) + chr(65 + n % 26)


def cell(name, value, texts):
    if value == '':
        return ''
    if isinstance(value, int):
        return f'<c r="{name}"><v>{value}</v></c>'
    if DAY.match(value):
        return f'<c r="{name}" s="1"><v>{(datetime.date.fromisoformat(value) - DAY_ZERO).days}</v></c>'
    return f'<c r="{name}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'


def write(path, lines):
    texts = {}
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in PARTS.items():
            book.writestr(name, text)
        with book.open('xl/worksheets/sheet1.xml', 'w') as sheet:
            sheet.write(f'<worksheet {MAIN}><sheetData>'.encode())
            for row, values in enumerate(lines, 1):
                cells = ''.join(cell(f'{column_name(n)}{row}', value, texts) for n, value in enumerate(values))
                sheet.write(f'<row r="{row}">{cells}</row>'.encode())
            sheet.write(b'</sheetData></worksheet>')
        with book.open('xl/sharedStrings.xml', 'w') as shared:
            shared.write(f'<sst {MAIN} uniqueCount="{len(texts)}">'.encode())
            for text in texts:
                shared.write(f'<si><t>{escape(text)}</t></si>'.encode())
            shared.write(b'</sst>')
