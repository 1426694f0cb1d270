"""What a sheet is, and how it is written as xlsx, xls or csv: the same bytes each time.

A sheet is a list of rows (dicts by field name, plain values: dates, whole yuan, labels) and of columns
(heading, field, shape). The shape says how a clerk would have typed the value.
"""

import csv
import datetime
import io
import re
import zipfile
from dataclasses import dataclass, field

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

EPOCH = datetime.datetime(2020, 7, 15, 9, 0)  # the moment every file says it was saved
WIDE = str.maketrans('0123456789', '０１２３４５６７８９')


@dataclass
class Sheet:
    """One sheet of one file, bound to the ledger it is imported into."""

    file: str
    name: str
    ledger: str
    columns: list               # (heading or 'group|heading', field, shape)
    rows: list
    title: str = ''             # a line above the headings
    under: str = ''             # a second line: 填报单位 …
    total: tuple = ()           # fields summed in a last 合计 row
    note: str = ''              # a line below the table
    blank: int = 0              # formatted but empty rows at the end
    encoding: str = 'gb18030'   # of a csv file

    @property
    def groups(self):
        return any('|' in heading for heading, _, _ in self.columns)


@dataclass
class Grid:
    """A sheet laid out as cells, the same for every format."""

    cells: list
    merges: list = field(default_factory=list)   # (row, column, last row, last column) from 0
    titles: int = 0
    headings: int = 0


def yuan_as_wan(yuan):
    wan = yuan / 10000
    return int(wan) if wan == int(wan) else wan


def date_of(pattern):
    return lambda day, _: pattern.format(day.year, day.month, day.day)


DATES = [
    date_of('{}-{:02d}-{:02d}'), date_of('{}/{}/{}'), date_of('{}.{}.{}'), date_of('{}年{}月{}日'), lambda day, _: day,
]
SHAPES = {
    'text': lambda value, _: value,
    'cell': lambda day, _: day,
    'iso': DATES[0],
    'slash': DATES[1],
    'dot': DATES[2],
    'zh': DATES[3],
    'mixed': lambda day, row: DATES[row % len(DATES)](day, row),
    'mixed_text': lambda day, row: DATES[row % 4](day, row),
    'wan': lambda yuan, _: yuan_as_wan(yuan),
    'wide': lambda value, row: str(value).translate(WIDE) if row % 7 == 3 else value,
    'comma': lambda value, _: f'{value:,}',
    'trail': lambda value, row: f'{value} ' if row % 9 == 4 else value,
    'yesno': lambda value, _: '是' if value else '否',
}


def lay_out(sheet):
    """Titles, headings, rows, total and note of a sheet as a grid of cells."""
    width = len(sheet.columns)
    grid = Grid([])
    for line in filter(None, (sheet.title, sheet.under)):
        grid.merges.append((len(grid.cells), 0, len(grid.cells), width - 1))
        grid.cells.append([line] + [None] * (width - 1))
    grid.titles = len(grid.cells)
    lay_headings(sheet, grid)
    grid.headings = len(grid.cells) - grid.titles
    for number, row in enumerate(sheet.rows):
        grid.cells.append([cell_of(column, row, number) for column in sheet.columns])
    if sheet.total:
        grid.cells.append([total_of(sheet, column, place) for place, column in enumerate(sheet.columns)])
    grid.cells.extend([None] * width for _ in range(sheet.blank))
    if sheet.note:
        grid.cells.append([sheet.note] + [None] * (width - 1))
    return grid


def lay_headings(sheet, grid):
    headings = [heading.split('|') for heading, _, _ in sheet.columns]
    top = len(grid.cells)
    if not sheet.groups:
        grid.cells.append([parts[-1] for parts in headings])
        return
    upper, lower, start = [], [], 0
    for place, parts in enumerate(headings):
        begins = len(parts) == 1 or place == 0 or headings[place - 1][0] != parts[0]
        upper.append(parts[0] if begins else None)
        lower.append(parts[1] if len(parts) == 2 else None)
        if len(parts) == 1:
            grid.merges.append((top, place, top + 1, place))
        start = place if begins else start
        ends = place + 1 == len(headings) or headings[place + 1][0] != parts[0]
        if len(parts) == 2 and ends and place > start:
            grid.merges.append((top, start, top, place))
    grid.cells += [upper, lower]


