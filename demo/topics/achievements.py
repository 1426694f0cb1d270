"""Area 9: achievements on their way to a certificate number."""

import datetime

import words
from book import Sheet
from tables import after, day

FIRST_HALF_2019, SECOND_HALF_2019, FIRST_HALF_2020, JULY = 148, 41, 170, 7
COUNTY_CHECKED, CITY_CHECKED, DRAFTS, DISPUTED = 14, 9, 6, 2
COLUMNS = [
    ('序号', None, 'serial'), ('成果名称', 'title', 'trail'), ('完成单位', 'owner', 'text'), ('单位性质', 'owner_type', 'text'),
    ('类别', 'class', 'text'), ('成果属性', 'attribute', 'text'), ('体现形式', 'form', 'text'), ('评价水平', 'level', 'text'),
    ('所处阶段', 'stage', 'text'), ('课题来源', 'plan_source', 'text'), ('研究起始时间', 'started_on', 'mixed'),
    ('研究终止时间', 'completed_on', 'mixed'), ('不涉密承诺', 'non_secret', 'yesno'), ('提交材料', 'evidence', 'text'),
    ('知识产权类型', 'ip_kind', 'text'), ('专利号', 'ip_no', 'text'), ('专利授权日期', 'ip_granted_on', 'mixed'),
    ('初审日期', 'county_checked_on', 'mixed'), ('市级审核日期', 'city_checked_on', 'mixed'),
    ('批准登记日期', 'registered_on', 'mixed'), ('登记证书号', 'cert_no', 'text'), ('转化日期', 'transformed_on', 'mixed'),
    ('转化方式', 'transform_way', 'text'), ('争议日期', 'disputed_on', 'mixed'),
]
APPLIED = '知识产权证书、用户证明'
SOFT = '评审证明、研究报告'


def sheets(county):
    past, now = achievements(county)
    return [
        Sheet('18科技成果登记2019.xls', '2019年', 'achievement', COLUMNS, past, title='2019年科技成果登记汇总表', under='推荐单位：青禾县科学技术局'),
        Sheet('18科技成果登记2020.xlsx', '已登记', 'achievement', COLUMNS, [row for row in now if 'cert_no' in row],
              title='2020年科技成果登记汇总表', under='推荐单位：青禾县科学技术局', blank=30),
        Sheet('18科技成果登记2020.xlsx', '在办', 'achievement', COLUMNS, [row for row in now if 'cert_no' not in row],
              title='2020年在办科技成果'),
    ]


def achievements(county):
    """170 were registered in the first half of 2020: those still on the way are filed, not registered."""
    rng, names = county.stream('achievements'), topics(county)
    days = (county.days(rng, day('2019-01-14'), day('2019-06-28'), FIRST_HALF_2019)
            + county.days(rng, day('2019-07-01'), day('2019-12-27'), SECOND_HALF_2019))
    past = [registered(rng, *next(names), date, n) for n, date in enumerate(days, 1)]
    for row in past[20::17]:
        row |= {'transformed_on': after(row['registered_on'], 120), 'transform_way': rng.choice(['自行转化', '许可', '合作实施'])}
    days = county.days(rng, day('2020-01-06'), day('2020-06-30'), FIRST_HALF_2020)
    days[-1] = day('2020-06-30')
    days += county.days(rng, day('2020-07-01'), day('2020-07-13'), JULY)
    now = [registered(rng, *next(names), date, n) for n, date in enumerate(days, 1)]
    for count, checked, city in ((COUNTY_CHECKED, True, False), (CITY_CHECKED, True, True), (DRAFTS, False, False)):
        now += [filed(rng, *next(names), checked, city) for _ in range(count)]
    now += [filed(rng, *next(names), True, False) | {'disputed_on': day('2020-06-29')} for _ in range(DISPUTED)]
    return past, now


def topics(county):
    """Names of achievements with the enterprise that owns them; no name comes twice."""
    rng = county.stream('topics')
    every = [(subject, work, firm) for firm in county.enterprises for subject, work in zip(
        rng.sample(words.SUBJECTS, 3), rng.sample(words.WORKS, 3))]
    rng.shuffle(every)
    seen = set()
    for subject, work, firm in every:
        title = f'{subject}{firm["product"]}{work}'
        if (title, firm['name']) not in seen:
            seen.add((title, firm['name']))
            yield title, firm


def achievement(rng, title, firm, completed):
    soft = rng.random() < 0.05
    row = {
        'title': title, 'owner': firm['name'], 'owner_type': '企业',
        'class': '软科学' if soft else rng.choice(['应用技术', '应用类']),
        'attribute': rng.choice(['原始性创新', '国内技术二次开发', '二次开发', '原始创新']), 'level': rng.choice(['国内先进', '国内领先', '未评价']),
        'form': '研究报告' if soft else rng.choice(['新技术', '新工艺', '新产品', '新装备', '新设备']),
        'stage': rng.choice(['成熟应用', '成熟应用阶段', '中期阶段', '初期']),
        'plan_source': rng.choice(['自选', '单位自选', '市级计划', '县级计划']),
        'started_on': completed - datetime.timedelta(days=rng.randrange(240, 900)), 'completed_on': completed,
        'non_secret': True, 'evidence': SOFT if soft else APPLIED,
    }
    if not soft:
        granted = completed - datetime.timedelta(days=rng.randrange(1, 200))
        row |= {'ip_kind': rng.choice(['实用新型', '实用新型专利', '发明专利', '软著']),
                'ip_no': f'ZL{granted.year - 1}2{rng.randrange(10**7):08d}.{rng.randrange(10)}',
                'ip_granted_on': granted}
    return row


def registered(rng, title, firm, date, number):
    row = achievement(rng, title, firm, date - datetime.timedelta(days=rng.randrange(60, 300)))
    checked = date - datetime.timedelta(days=rng.randrange(14, 40))
    letter = 'R' if row['class'] == '软科学' else 'Y'
    return row | {'county_checked_on': checked, 'city_checked_on': checked + datetime.timedelta(days=7),
                  'registered_on': date,
                  'cert_no': f'349{date.year}{letter}{number:04d}'}


def filed(rng, title, firm, checked, city):
    row = achievement(rng, title, firm, day('2020-04-10') - datetime.timedelta(days=rng.randrange(120)))
    if checked:
        row['county_checked_on'] = day('2020-06-03') + datetime.timedelta(days=rng.randrange(20))
    if city:
        row['city_checked_on'] = row['county_checked_on'] + datetime.timedelta(days=6)
    return row
