"""Edits of a person, made with another program: edit-by-hand.py FILE EDIT..., or print a sheet as JSON lines (EDIT: show, show:通知)."""
import datetime, json, sys
import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.table import Table

path, *edits = sys.argv[1:]
book = openpyxl.load_workbook(path)
sheet = book['督办台账']


def head():
    for row in sheet.iter_rows(max_row=20):
        for cell in row:
            if cell.value == '事项编号':
                return cell.row
    raise SystemExit('no header row')


def column(header):
    for cell in sheet[head()]:
        if cell.value == header:
            return cell.column
    raise SystemExit(f'no column {header}')


def shown(moment):
    return moment.strftime('%Y-%m-%d %H:%M').removesuffix(' 00:00')


def typed(value):
    """What Excel makes of it: a date where it looks like one."""
    try:
        return datetime.datetime.strptime(value, '%Y-%m-%d')
    except ValueError:
        return value


def row_of(item):
    at = column('事项编号')
    for row in range(head() + 1, sheet.max_row + 1):
        if sheet.cell(row, at).value == item:
            return row
    raise SystemExit(f'no row {item}')


for edit in edits:
    verb, _, rest = edit.partition(':')
    if verb == 'set':
        item, header, value = rest.split('|')
        cell = sheet.cell(row_of(item), column(header))
        cell.value = value
        cell.data_type = 's'
    elif verb == 'add':
        row = max(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, column('督办事项')).value) + 1
        for pair in rest.split('|'):
            header, value = pair.split('=', 1)
            sheet.cell(row, column(header)).value = value
    elif verb == 'record':
        name, *pairs = rest.split('|')
        records = book[name]
        headers = {cell.value: cell.column for cell in records[1]}
        row = max((cell.row for line in records.iter_rows(min_row=1) for cell in line if cell.value is not None)) + 1
        for pair in pairs:
            header, value = pair.split('=', 1)
            records.cell(row, headers[header]).value = typed(value)
    elif verb == 'cell':
        # cell:SHEET|HEADER=VALUE|HEADER|NEW sets the column HEADER of the row that holds VALUE.
        name, where, header, value = rest.split('|')
        records = book[name]
        headers = {cell.value: cell.column for cell in records[1]}
        known, wanted = where.split('=', 1)
        row = next(r for r in range(2, records.max_row + 1) if str(records.cell(r, headers[known]).value) == wanted)
        records.cell(row, headers[header]).value = typed(value)
    elif verb == 'delete-row':
        name, row = rest.split('|')
        filled = [cell.row for line in book[name].iter_rows() for cell in line if cell.value is not None]
        book[name].delete_rows(max(filled) if row == 'last' else int(row))
    elif verb == 'reverse':
        first = head() + 1
        rows = [[cell.value for cell in sheet[r]] for r in range(first, sheet.max_row + 1)]
        rows = [row for row in rows if any(value is not None for value in row)]
        for offset, values in enumerate(reversed(rows)):
            for at, value in enumerate(values):
                sheet.cell(first + offset, at + 1).value = value
    elif verb == 'column':
        # openpyxl moves cells but no defined names, so the hidden anchors point at the neighbours afterwards.
        sheet.insert_cols(3)
        sheet.cell(head(), 3).value = rest
        sheet.cell(head() + 1, 3).value = '人写的'
    elif verb == 'title':
        sheet.insert_rows(1)
        sheet['A1'] = rest
    elif verb == 'no-email':
        people = book['人员']
        headers = {cell.value: cell.column for cell in people[1]}
        for row in range(2, people.max_row + 1):
            if people.cell(row, headers['姓名']).value == rest:
                people.cell(row, headers['邮箱']).value = None
    elif verb == 'own-sheet':
        own = book.create_sheet('我的统计')
        for line in [['科室', '件数'], ['征管科', 3], ['税源科', 5]]:
            own.append(line)
        own.add_table(Table(displayName='我的表', ref='A1:B3'))
        chart = BarChart()
        chart.add_data(Reference(own, min_col=2, min_row=1, max_row=3), titles_from_data=True)
        own.add_chart(chart, 'D2')
        own['A5'] = '=SUM(B2:B3)'
        own.protection.sheet = True
    elif verb == 'show':
        table, top = (book[rest], 1) if rest else (sheet, head())
        headers = [cell.value for cell in table[top]]
        for row in table.iter_rows(min_row=top + 1):
            values = [cell.value for cell in row]
            if any(value is not None for value in values):
                print(json.dumps({h: (shown(v) if hasattr(v, 'strftime') else v) for h, v in zip(headers, values) if h}, ensure_ascii=False))
        raise SystemExit
book.save(path)
