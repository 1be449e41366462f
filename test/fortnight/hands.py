"""One sitting of people at the workbook: hands.py FILE, moves as a JSON list on stdin; each finds its row by 督办事项."""
import datetime, json, re, sys
import openpyxl

path = sys.argv[1]
book = openpyxl.load_workbook(path)
ledger = book['督办台账']


def typed(value):
    """What a person's date or moment becomes in a cell; any other text stays as typed."""
    for form, shape in (('%Y-%m-%d %H:%M', r'\d{4}-\d\d-\d\d \d\d:\d\d'), ('%Y-%m-%d', r'\d{4}-\d\d-\d\d')):
        if isinstance(value, str) and re.fullmatch(shape, value):
            return datetime.datetime.strptime(value, form)
    return value


def head(sheet):
    return next(row for row in range(1, 21) if sum(cell.value is not None for cell in sheet[row]) > 2)


def columns(sheet):
    return {cell.value: cell.column for cell in sheet[head(sheet)] if cell.value is not None}


def last(sheet):
    return max(cell.row for line in sheet.iter_rows() for cell in line if cell.value is not None)


def row_of(sheet, key, value):
    at = columns(sheet)[key]
    found = [row for row in range(head(sheet) + 1, last(sheet) + 1) if sheet.cell(row, at).value == value]
    if not found:
        raise SystemExit(f'no row where {key} is {value}')
    return found[-1]


def write(sheet, row, cells):
    at = columns(sheet)
    for header, value in cells.items():
        sheet.cell(row, at[header]).value = typed(value)


def values(sheet, row):
    return [sheet.cell(row, column).value for column in range(1, sheet.max_column + 1)]


def put(sheet, row, line):
    for column, value in enumerate(line, 1):
        sheet.cell(row, column).value = value


for move in json.load(sys.stdin):
    verb = move['move']
    sheet = book[move.get('sheet', '督办台账')]
    if verb == 'add':
        for cells in move['rows']:
            write(sheet, last(sheet) + 1, cells)
    elif verb == 'set':
        write(sheet, row_of(sheet, move.get('key', '督办事项'), move['row']), move['cells'])
    elif verb == 'sort':
        first, column = head(sheet) + 1, columns(sheet)[move['by']]
        lines = [values(sheet, row) for row in range(first, last(sheet) + 1)]
        lines.sort(key=lambda line: (line[column - 1] is None, str(line[column - 1])))
        for row, line in enumerate(lines, first):
            put(sheet, row, line)
    elif verb == 'duplicate':
        put(sheet, last(sheet) + 1, values(sheet, row_of(sheet, '督办事项', move['row'])))
    elif verb == 'delete':
        sheet.delete_rows(row_of(sheet, '督办事项', move['row']))
    elif verb == 'fill-down':
        row, column = row_of(sheet, '督办事项', move['row']), columns(sheet)[move['header']]
        for below in range(row + 1, min(row + move['rows'], last(sheet)) + 1):
            sheet.cell(below, column).value = sheet.cell(row, column).value
    elif verb == 'merge':
        row, column = head(sheet) + 1, columns(sheet)[move['header']]
        sheet.cell(row, column).value = move['value']
        sheet.merge_cells(start_row=row, end_row=row + move['rows'], start_column=column, end_column=column)
    elif verb == 'unmerge':
        for area in list(sheet.merged_cells.ranges):
            if area.max_row > head(sheet):
                sheet.unmerge_cells(str(area))
    elif verb == 'title-row':
        sheet.insert_rows(1)
        sheet['A1'] = move['text']
    else:
        raise SystemExit(f'unknown move {verb}')
book.save(path)
