"""Five ledgers as offices keep them, under names of their own. argv: a folder. LibreOffice then saves each once more."""
import datetime
import sys
from openpyxl import Workbook


def title(sheet, text, width):
    sheet.append([text])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)


def minutes(path):
    book = Workbook()
    sheet = book.active
    sheet.title = '会议议定事项'
    title(sheet, '2026年第3次办公会议定事项督办表', 7)
    sheet.append(['序号', '议定事项', '责任单位', '配合单位', '完成时限', '落实情况', '办理状态'])
    sheet.append([1, '修订窗口服务规范', '办税科', '法规科', datetime.date(2026, 4, 10), '已征求意见', '进行中'])
    sheet.append([2, '清理欠税台账', '征管科', None, '2026.4.30', None, '未完成'])
    sheet.append([3, '组织业务培训', '人事科', None, '4月底前', None, '已完成'])
    book.save(path)


def two_lines(path):
    book = Workbook()
    sheet = book.active
    sheet.title = '重点工作'
    title(sheet, '年度重点工作任务分解表', 6)
    sheet.append(['编号', '主要任务', '责任分工', None, '时间要求', '完成情况'])
    sheet.append([None, None, '牵头部门', '协办部门', None, None])
    for column in 'ABEF':
        sheet.merge_cells(f'{column}2:{column}3')
    sheet.merge_cells('C2:D2')
    sheet.append(['一、征管工作'])
    sheet.merge_cells('A4:F4')
    sheet.append(['ZD-01', '电子发票推广', '征管科', '办税科、法规科', '2026年6月30日', '推广中'])
    sheet.append(['ZD-02', '欠税公告', '征管科', None, '长期坚持', '按月公告'])
    sheet.append(['二、队伍建设'])
    sheet.merge_cells('A7:F7')
    sheet.append(['ZD-03', '青年干部培养', '人事科', None, '12月底', None])
    sheet.append(['合计', 3])
    book.save(path)


def several_sheets(path):
    book = Workbook()
    first = book.active
    first.title = '一季度'
    first.append(['事项名称', '主办单位', '办结期限', '备注'])
    first.append(['上报季度分析', '办税科', datetime.date(2026, 3, 31), '需附表'])
    second = book.create_sheet('二季度')
    second.append(['事项名称', '主办单位', '办结期限', '备注'])
    second.append(['修缮办公楼', '后勤中心', '6月中旬', None])
    people = book.create_sheet('通讯录')
    people.append(['姓名', '电话'])
    people.append(['某某', '8123456'])
    book.save(path)


def crowded_cells(path):
    book = Workbook()
    sheet = book.active
    sheet.append(['督查事项', '责任单位(部门)', '责任人及电话', '经办人', '时限要求'])
    sheet.append(['规范中介服务', '法规科、征管科', None, '经办甲 13800000000', '2026/5/8'])
    sheet.append(['', '征管科', None, None, '2026/5/9'])
    sheet.append(['优化办税厅布局', '办税科', None, '经办乙/经办丙', datetime.datetime(2026, 5, 15, 17, 0)])
    book.save(path)


def finished(path):
    book = Workbook()
    sheet = book.active
    sheet.append(['督办编号', '督办任务', '承办部门', '完成期限', '实际完成时间', '完成率', '办理结果', '状态'])
    sheet.append(['督字〔2026〕3号', '办理建议第12号', '办税科', datetime.date(2026, 3, 5), '2026年3月4日', 1, '已答复', '√'])
    sheet.append(['督字〔2026〕4号', '办理提案第7号', '法规科', 46092, None, '80%', None, '推进中'])
    sheet.append(['督字〔2026〕5号', '=1+1不是公式', '法规科', '尽快', None, None, None, '看情况'])
    sheet['B4'].data_type = 's'
    book.save(path)


for name, make in [('minutes', minutes), ('two-lines', two_lines), ('several-sheets', several_sheets), ('crowded-cells', crowded_cells), ('finished', finished)]:
    make(f'{sys.argv[1]}/{name}.xlsx')
