"""What goes wrong with a shared spreadsheet, made with openpyxl: accidents.py FILE ACCIDENT..., or `show` to print what people see as JSON.

An accident is `name` or `name:argument|argument`. openpyxl moves cells but no defined names, merges or validations: a rougher program than any office has.
"""
import json, sys
import openpyxl

path, *accidents = sys.argv[1:]
book = openpyxl.load_workbook(path)
LEDGER = '督办台账'


def header_row(sheet):
    wanted = {'事项编号', '督办事项', '通知编号', '键', '申请编号', '反馈编号', '运行编号', '序号'}
    for row in sheet.iter_rows(max_row=20):
        if sum(cell.value in wanted for cell in row) > 0:
            return row[0].row
    raise SystemExit(f'no header row in {sheet.title}')


def column(sheet, header):
    for cell in sheet[header_row(sheet)]:
        if cell.value == header:
            return cell.column
    raise SystemExit(f'no column {header} in {sheet.title}')


def rows(sheet):
    first = header_row(sheet) + 1
    return [r for r, line in enumerate(sheet.iter_rows(min_row=first, values_only=True), first) if any(value is not None for value in line)]


def row_of(item, header='事项编号', sheet=None):
    sheet = sheet or book[LEDGER]
    at = column(sheet, header)
    for row in rows(sheet):
        if sheet.cell(row, at).value == item:
            return row
    raise SystemExit(f'no row {item}')


def values(sheet, row):
    return [cell.value for cell in sheet[row]]


def put(sheet, row, line):
    for at, value in enumerate(line, 1):
        sheet.cell(row, at).value = value


def set_(item, header, value=''):
    sheet = book[LEDGER]
    sheet.cell(row_of(item), column(sheet, header)).value = value or None


def rename_column(name, old, new):
    sheet = book[name]
    sheet.cell(header_row(sheet), column(sheet, old)).value = new


def delete_column(name, header):
    sheet = book[name]
    sheet.delete_cols(column(sheet, header))


def move_column(name, header, to):
    sheet = book[name]
    at = column(sheet, header)
    held = [sheet.cell(r, at).value for r in range(1, sheet.max_row + 1)]
    sheet.delete_cols(at)
    sheet.insert_cols(int(to))
    for r, value in enumerate(held, 1):
        sheet.cell(r, int(to)).value = value


def title_rows(count):
    sheet = book[LEDGER]
    sheet.insert_rows(1, int(count))
    sheet['A1'] = '某县税务局督办台账'
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=6)


def merge(header, first, last):
    """Merges as Excel does: only the value of the first row stays."""
    sheet = book[LEDGER]
    at, top, end = column(sheet, header), row_of(first), row_of(last)
    for r in range(top + 1, end + 1):
        sheet.cell(r, at).value = None
    sheet.merge_cells(start_row=top, end_row=end, start_column=at, end_column=at)


def delete_row(*items):
    sheet = book[LEDGER]
    for item in items:
        sheet.delete_rows(row_of(item))


def duplicate(item, *edits):
    """Copies a row below the last one; each edit is header=value."""
    sheet = book[LEDGER]
    line, row = values(sheet, row_of(item)), rows(sheet)[-1] + 1
    put(sheet, row, line)
    for edit in edits:
        header, value = edit.split('=', 1)
        sheet.cell(row, column(sheet, header)).value = value or None


def cut_paste(item):
    sheet = book[LEDGER]
    row = row_of(item)
    line = values(sheet, row)
    sheet.delete_rows(row)
    put(sheet, rows(sheet)[-1] + 1, line)


def clear_ids(*items):
    sheet = book[LEDGER]
    at = column(sheet, '事项编号')
    for row in [row_of(item) for item in items] or rows(sheet):
        sheet.cell(row, at).value = None


def fill_down(name, header, count):
    """Ctrl+D from the first data row over the next ones."""
    sheet = book[name]
    at = column(sheet, header)
    top, *below = rows(sheet)[: int(count) + 1]
    for row in below:
        sheet.cell(row, at).value = sheet.cell(top, at).value


def rename_sheet(old, new):
    book[old].title = new


def remove_sheet(name):
    del book[name]


def copy_sheet(name):
    book.copy_worksheet(book[name]).title = f'{name} (2)'


def clear_rows(name):
    sheet = book[name]
    for row in rows(sheet):
        put(sheet, row, [None] * sheet.max_column)


def filter_(header, keep):
    """A filter left on: rows with another value are hidden."""
    sheet = book[LEDGER]
    at = column(sheet, header)
    sheet.auto_filter.ref = f'A{header_row(sheet)}:{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}'
    sheet.auto_filter.add_filter_column(at - 1, [keep])
    for row in rows(sheet):
        sheet.row_dimensions[row].hidden = sheet.cell(row, at).value != keep


def group(first, last):
    sheet = book[LEDGER]
    sheet.row_dimensions.group(row_of(first), row_of(last), outline_level=1, hidden=True)


def add(*pairs):
    sheet = book[LEDGER]
    row = rows(sheet)[-1] + 1
    for pair in pairs:
        header, value = pair.split('=', 1)
        sheet.cell(row, column(sheet, header)).value = value


def show():
    def told(value):
        return value.strftime('%Y-%m-%d %H:%M').removesuffix(' 00:00') if hasattr(value, 'strftime') else value
    sheets = {}
    for sheet in book:
        if sheet.title == '首页':
            continue
        try:
            top = header_row(sheet)
        except SystemExit:
            continue
        heads = [cell.value for cell in sheet[top]]
        sheets[sheet.title] = [{h: told(v) for h, v in zip(heads, values(sheet, r)) if h and v is not None} for r in rows(sheet)]
    home = [cell.value for line in book['首页'].iter_rows() for cell in line if isinstance(cell.value, str)] if '首页' in book else []
    print(json.dumps({'home': home, 'sheets': sheets, 'heads': {s.title: [c.value for c in s[header_row(s)]] for s in book if s.title in sheets}}, ensure_ascii=False))


NAMES = {
    'set': set_, 'rename-column': rename_column, 'delete-column': delete_column, 'move-column': move_column, 'title-rows': title_rows, 'merge': merge,
    'delete-row': delete_row, 'duplicate': duplicate, 'cut-paste': cut_paste, 'clear-ids': clear_ids, 'fill-down': fill_down, 'rename-sheet': rename_sheet,
    'remove-sheet': remove_sheet, 'copy-sheet': copy_sheet, 'clear-rows': clear_rows, 'filter': filter_, 'group': group, 'add': add,
}
for accident in accidents:
    if accident == 'show':
        show()
        continue
    name, _, rest = accident.partition(':')
    NAMES[name](*(rest.split('|') if rest else []))
if any(accident != 'show' for accident in accidents):
    book.save(path)
