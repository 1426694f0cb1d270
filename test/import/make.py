#!/usr/bin/python3
"""Makes the spreadsheets in test/import/files and the seeds in test/fuzz/corpus: the same bytes every time.

Needs python3-openpyxl, python3-xlsxwriter and python3-xlwt. What a library writes shows what programs write; what no
library writes (prefixes, missing references, damage) is put together from XML here.
"""
import datetime
import io
import pathlib
import re
import shutil
import struct
import zipfile

import openpyxl
import xlsxwriter
import xlwt

HERE = pathlib.Path(__file__).resolve().parent
FILES = HERE / "files"
CORPUS = HERE.parent / "fuzz" / "corpus"
LONG_CODE = "349901199001010010"  # a made-up person id: 18 digits, more than a float holds

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


# --- packages ---

def zip_bytes(parts):
    """A zip file of {name: text or bytes} without any time in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, content)
    return out.getvalue()


def relations(*rows, office=OFFICE):
    body = "".join(f'<Relationship Id="{i}" Type="{office}/{kind}" Target="{target}"/>' for i, kind, target in rows)
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELATIONS}">{body}</Relationships>'


def sheet_xml(data, tail="", main=MAIN):
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}"><sheetData>{data}</sheetData>{tail}</worksheet>'


def parts_of(sheets, strings=None, styles=None, main=MAIN, office=OFFICE):
    """The parts of an xlsx file; sheets: [(name, state, xml)]."""
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" {state} r:id="r{i}"/>'
                     for i, (name, state, _) in enumerate(sheets, 1))
    rows = [(f"r{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    parts = {"_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml"), office=office)}
    parts["xl/workbook.xml"] = f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>'
    for i, (_, _, xml) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = xml
    if strings is not None:
        rows.append(("rs", "sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    if styles is not None:
        rows.append(("rt", "styles", "styles.xml"))
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    parts["xl/_rels/workbook.xml.rels"] = relations(*rows, office=office)
    return parts


def without_time(content):
    """What openpyxl saved, with its times of saving taken out."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "2020-07-05T00:00:00Z", core)
    return zip_bytes(parts)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- xlsx ---

def merged_title():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "企业名单"
    sheet.append(["青禾县高新技术企业名单"])
    sheet.append(["企业", None, "认定", None])
    sheet.append(["名称", "统一社会信用代码", "年度", "营业收入（万元）"])
    sheet.append(["青禾县丰登农机有限公司", "91349901MA0000000X", 2020, 15.5])
    sheet.append(["青禾县绿源种业有限公司", "91349901MA0000001X", 2019, 362])
    for area in ("A1:D1", "A2:B2", "C2:D2", "A4:A5"):
        sheet.merge_cells(area)
    hidden = book.create_sheet("代码")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "是"
    book.create_sheet("空表")
    return without_time(saved(book))


def dates():
    book = openpyxl.Workbook()
    sheet = book.active
    moment = datetime.datetime(2020, 6, 30, 12, 30)
    day = datetime.datetime(2020, 6, 30)
    rows = [(day, "yyyy-mm-dd"), (day, 'yyyy"年"m"月"d"日"'), (day, "mm-dd-yy"), (moment, "yyyy/m/d h:mm"),
            (day, "[DBNum1][$-804]yyyy\"年\"m\"月\";@"), (0.5, "h:mm"), (1.5, "[h]:mm"), (43.5, '0.0"days"'),
            (1200, '#,##0.00_);[Red]\\(#,##0.00\\)'), (-1, "yyyy-mm-dd"), (1, "yyyy-mm-dd")]
    for row, (value, code) in enumerate(rows, 1):
        sheet.cell(row, 1, value).number_format = code
    return without_time(saved(book))


def since_1904():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = datetime.datetime(2020, 6, 30)
    book.active["A1"].number_format = "yyyy-mm-dd"
    return without_time(saved(book))


def long_codes():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["数字", "文本"])
    sheet["A2"] = float(LONG_CODE)
    sheet["B2"] = LONG_CODE
    sheet["B2"].number_format = "@"
    sheet["A3"], sheet["B3"] = 0.1 + 0.2, 1e-7
    sheet["A4"], sheet["B4"] = 123456789012345678901234.0, -0.5
    return without_time(saved(book))


def empty_rows():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "名称"
    for row in range(2, 40):
        sheet.cell(row, 1).font = openpyxl.styles.Font(bold=True)
        sheet.cell(row, 3).border = openpyxl.styles.Border(top=openpyxl.styles.Side("thin"))
    sheet["B7"] = "第七行"
    return without_time(saved(book))


