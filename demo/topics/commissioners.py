"""Area 5: commissioners, whom they serve, what they did, what they were paid."""

import datetime

import words
from book import Sheet
from county import TODAY
from tables import after, day

ON_DUTY = 78            # serve in 2020: one for each village to be served
KEPT = 58               # of them served in 2019 already
REPLACED = 2            # began 2020 and were replaced in April
STANDARD = 20000        # yuan a person and year
ROSTER_COLUMNS = [
    ('序号', None, 'serial'), ('姓 名', 'name', 'text'), ('性别', 'sex', 'text'), ('身份证号', 'id_no', 'text'),
    ('工作单位', 'unit', 'trail'), ('类型', 'commissioner_kind', 'text'), ('级别', 'level', 'text'), ('来源', 'source', 'text'),
    ('学历', 'education', 'text'), ('职称级别', 'title_grade', 'text'), ('从事领域', 'discipline', 'text'),
    ('服务专长', 'speciality', 'text'), ('是否公务员', 'civil_servant', 'yesno'), ('是否三区人才', 'three_regions', 'yesno'),
    ('联系电话', 'phone', 'text'), ('聘任日期', 'entered_on', 'mixed'), ('退出日期', 'left_on', 'mixed'),
    ('登录账号', 'account', 'text'),
]
ASSIGNMENT_COLUMNS = [
    ('年度', 'service_year', 'text'), ('特派员姓名', 'commissioner', 'text'), ('结对村', 'village', 'text'),
    ('对象类型', 'served_kind', 'text'), ('任期|服务期起', 'term_from', 'dot'), ('任期|服务期止', 'term_to', 'dot'),
    ('推荐乡镇', 'nominated_by', 'text'), ('推荐日期', 'nominated_on', 'cell'), ('公示|公示开始日期', 'notice_from', 'cell'),
    ('公示|公示截止日期', 'notice_to', 'cell'), ('选派|选派日期', 'appointed_on', 'cell'), ('选派|选派文号', 'document', 'text'),
    ('协议|协议编号', 'agreement_no', 'text'), ('协议|签约日期', 'agreed_on', 'cell'), ('到村日期', 'on_duty_on', 'cell'),
    ('考核|考核日期', 'assessed_on', 'cell'), ('考核|考核得分', 'score', 'text'), ('考核|考核结果', 'grade', 'text'),
    ('结束日期', 'ended_on', 'cell'), ('接替人', 'replaced_by', 'text'), ('状态', 'state', 'text'),
]
LOG_COLUMNS = [
    ('特派员姓名', 'commissioner', 'text'), ('服务年度', 'service_year', 'text'), ('服务地点', 'village', 'text'),
    ('协议编号', 'assignment', 'text'), ('日志类型', 'log_kind', 'text'), ('服务开始时间', 'service_from', 'mixed_text'),
    ('服务结束时间', 'service_to', 'mixed_text'), ('服务天数（天）', 'service_days', 'wide'),
    ('村集体经济增收（万元）', 'collective_income', 'wan'), ('引进推广新品种新产品（个）', 'new_varieties', 'text'),
    ('推广新技术（项）', 'new_techniques', 'text'), ('解决技术难题（个）', 'problems_solved', 'text'),
    ('培训农民（人次）', 'farmers_trained', 'text'), ('帮扶贫困户（户）', 'poor_households', 'text'), ('工作总结', 'summary', 'text'),
    ('提交日期', 'submitted_on', 'iso'), ('审核日期', 'approved_on', 'iso'), ('审核人', 'approver', 'text'),
    ('状态', 'state', 'text'),
]
FUND_COLUMNS = [
    ('序号', None, 'serial'), ('年度', 'fund_year', 'text'), ('特派员姓名', 'commissioner', 'text'),
    ('拨付期次', 'instalment', 'text'), ('派出单位', 'receiver', 'text'), ('经费标准（元）', 'standard', 'text'),
    ('工作经费（元）', 'amount', 'text'), ('资金来源', 'budget_line', 'text'), ('下达文号', 'document', 'text'),
    ('拨付日期', 'allocated_on', 'cell'), ('凭证号', 'voucher_no', 'text'), ('支出金额（元）', 'amount_spent', 'text'),
    ('核销日期', 'settled_on', 'cell'),
]
HIRED = {2019: '青科〔2019〕9号', 2020: '青科〔2020〕5号'}
WORK = [
    '到田间查看{}情况，指导农户适期防治。', '走访种养户，现场示范{}要点。', '在村部讲解{}，发放明白纸。', '帮助合作社制定{}方案。',
    '回访示范户，核对{}用药用肥记录。', '与村两委商议{}示范点建设。',
]