def cell_of(column, row, number):
    _, name, shape = column
    if shape == 'serial':
        return number + 1
    value = row.get(name)
    return None if value is None else SHAPES[shape](value, number)


def total_of(sheet, column, place):
    _, name, shape = column
    if place == 0:
        return '合计'
    if name not in sheet.total:
        return None
    return SHAPES[shape](sum(row.get(name) or 0 for row in sheet.rows), 0)


def write_book(path, sheets):
    """Writes the sheets of one file in the format its name ends with."""
    kind = path.suffix
    if kind == '.csv':
        (sheet,) = sheets
        data = csv_bytes(lay_out(sheet), sheet.encoding)
    else:
        data = {'.xlsx': xlsx_bytes, '.xls': xls_bytes}[kind]([(sheet.name, lay_out(sheet)) for sheet in sheets])
    path.write_bytes(data)


def csv_bytes(grid, encoding):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator='\r\n')
    writer.writerows([['' if cell is None else cell for cell in row] for row in grid.cells])
    return out.getvalue().encode(encoding)


THIN = Side(style='thin', color='FF808080')
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal='center', vertical='center', wrap_text=True)
HEADING_FILL = PatternFill('solid', fgColor='FFDDEBF7')


def xlsx_bytes(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.creator = '青禾县科学技术局'
    book.properties.created = EPOCH
    for name, grid in sheets:
        xlsx_sheet(book.create_sheet(name), grid)
    out = io.BytesIO()
    book.save(out)
    return still(out.getvalue())


def xlsx_sheet(page, grid):
    for number, row in enumerate(grid.cells, 1):
        heading = grid.titles < number <= grid.titles + grid.headings
        for place, value in enumerate(row, 1):
            cell = page.cell(number, place, value)
            if number <= grid.titles:
                cell.font, cell.alignment = Font(name='宋体', size=16 if number == 1 else 11, bold=number == 1), CENTRE
                continue
            cell.border = BOX
            if heading:
                cell.font, cell.fill, cell.alignment = Font(name='宋体', bold=True), HEADING_FILL, CENTRE
            elif isinstance(value, datetime.date):
                cell.number_format = 'yyyy-mm-dd'
            elif isinstance(value, str) and value.isdigit():
                cell.number_format = '@'
    for top, left, bottom, right in grid.merges:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for place in range(1, len(grid.cells[-1]) + 1):
        page.column_dimensions[get_column_letter(place)].width = 16
    page.freeze_panes = page.cell(grid.titles + grid.headings + 1, 1)


def still(data):
    """The same package with every time in it set to EPOCH."""
    stamp = EPOCH.strftime('%Y-%m-%dT%H:%M:%SZ').encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            if name == 'docProps/core.xml':
                body = re.sub(rb'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', stamp, body)
            entry = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, body)
    return out.getvalue()


def xls_bytes(sheets):
    book = xlwt.Workbook(encoding='utf-8')
    plain = xlwt.easyxf('borders: left thin, right thin, top thin, bottom thin')
    day = xlwt.easyxf('borders: left thin, right thin, top thin, bottom thin', num_format_str='yyyy-mm-dd')
    strong = xlwt.easyxf('font: bold on; align: horiz center, vert center, wrap on')
    for name, grid in sheets:
        page = book.add_sheet(name)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in grid.merges}
        for number, row in enumerate(grid.cells):
            style = strong if number < grid.titles + grid.headings else plain
            for place, value in enumerate(row):
                if (number, place) in merged:
                    bottom, right = merged[number, place]
                    page.write_merge(number, bottom, place, right, value, strong)
                elif value is not None or number >= grid.titles + grid.headings:
                    page.write(number, place, value, day if isinstance(value, datetime.date) else style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