def formulas():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2020, 7, 5)})
    sheet = book.add_worksheet("计算")
    sheet.write_row(0, 0, [17, 12])
    sheet.write_formula(0, 2, "=A1+B1", None, 29)
    sheet.write_formula(1, 0, '="青"&"禾"', None, "青禾")
    sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, 2, "=1=1", None, True)
    sheet.write_formula(2, 0, '=""', None, "")
    sheet.write_boolean(3, 0, False)
    book.close()
    return out.getvalue()


def rich_text():
    strings = ("<si><r><rPr><b/></rPr><t>科技</t></r><r><t xml:space=\"preserve\"> 成果</t></r>"
               "<rPh sb=\"0\" eb=\"2\"><t>ke ji</t></rPh></si>"
               "<si><t>行一_x000D_&#10;行二 &amp; _x005F_x41_</t></si><si><t/></si>")
    row = ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
           '<c r="D1" t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r><rPh><t>nei</t></rPh></is></c></row>')
    return zip_bytes(parts_of([("甲&amp;乙", "", sheet_xml(row))], strings))


def bare():
    """Neither rows nor cells say where they are."""
    data = ("<row><c><v>1</v></c><c t=\"str\"><v>二</v></c></row><row/>"
            "<row><c/><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c><v>nan</v></c></row>")
    return zip_bytes(parts_of([("甲", "", sheet_xml(data))]))