def sheets(county):
    return [
        Sheet('10科技特派员台账.xlsx', '名册', 'commissioner', ROSTER_COLUMNS, roster(county), title='青禾县科技特派员名册',
              under='填报单位：青禾县科学技术局', blank=8),
        Sheet('10科技特派员台账.xlsx', '选派结对', 'assignment', ASSIGNMENT_COLUMNS, assignments(county),
              title='科技特派员选派结对一览表', blank=10),
        Sheet('11特派员服务日志2020上半年.csv', '日志', 'service_log', LOG_COLUMNS, service_logs(county),
              title='2020年上半年科技特派员服务日志'),
        Sheet('12特派员工作经费.xls', '2019年', 'fund_allocation', FUND_COLUMNS, funds(county, 2019),
              title='2019年度科技特派员工作经费', total=('amount',)),
        Sheet('12特派员工作经费.xls', '2020年', 'fund_allocation', FUND_COLUMNS, funds(county, 2020),
              title='2020年度科技特派员工作经费', under='单位：元', total=('amount',)),
    ]


def pairs(county):
    """The 78 villages and who serves them at the end of June 2020."""
    return list(zip(county.served, county.commissioners[:ON_DUTY], strict=True))


def past_pairs(county):
    """The villages served in 2019 and by whom."""
    duty, _, _, left, _ = groups(county)
    return list(zip(county.served, duty[:KEPT] + left))


def groups(county):
    """The commissioners by what became of them: on duty, replaced, from July, left, never sent."""
    every = county.commissioners
    return every[:ON_DUTY], every[ON_DUTY:ON_DUTY + REPLACED], every[80], every[81:89], every[89:]


def roster(county):
    _, replaced, _, left, _ = groups(county)
    made = []
    for n, person in enumerate(county.commissioners):
        row = {name: value for name, value in person.items() if name != 'topic'}
        row |= {'commissioner_kind': '自然人', 'level': '县' if n % 6 else '市', 'civil_servant': False,
                'three_regions': False,
                'source': source_of(person['unit'])}
        row['entered_on'] = day('2019-01-21') if n < KEPT or person in left else day('2020-01-16')
        if person in left:
            row['left_on'] = day('2019-12-31')
        if person in replaced:
            row['left_on'] = day('2020-04-17')
        made.append(row)
    made[0]['account'] = 'tepaiyuan'        # the one who signs in
    return made


def source_of(unit):
    kind = dict(words.UNIVERSITIES).get(unit, '')
    return '院所' if kind == '科研院所' else '高校' if kind else '合作社' if '合作社' in unit else '事业单位'


def assignments(county):
    _, replaced, late, _, _ = groups(county)
    rng = county.stream('assignments')
    made = [past_year(rng, n, village, person)
            for n, (village, person) in enumerate(past_pairs(county), 1)]
    for n, (village, person) in enumerate(pairs(county), 1):
        row = this_year(n, village, person)
        if n <= REPLACED:       # took over from somebody in April
            row |= {'on_duty_on': day('2020-04-20'), 'agreed_on': day('2020-04-17'), 'appointed_on': day('2020-04-17'),
                    'term_from': day('2020-04-17')}
            made.append(this_year(78 + n, village, replaced[n - 1]) | {
                'ended_on': day('2020-04-17'), 'replaced_by': person['name'], 'state': '已更换'})
        made.append(row)
    other = next(village for village in county.villages if not village['served'])
    made.append(this_year(81, other, late) | {      # on duty only in July
        'served_kind': '行政村', 'nominated_on': day('2020-05-25'), 'notice_from': day('2020-06-08'),
        'notice_to': day('2020-06-15'), 'appointed_on': day('2020-06-22'), 'agreed_on': day('2020-07-01'),
        'on_duty_on': day('2020-07-06'), 'term_from': day('2020-07-01')})
    return made


