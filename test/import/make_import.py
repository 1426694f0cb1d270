#!/usr/bin/python3
"""Makes the sheets in test/import/cases as bureaus send them: the same bytes every time.

What is done with them and what must come of it stands in the *.expect files beside them; src/exchange/test-golden.c
does it. Needs python3-openpyxl.
"""
import datetime
import pathlib

import openpyxl
from openpyxl.styles import Font

from make import parts_of, sheet_xml, without_time, zip_bytes

CASES = pathlib.Path(__file__).resolve().parent / "cases"


def save(name, *sheets):
    """Each sheet: (title, rows, merges, hidden)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows, merges, hidden in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for merge in merges:
            sheet.merge_cells(merge)
        if hidden:
            sheet.sheet_state = "hidden"
    return book, CASES / name


def write(book, path):
    book.save(path)
    path.write_bytes(without_time(path.read_bytes()))


def csv(name, text, encoding):
    (CASES / name).write_bytes(text.replace("\n", "\r\n").encode(encoding))


def gbk():
    csv("gbk.csv", "青禾县企业名录,,,\n统计时间：2020年6月,,,\n序号,统一社会信用代码,公司名称,所在乡镇\n"
        "1,QH001,青禾镕基材料厂,城关\n2,QH002,青禾堃鑫厂,石溪镇\n合  计,2家,,\n注：以上为在营企业,,,\n", "gb18030")


def titles():
    rows = [["青禾县2020年企业名录"], ["填报单位：青禾县科技局", None, None, "单位：万元"],
            ["序号", "信用代码＊", "企业\n名称*", "注册资本", "注册 资本金", "乡镇（街道）", "备注"],
            [1, "QH001", "甲厂", 120.5, 9, "城关镇", "无"], [2, "QH002", "乙厂", 80, None, "石溪镇", None],
            [None, "合计", None, 200.5], ["填表人：张三", None, "审核人：李四"]]
    write(*save("titles.xlsx", ("名录", rows, ["A1:G1", "A2:C2"], False)))


def groups():
    rows = [["高企奖励台账"], ["企业名称", "年度", "申报", None, "核定", None, "是否同意"],
            [None, None, "金额（万元）", "事项", "金额", "期次", None],
            ["QH001", 2019, 1.5, "认定", 15000, 1, "是"], ["QH001", "2020年", "2万元", "复审", "20,000.50", 1, "否"]]
    merges = ["A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"]
    companies = [["信用代码", "企业名称"], ["QH001", "甲厂"]]
    write(*save("groups-1.xlsx", ("企业", companies, [], False)))
    write(*save("groups-2.xlsx", ("台账", rows, merges, False)))


def dates():
    forms = [datetime.date(2012, 3, 5), "2012-03-05", "2012/3/5", "2012.3.5", "2012年3月5日", "20120305", 40973, "２０１２年３月５日",
             "二〇一二年", "2012-02-30", "2012年3月", "2012.03", 2012.1, "2012-13"]
    rows = [["信用代码", "企业名称", "成立日期"]] + [[f"QH{i:03}", f"第{i}厂", form] for i, form in enumerate(forms, 1)]
    write(*save("dates.xlsx", ("名录", rows, [], False)))


def numbers():
    rows = [["信用代码", "企业名称", "注册资本（元）", "产值（亿元）", "职工人数（人）", "法人身份证号", "联系电话"],
            ["QH001", "甲厂", 0.1 + 0.2, 1.5, "３６", "11010519491231002X", "0551-6123456"],
            ["QH002", "乙厂", "1,234.56", "-", "12人", 110105194912310021, "13912345678"],
            ["QH003", "丙厂", 0.125, 0.00001, -1, "110105194912310021", 13912345678],
            [340123456789012345, "丁厂", "一百", None, None, None, None],
            ["QH005", "戊厂", "#N/A", None, None, None, None],
            ["QH006", "己厂", "1.5亿元", "2万元", None, None, None],
            ["QH007", "庚厂", "9亿亿元", "1.000000001亿元", None, None, None],
            ["QH008", "辛厂", "2万", "3000元", None, None, None]]
    book, path = save("numbers.xlsx", ("名录", rows, [], False))
    book["名录"]["C6"].data_type = "e"
    write(book, path)


def merged():
    """What stands once for several rows: a town, a unit in the group over its columns, a sum."""
    rows = [["青禾县企业名录"], [None, None, None, "单位：万元、人"], ["所在乡镇", "信用代码", "企业名称", "注册资本", "职工人数", "成立时间"],
            ["城关镇", "QH001", "甲厂", 120.5, 90, "2012年3月5日"], [None, "QH002", "乙厂", "50000元"], [None, "QH003", "丙厂", 8, 7],
            ["石溪镇", "QH004", "丁厂", 9, 8], [None, None, None, None, None], [None, "QH005", "戊厂", 10, 9]]
    grants = [["企业名称", "年度", "期次", "金额（万元）", None, "是否同意"], [None, None, None, "申报金额", "核定金额", None],
              ["QH001", 2019, "第一期", 1.5, 1, "同意"], [None, None, "第2期", 2, None, "不同意"], [None, None, "第十一批次", 3, None, "未定"],
              ["QH002", 2019, "第期", 3]]
    book, path = save("merged-1.xlsx", ("名录", rows, ["A1:F1", "A4:A6", "E4:E5"], False))
    for row in (5, 6, 8):  # filtered away; the last is empty
        book["名录"].row_dimensions[row].hidden = True
    write(book, path)
    csv("merged-3.csv", "乡镇,村名,村书记\n石溪镇,东王村,\n,西王村,甲\n,南王村,\n", "gb18030")
    write(*save("merged-2.xlsx", ("台账", grants, ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "A3:A5", "B3:B5"], False)))


def names():
    rows = [["乡镇", "村名", "村书记"], ["石溪镇", "东王村", "王 明"], ["白云乡", "东王村", "李　强"], ["石溪镇", "西王村", "王 小 明"]]
    near = [["乡镇", "村名", "邻村"], ["石溪镇", "西王村", "石溪镇东王村"], ["白云乡", "东王村", "石溪镇 西王村"], ["石溪镇", "东王村", "东王村"]]
    write(*save("names-1.xlsx", ("名录", rows, [], False)))
    write(*save("names-2.xlsx", ("名录", near, [], False)))
    heads = [["姓名", "单位", "副手"], ["王明", "甲局", None], ["王明", "乙局", None], ["李强", "甲局", "王明"]]
    write(*save("names-3.xlsx", ("名录", heads, [], False)))


def habits():
    """What people type besides the value, and percents as spreadsheets keep them."""
    rows = [["信用代码", "企业名称", "注册资本/万元", "职工人数", "成立日期", "联系电话"], ["一、工业企业"],
            ["QH001", "甲厂", "5.5万元整", "/", "2012-03-05 00:00:00", "139 1234 5678"],
            ["QH002", "乙厂", "¥50,000.00", "12人", "2012.03.05.", "(0551)6123456"], ["（二）农业企业"],
            ["QH003", "丙厂", "人民币50000元", 3, "2012-03-05 8:30", "13912345678、13812345678"],
            ["QH004", "丁厂", 6, 3, "2012-03-05 上午", "0551-6123456转8001"], ["一", "戊厂", 6, 3, None, "123456、13912345678"]]
    write(*save("habits-1.xlsx", ("名录", rows, ["A2:F2"], False)))
    totals = [["信用代码", "企业名称", "职工人数"], ["全县合计", None, 9], ["QH020", "合计算法研究所", 1], ["合 计：3家", None, 3], ["城关镇小计", None, 2],
              ["QH021", "统计", 2], [None, "合计算法厂", 5]]
    write(*save("habits-4.xlsx", ("名录", totals, [], False)))
    twins = [["信用代码", "公司名称", "企业名称", "人数", "职工人数（人）"], ["QH009", "己", "己厂", 1, 2]]
    write(*save("habits-3.xlsx", ("名录", twins, [], False)))
    book, path = save("habits-2.xlsx", ("台账", [["企业名称", "年度", "期次", "配套比例"], ["QH001", 2019, 1, 0.07], ["QH001", 2019, 2, "7%"],
                                               ["QH001", 2019, 3, 0.07]], [], False))
    book["台账"]["D2"].number_format = "0.0%"
    write(book, path)


def formulas():
    """With the values that were last shown, which openpyxl does not write; in row 4 without."""
    texts = [["A1", "信用代码"], ["B1", "企业名称"], ["C1", "职工人数"], ["A2", "QH001"], ["B2", "甲厂"], ["A3", "QH002"], ["B3", "乙厂"],
             ["A4", "QH003"], ["B4", "丙厂"], ["A5", "QH004"], ["B5", "丁厂"]]
    text = {at: f'<c r="{at}" t="inlineStr"><is><t>{word}</t></is></c>' for at, word in texts}
    data = "".join((f'<row r="1">{text["A1"]}{text["B1"]}{text["C1"]}</row>',
                    f'<row r="2">{text["A2"]}{text["B2"]}<c r="C2"><f>1+2</f><v>3</v></c></row>',
                    f'<row r="3">{text["A3"]}{text["B3"]}<c r="C3"><f>C2+2</f><v>5</v></c></row>',
                    f'<row r="4">{text["A4"]}{text["B4"]}<c r="C4"><f>C3+2</f><v/></c></row>',
                    f'<row r="5">{text["A5"]}{text["B5"]}<c r="C5" t="str"><f>""</f><v></v></c></row>'))
    (CASES / "formulas.xlsx").write_bytes(zip_bytes(parts_of([("名录", "", sheet_xml(data))])))


def sheets():
    notes = [["填表说明"], ["一、本表由企业填写"]]
    hidden = [["信用代码", "企业名称"], ["QH999", "旧厂"]]
    other = [["企业名称", "联系人"], ["甲厂", "张三"]]
    rows = [["信用代码", "企业名称"], ["QH001", "甲厂"]]
    write(*save("sheets.xlsx", ("说明", notes, [], False), ("旧", hidden, [], True), ("联系人", other, [], False),
                ("名录", rows, [], False)))


def pages():
    head = ["信用代码", "企业名称", "职工人数"]
    rows = [head, ["QH001", "甲厂", 1], ["小计", None, 1], head, ["QH002", "乙厂", 2], ["本页合计", None, 2], [None, "总 计", 3]]
    book, path = save("pages.xlsx", ("名录", rows, [], False))
    for row in range(8, 40):
        book["名录"].cell(row, 1).font = Font(bold=True)  # formatted, empty
    write(book, path)


def main():
    CASES.mkdir(exist_ok=True)
    for make in (gbk, titles, groups, dates, numbers, merged, names, habits, formulas, sheets, pages):
        make()


if __name__ == "__main__":
    main()