def prefixed():
    """Every name with a prefix, absolute targets, a chart sheet among the sheets, names of parts in another case."""
    sheet = (f'\ufeff<?xml version="1.0" encoding="UTF-8"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
             '<x:row r="3"><x:c r="B3" t="inlineStr"><x:is><x:t>前缀</x:t></x:is></x:c></x:row></x:sheetData>'
             '<x:mergeCells count="1"><x:mergeCell ref="B3:C4"/></x:mergeCells></x:worksheet>')
    book = (f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{OFFICE}"><x:sheets><x:sheet name="图" sheetId="1" r:id="a"/>'
            '<x:sheet name="表" sheetId="2" state="veryHidden" r:id="b"/></x:sheets></x:workbook>')
    return zip_bytes({
        "_rels/.rels": relations(("r1", "officeDocument", "/xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relations(("a", "chartsheet", "/xl/chartsheets/sheet1.xml"),
                                                ("b", "worksheet", "/xl/worksheets/sheet.xml")),
        "xl/Worksheets/Sheet.xml": sheet.encode(),
    })


def strict():
    styles = ('<numFmts count="1"><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
              '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>')
    row = ('<row r="1"><c r="A1" s="1"><v>44012</v></c><c r="B1" t="d"><v>2020-06-30T12:30:00</v></c>'
           '<c r="C1" s="0"><v>44012</v></c></row>')
    return zip_bytes(parts_of([("严格", "", sheet_xml(row, main=STRICT))], None, styles, STRICT, STRICT_OFFICE))


def one_cell(data):
    return zip_bytes(parts_of([("甲", "", sheet_xml(data))]))


def wide():
    return one_cell('<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="SS3"><v>1</v></c></row>')


def unordered():
    return one_cell('<row r="5"><c r="A5"><v>5</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>')


def entities():
    sheet = sheet_xml('<row r="1"><c r="A1" t="str"><v>&amp;b;</v></c></row>').replace(
        "<worksheet", '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet').replace("&amp;b;", "&b;")
    return zip_bytes(parts_of([("甲", "", sheet)]))


def deep():
    return one_cell('<row r="1">' + "<x>" * 100 + "</x>" * 100 + "</row>")


def bomb():
    """70 MiB of spaces in 70 KB: more than a spreadsheet, less than a disk."""
    return zip_bytes(parts_of([("甲", "", sheet_xml(" " * (70 << 20)))]))


def liar():
    """A part that unpacks to more than the directory says."""
    content = bytearray(zip_bytes(parts_of([("甲", "", sheet_xml(" " * (1 << 20)))])))
    true = struct.pack("<L", len(sheet_xml(" " * (1 << 20)).encode()))
    while (at := content.find(true)) >= 0:
        content[at:at + 4] = struct.pack("<L", 100)
    return bytes(content)


def document():
    return zip_bytes({
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>",
    })


def open_document():
    return zip_bytes({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"})


# --- xls ---

def old_xls():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    for column, heading in enumerate(["名称", "数量", "金额", "日期", "时间"]):
        sheet.write(0, column, heading)
    sheet.write(2, 0, "青禾县丰登农机有限公司")
    sheet.write(2, 1, 17)
    sheet.write(2, 2, 3.62)
    sheet.write(2, 3, datetime.date(2020, 6, 30), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
    sheet.write(2, 4, datetime.datetime(2020, 6, 30, 12, 30), xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"))
    book.add_sheet("第二张").write(0, 1, "乙")
    return saved(book)


def renamed_stream(content, name):
    """A compound file whose Workbook stream has another name."""
    old = "Workbook\0".encode("utf-16-le")
    at = content.index(old)
    new = (name + "\0").encode("utf-16-le")
    entry = new + bytes(64 - len(new)) + struct.pack("<H", len(new))
    return content[:at] + entry + content[at + 66:]


# --- all ---

CSV = "名称,数量,备注\r\n青禾县丰登农机有限公司,17,正常\r\n"
QUOTES = ('名称,说明\r\n"甲,乙","他说""好"""\r\n\r\n"第一行\r\n第二行",三\n丙,="00123"\r丁,"=""0042"""\r\n'
          '"戊"己,庚"辛\r\n')

MADE = {
    "merged-title.xlsx": merged_title, "dates.xlsx": dates, "1904.xlsx": since_1904, "long-codes.xlsx": long_codes,
    "empty-rows.xlsx": empty_rows, "formulas.xlsx": formulas, "rich-text.xlsx": rich_text, "bare.xlsx": bare,
    "prefixed.xlsx": prefixed, "strict.xlsx": strict, "wide.xlsx": wide, "unordered.xlsx": unordered,
    "entities.xlsx": entities, "deep.xlsx": deep, "bomb.xlsx": bomb, "liar.xlsx": liar,
    "truncated.xlsx": lambda: merged_title()[:3000],
    "not-a-sheet.docx": document, "open-document.ods": open_document,
    "old.xls": old_xls,
    "truncated.xls": lambda: old_xls()[:3000],
    "encrypted-like.xls": lambda: renamed_stream(old_xls(), "EncryptedPackage"),
    "word-document.xls": lambda: renamed_stream(old_xls(), "WordDocument"),
    "web-page.xls": lambda: b"\r\n<HTML><table><tr><td>1</td></tr></table></HTML>",
    "bom.csv": lambda: b"\xef\xbb\xbf" + CSV.encode(),
    "gbk.csv": lambda: CSV.encode("gb18030"),
    "utf16.csv": lambda: b"\xff\xfe" + CSV.replace(",", "\t").encode("utf-16-le"),
    "utf16-bare.csv": lambda: CSV.encode("utf-16-be"),
    "semicolon.csv": lambda: "名称;金额\n甲;1,5\n乙;2,25\n".encode(),
    "full-width.csv": lambda: "名称，金额\n甲，1\n".encode(),
    "quotes.csv": lambda: QUOTES.encode(),
    "unclosed.csv": lambda: '名称\n甲\n"乙\n丙\n'.encode(),
    "bad-byte.csv": lambda: "青禾县科技局\n甲乙丙\n丁".encode() + b"\xff\n",
    "binary.csv": lambda: bytes(range(256)),
}
RICH = '<si><r><rPr><b/></rPr><t>a</t></r><rPh><t>b</t></rPh></si><si><t>c_x000D_&#10;&amp;</t></si>'
# One part of an xlsx file each, after the letter by which fuzz-xlsx.c knows it.
SEED_PARTS = {
    "sheet.part": 's' + sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>44012.5</v></c></row><row>'
                                  '<c t="inlineStr"><is><t>a</t></is></c><c t="b"><f>1=1</f><v>1</v></c></row>',
                                  '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'),
    "texts.part": f"t<sst>{RICH}</sst>",
    "styles.part": 'n<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;"/></numFmts><cellXfs>'
                   '<xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
    "workbook.part": 'w<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="a" state="hidden" r:id="a"/>'
                     '</sheets></workbook>',
}
SEEDS = {
    "csv": ["bom.csv", "gbk.csv", "utf16.csv", "semicolon.csv", "full-width.csv", "quotes.csv", "unclosed.csv"],
    "xlsx": ["rich-text.xlsx", "bare.xlsx", "prefixed.xlsx", "strict.xlsx", "entities.xlsx", "unordered.xlsx"],
}


def main():
    for name, make in MADE.items():
        (FILES / name).write_bytes(make())
    for kind, names in SEEDS.items():
        for name in names:
            shutil.copyfile(FILES / name, CORPUS / kind / name)
    for name, part in SEED_PARTS.items():
        (CORPUS / "xlsx" / name).write_text(part)


if __name__ == "__main__":
    main()