def this_year(n, village, person):
    return {
        'service_year': 2020, 'commissioner': person['name'], 'village': village['town'] + village['name'],
        'served_kind': '贫困村', 'term_from': day('2020-01-20'), 'term_to': day('2021-01-19'),
        'nominated_by': village['town'], 'nominated_on': day('2019-12-25'), 'notice_from': day('2020-01-06'),
        'notice_to': day('2020-01-12'), 'appointed_on': day('2020-01-16'), 'document': HIRED[2020],
        'agreement_no': f'青特派2020-{n:03d}', 'agreed_on': day('2020-01-19'),
        'on_duty_on': after(day('2020-02-17'), n % 12), 'state': '在岗服务',
    }


def past_year(rng, n, village, person):
    score = rng.randrange(640, 985) / 10
    grade = '优秀' if score >= 90 else '良好' if score >= 80 else '合格'
    return {
        'service_year': 2019, 'commissioner': person['name'], 'village': village['town'] + village['name'],
        'served_kind': '贫困村', 'term_from': day('2019-01-22'), 'term_to': day('2019-12-31'),
        'nominated_by': village['town'], 'nominated_on': day('2018-12-27'), 'notice_from': day('2019-01-10'),
        'notice_to': day('2019-01-16'), 'appointed_on': day('2019-01-21'), 'document': HIRED[2019],
        'agreement_no': f'青特派2019-{n:03d}', 'agreed_on': day('2019-01-22'),
        'on_duty_on': after(day('2019-02-14'), n % 10), 'assessed_on': day('2019-12-20'), 'score': score,
        'grade': grade, 'ended_on': day('2019-12-31'), 'state': '已期满',
    }


def service_logs(county):
    rng = county.stream('logs')
    made = []
    for n, (village, person) in enumerate(pairs(county), 1):
        begin = day('2020-04-21') if n <= REPLACED else day('2020-03-02')
        for start in sorted(set(county.days(rng, begin, day('2020-06-24'), rng.randint(2, 6)))):
            made.append(service_log(rng, n, village, person, start))
    return made


def service_log(rng, n, village, person, start):
    days = rng.randint(1, 3)
    end = start + datetime.timedelta(days=days - 1)
    sent = after(end, rng.randint(1, 9))
    row = {
        'commissioner': person['name'], 'service_year': 2020, 'village': village['code'],
        'assignment': f'青特派2020-{n:03d}', 'log_kind': '个人', 'service_from': start, 'service_to': end,
        'service_days': days, 'collective_income': rng.choice([0, 0, 0, 2000, 5000, 12000]),
        'new_varieties': rng.choice([0, 0, 1, 2]), 'new_techniques': rng.choice([0, 1, 1, 2]),
        'problems_solved': rng.randint(0, 3), 'farmers_trained': rng.randrange(0, 60),
        'poor_households': rng.randrange(1, 12),
        'summary': rng.choice(WORK).format(person['topic']) + f'共服务{days}天，联系农户{rng.randint(3, 25)}户。',
        'submitted_on': sent, 'state': '已提交',
    }
    approved = after(sent, rng.randint(2, 12))
    if approved <= TODAY and rng.random() < 0.9:
        row |= {'approved_on': approved, 'approver': '乡镇科技联络员', 'state': '已核准'}
    elif rng.random() < 0.3:
        row['state'] = '已退回'
    return row


def funds(county, year):
    duty, _, late, left, _ = groups(county)
    made = []
    for n, person in enumerate(duty if year == 2020 else duty[:KEPT] + left, 1):
        row = fund(year, person) | {'document': '青财教〔2020〕14号' if year == 2020 else '青科〔2019〕9号',
                                    'allocated_on': after(day(f'{year}-03-25'), n % 9 * 3),
                                    'voucher_no': f'{year}-科-{n:04d}'}
        if year == 2020 and n <= REPLACED:
            row['allocated_on'] = day('2020-05-15')
        if year == 2019:
            row |= {'amount_spent': STANDARD, 'settled_on': day('2019-12-27')}
        made.append(row)
    if year == 2020:
        made.append(fund(2020, late))      # in the budget, not yet paid
    return made


def fund(year, person):
    return {'fund_year': year, 'commissioner': person['name'], 'instalment': 1, 'receiver': person['unit'],
            'standard': STANDARD, 'amount': STANDARD, 'budget_line': f'{year}年科技特派员工作经费'}
