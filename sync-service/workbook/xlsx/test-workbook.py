"""A ledger as an office keeps it: title, table, chart, image, validations, conditional formats, protection, notes."""
import datetime, sys
import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

book = openpyxl.Workbook()
sheet = book.active
sheet.title = '督办台账'
sheet.append(['某单位督办台账'])
sheet.merge_cells('A1:C1')
sheet.append(['灯号', '事项编号', '督办事项', '要求时限', '状态', '自加列', '剩余天数'])
for n in range(1, 10):
    sheet.append(['绿', f'DB-{n}', f'事项{n}', datetime.date(2026, 3, 4 + n) if n != 2 else None, '办理中', n * 1.5, f'=LEN(C{n + 2})'])
    sheet.cell(n + 2, 4).number_format = 'yyyy-mm-dd'
sheet['C3'].comment = Comment('批注', '某人')
sheet['F3'].protection = Protection(locked=False)
sheet.protection.sheet = True
validation = DataValidation(type='list', formula1='"办理中,待审核"')
validation.add('E3:E11')
sheet.add_data_validation(validation)
sheet.conditional_formatting.add('A3:A11', CellIsRule(operator='equal', formula=['"红"'], fill=PatternFill('solid', bgColor='FF0000')))
table = Table(displayName='items', ref='A2:G11')
sheet.add_table(table)
chart = BarChart()
chart.add_data(Reference(sheet, min_col=6, min_row=2, max_row=11), titles_from_data=True)
other = book.create_sheet('我的统计')
other['A1'] = '=SUM(督办台账!F3:F11)'
other.add_chart(chart, 'C3')
for letter, key in zip('ABCDEG', ['light', 'itemId', 'title', 'deadlineSet', 'status', 'daysLeft']):
    name = f'_duban.items.{key}'
    book.defined_names.append(DefinedName(name, attr_text=f"'督办台账'!${letter}$2", hidden=True))
book.calculation.fullCalcOnLoad = False
book.save(sys.argv[1])
