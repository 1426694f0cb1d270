#!/usr/bin/env python3
"""Spreadsheets of any length, made from a seed: the data of the benchmarks.

    make.py LEDGER ROWS FILE.csv|FILE.xlsx [--seed N]     one ledger without references: event
    make.py county RECORDS FOLDER [--seed N]              a county; prints "ledger<tab>file" in the order of import

The same seed gives the same rows. Memory does not grow with their number (an xlsx keeps its texts once each). The
words are those of the fictional county of demo/; rows keep every rule of defs/, so that an import finds nothing.
"""

import argparse
import csv
import datetime
import itertools
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'demo')]

import codes  # noqa: E402
import words  # noqa: E402
import xlsx  # noqa: E402

FIRST, YEARS = datetime.date(2016, 1, 1), 5
DAYS = [(FIRST + datetime.timedelta(n)).isoformat() for n in range(YEARS * 366)]
HELD_DAYS = len(DAYS) - 90  # what follows an event falls within the years too

VILLAGES = [a + b + c + '村' for a in words.TOWNS for b in words.VILLAGE_HEADS for c in words.VILLAGE_TAILS]
PEOPLE = [a + b + c for a in words.SURNAMES for b in words.GIVEN_FIRST for c in words.GIVEN_SECOND]
ENTERPRISES = [f'青禾{a}{b}{trade[0]}有限公司' for a in words.BRANDS for b in words.BRANDS for trade in words.TRADES]
ORGANISATIONS = [name for name, *_ in words.DEPARTMENTS + words.UNIVERSITIES + words.STATIONS]
N_VILLAGES, N_COMMISSIONERS, N_ENTERPRISES = 1000, 800, 4000

# how an event went, in twentieths: its state, and how many of the four dates it has of end, counts, check and archive
STATES = [('计划', 0), ('已取消', 0)] + [('已举办', 1)] * 2 + [('已填数', 2)] * 3 + [('已核实', 3)] * 5 + [('已归档', 4)] * 8
COUNTED = ['签到', '票券', '设备计数', '现场清点']
SERIES = ['科技活动周', '全国科普日', '三下乡', '流动科技馆巡展', '讲座', '竞赛', '开放日', '政策宣讲']
FORMS = ['广场宣传', '讲座', '展览', '竞赛', '开放日', '现场指导', '线上活动']
THEMES = [s + w for s in words.SUBJECTS for w in words.WORKS] + [topic for *_, topic in words.SPECIALITIES]
PLACES = ['文化广场', '中心小学', '党群服务中心', '农民文化乐园', '集贸市场', '新时代文明实践所', '科技馆展厅', '种植示范基地']
COUNTY_SHARES = {'event': 30, 'training': 20, 'service_log': 30, 'enterprise_visit': 15, 'achievement': 5}


class Dice:
    """Choices that depend on nothing but the seed."""

    def __init__(self, seed):
        self.next = random.Random(seed).random

    def under(self, n):
        return int(self.next() * n)

    def one_of(self, choices):
        return choices[int(self.next() * len(choices))]


def dates(day, steps):
    """The dates of the steps that were taken, a week apart from a day on, then blanks."""
    return [DAYS[day + 7 * n] if n < steps else '' for n in range(4)]


def pair(n, first, second):
    """The n-th of first × second pairs, in an order that mixes both; each comes once."""
    n = n * 7919 % (first * second)  # 7919 is prime and divides no size used here
    return n % first, n // first


# --- what refers to others ---

EVENT = ('活动名称 活动系列 活动形式 科技活动周期间 开始日期 结束日期 场次 活动地点 乡镇 活动层级 是否联合举办 参加人次 签到人数 '
         '其中女性 展板 科普仪器 横幅 发放资料 发放图书 发放宣传品 咨询人次 义诊人次 计数方式 数字表述 活动经费（元） '
         '数据填报日期 核实日期 归档日期 佐证说明 状态')


def event_rows(dice, count):
    for n in range(count):
        day, length = dice.under(HELD_DAYS), dice.under(3)
        town, series = dice.one_of(words.TOWNS), dice.one_of(SERIES)
        people = 30 + dice.under(600) + 1000 * (dice.under(40) == 0)
        signed = people - dice.under(20)
        state, steps = dice.one_of(STATES)
        ended, *after = dates(day + length, steps)
        yield [f'{town}{series}“{dice.one_of(THEMES)}”专场第{n + 1}场', series, dice.one_of(FORMS),
               dice.one_of(('是', '否')), DAYS[day], ended, length + 1, town + dice.one_of(PLACES), town,
               dice.one_of(('县级', '乡镇级', '村级')), '否', people, signed, dice.under(signed), dice.under(40),
               dice.under(12), dice.under(10), people * dice.under(8), dice.under(200), dice.under(500),
               dice.under(people // 3), dice.under(people // 3), dice.one_of(COUNTED), '准确数', dice.under(20000), *after,
               f'佐证第{n % 500 + 1}盒', state]


TRAINING = ('培训名称 培训主题 培训对象 开始日期 结束日期 学时 培训地点 培训村 授课特派员 主办单位 培训人次 签到人数 '
            '其中女性 其中贫困群众 发放资料 计数方式 数字表述 培训经费（元） 数据填报日期 核实日期 归档日期 佐证说明 状态')
AUDIENCES = [('村民', '农业实用技术')] * 6 + [('科技特派员', '服务能力提升'), ('企业', '科技政策'), ('企业', '知识产权'), ('公众', '科学普及')]


def training_rows(dice, count):
    for n in range(count):
        day, length = dice.under(HELD_DAYS), dice.under(3)
        audience, topic = dice.one_of(AUDIENCES)
        village = dice.one_of(VILLAGES[:N_VILLAGES])
        times = 20 + dice.under(160)
        signed = times - dice.under(15)
        state, steps = dice.one_of(STATES)
        ended, *after = dates(day + length, steps)
        yield [f'{dice.one_of(THEMES)}培训班第{n + 1}期', topic, audience, DAYS[day], ended, 4 * (length + 1),
               village + dice.one_of(PLACES), village, dice.one_of(PEOPLE[:N_COMMISSIONERS]),
               dice.one_of(ORGANISATIONS), times, signed, dice.under(signed), dice.under(signed), times * 2,
               dice.one_of(COUNTED), '准确数', dice.under(9000), *after, f'佐证第{n % 500 + 1}盒', state]


SERVICE_LOG = ('填写人 特派员类型 年度 服务村 日志类型 服务开始日期 服务结束日期 科技服务天数 集体经济增收（元） 引进推广新品种新产品 '
               '推广新技术 解决技术难题 培训农民 工作总结 提交日期 核准日期 核准人 状态')


def service_log_rows(dice, count):
    for n in range(count):
        who, day = pair(n, N_COMMISSIONERS, HELD_DAYS)
        length = dice.under(3)
        solved = dice.one_of(THEMES)
        approved = dice.under(10) > 0
        yield [PEOPLE[who], '自然人科技特派员', DAYS[day + length][:4], dice.one_of(VILLAGES[:N_VILLAGES]), '个人日志',
               DAYS[day], DAYS[day + length], length + 1, dice.under(30000), dice.under(3), dice.under(4),
               dice.under(5), dice.under(60), f'到田间地头指导农户，讲解{solved}，现场解答疑问{dice.under(30)}次。', DAYS[day + length + 3],
               DAYS[day + length + 9] if approved else '', '王文清' if approved else '', '已核准' if approved else '已提交']


ENTERPRISE_VISIT = '企业名称 走访日期 走访主题 活动名称 走访方式 带队领导 参加人数 企业需求'
METHODS = ['上门走访', '座谈会', '政策宣讲', '电话或线上']


def enterprise_visit_rows(dice, count):
    for n in range(count):
        firm, day = pair(n, N_ENTERPRISES, HELD_DAYS)
        need = dice.one_of(THEMES)
        yield [ENTERPRISES[firm], DAYS[day], f'了解{need}项目进展', dice.one_of(('四送一服', '专家企业行', '日常走访')),
               dice.one_of(METHODS), dice.one_of(PEOPLE[:60]), 1 + dice.under(8), f'希望在{need}上得到专家支持']


ACHIEVEMENT = ('成果名称 第一完成单位 成果类别 成果水平 成果所处阶段 关键词 研究起始日期 研究终止日期 不涉密承诺 已交材料 单位公示起始日 '
               '单位公示截止日 县级初审日期 登记日期 登记号 状态')


def achievement_rows(dice, count):
    for n in range(count):
        ended, months = 800 + dice.under(HELD_DAYS - 800), 100 + dice.under(600)
        subject, work = dice.one_of(words.SUBJECTS), dice.one_of(words.WORKS)
        certificate = f'{340 + n // 10000}{DAYS[ended + 70][:4]}Y{n % 10000:04d}'
        end = (DAYS[ended + 70], certificate, '已登记') if dice.under(5) else ('', '', '县级初审')
        yield [f'{subject}{dice.one_of(words.TRADES)[1]}{work}（{n + 1}）', ENTERPRISES[dice.under(N_ENTERPRISES)],
               '应用技术', dice.one_of(('国内领先', '国内先进', '未评价')), dice.one_of(('初期阶段', '中期阶段')), f'{subject};{work}',
               DAYS[ended - months], DAYS[ended], '是', '评价证明、研制报告', DAYS[ended + 5],
               DAYS[ended + 20], DAYS[ended + 25], *end]


# --- what they refer to ---

def organisation_rows(_dice, count):
    return ([name, '事业单位', '县级'] for name in ORGANISATIONS[:count])


def village_rows(dice, count):
    for n, name in enumerate(VILLAGES[:count]):
        town = next(town for town in words.TOWNS if name.startswith(town))
        yield [f'349901{n // 140 + 100}{n % 140 + 200}', name, town, name, 200 + dice.under(900),
               800 + dice.under(4000)]


def commissioner_rows(dice, count):
    for name in PEOPLE[:count]:
        yield [name, dice.one_of(ORGANISATIONS), '自然人科技特派员', '县级', dice.one_of(('农学', '畜牧', '林业')),
               DAYS[dice.under(365)]]


def enterprise_rows(dice, count):
    for n, name in enumerate(ENTERPRISES[:count]):
        yield [codes.credit_code('91', '349901', f'MA{n:06d}'), name, dice.one_of(words.TOWNS), '制造业',
               dice.one_of(words.TRADES)[1]]


# ledger: headings and rows; in the order of import
LEDGERS = {
    'organisation': ('单位名称 单位类型 层级', organisation_rows),
    'village': ('村代码 村名 乡镇 村全称 户数 人口', village_rows),
    'commissioner': ('姓名 派出单位 特派员类型 特派员级别 学科领域 入库日期', commissioner_rows),
    'enterprise': ('统一社会信用代码 企业名称 所在乡镇 行业门类 主要产品（服务）', enterprise_rows),
    'event': (EVENT, event_rows),
    'training': (TRAINING, training_rows),
    'service_log': (SERVICE_LOG, service_log_rows),
    'enterprise_visit': (ENTERPRISE_VISIT, enterprise_visit_rows),
    'achievement': (ACHIEVEMENT, achievement_rows),
}


# --- files ---

def write(path, ledger, rows, seed):
    heading, make = LEDGERS[ledger]
    lines = itertools.chain([heading.split()], make(Dice(f'{seed} {ledger}'), rows))
    if path.suffix == '.xlsx':
        xlsx.write(path, lines)
        return
    with open(path, 'w', encoding='utf-8', newline='') as file:
        csv.writer(file).writerows(lines)


def write_county(folder, records, seed):
    """Registers first; what they leave of the records goes to the rest by its share."""
    sizes = {'organisation': len(ORGANISATIONS), 'village': N_VILLAGES, 'commissioner': N_COMMISSIONERS,
             'enterprise': N_ENTERPRISES}
    rest = records - sum(sizes.values())
    sizes.update({ledger: rest * share // 100 for ledger, share in COUNTY_SHARES.items()})
    for ledger, size in sizes.items():
        path = folder / f'{ledger}.csv'
        write(path, ledger, size, seed)
        print(f'{ledger}\t{path}', flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('what', choices=['county', *LEDGERS])
    parser.add_argument('rows', type=int)
    parser.add_argument('target', type=pathlib.Path)
    parser.add_argument('--seed', default='349901')
    options = parser.parse_args()
    if options.what == 'county':
        options.target.mkdir(parents=True, exist_ok=True)
        write_county(options.target, options.rows, options.seed)
    else:
        write(options.target, options.what, options.rows, options.seed)


if __name__ == '__main__':
    main()
