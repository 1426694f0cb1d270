"""Area 10: cooperation with universities, technical contracts, technical problems and who was found for them."""

import datetime

import words
from book import Sheet
from county import DIVISION
from tables import after, day

LIVE_FIRMS, SECOND_AGREEMENTS = 35, 9       # distinct enterprises, and further live agreements of some of them
COMPLETED, TERMINATED, INTENTS, JULY = 8, 2, 5, 2
CONTRACTS = [(2019, 26), (2020, 19)]
COLLECTED, COLLECTED_2019, COLLECTED_JULY = 25, 18, 3
COOPERATION_COLUMNS = [
    ('序号', None, 'serial'), ('合作企业', 'enterprise', 'text'), ('合作院校', 'partner', 'trail'),
    ('合作方类型', 'partner_kind', 'text'), ('合作内容', 'title', 'text'), ('合作模式', 'mode', 'text'), ('专家', 'leader', 'text'),
    ('协议编号', 'agreement_no', 'text'), ('合作金额（万元）', 'amount', 'wan'), ('已付金额（万元）', 'paid', 'wan'),
    ('对接日期', 'linked_on', 'dot'), ('意向日期', 'intent_on', 'dot'), ('签约日期', 'signed_on', 'dot'),
    ('实施日期', 'started_on', 'dot'), ('合作期限', 'ends_on', 'dot'), ('完成日期', 'completed_on', 'dot'),
    ('终止日期', 'terminated_on', 'dot'),
]
CONTRACT_COLUMNS = [
    ('合同登记编号', 'contract_no', 'text'), ('项目名称', 'title', 'text'), ('合同类别', 'type', 'text'),
    ('合同子类', 'sub_type', 'text'), ('书面合同', 'written', 'yesno'), ('输出或吸纳', 'flow', 'text'), ('卖方名称', 'seller', 'text'),
    ('卖方所在地', 'seller_division', 'text'), ('买方名称', 'buyer', 'text'), ('买方所在地', 'buyer_division', 'text'),
    ('成交额（万元）', 'amount', 'wan'), ('技术交易额（万元）', 'technology_amount', 'wan'), ('支付方式', 'payment', 'text'),
    ('合同签订日期', 'signed_on', 'mixed'), ('申请日期', 'submitted_on', 'mixed'), ('受理日期', 'accepted_on', 'mixed'),
    ('认定登记日期', 'registered_on', 'mixed'), ('不予登记日期', 'not_registered_on', 'mixed'), ('注销日期', 'cancelled_on', 'mixed'),
]
PROBLEM_COLUMNS = [
    ('序号', None, 'serial'), ('需求单位', 'enterprise', 'text'), ('需求名称', 'title', 'text'), ('所属领域', 'field', 'text'),
    ('需求描述', 'description', 'text'), ('技术指标', 'goal', 'text'), ('拟投入（万元）', 'budget', 'wan'),
    ('拟合作方式', 'mode', 'text'), ('解决期限', 'needed_by', 'slash'), ('紧急程度', 'urgency', 'text'),
    ('公开程度', 'disclosure', 'text'), ('联系人', 'contact', 'text'), ('联系电话', 'contact_phone', 'text'),
    ('填报日期', 'collected_on', 'slash'), ('筛选日期', 'screened_on', 'slash'), ('发布日期', 'published_on', 'slash'),
    ('对接日期', 'matching_on', 'slash'), ('签约日期', 'signed_on', 'slash'), ('技术合同', 'contract', 'text'),
    ('解决日期', 'solved_on', 'slash'), ('解决情况', 'result', 'text'),
]
MATCH_COLUMNS = [
    ('难题名称', 'problem', 'text'), ('专家', 'expert', 'text'), ('所在单位', 'expert_unit', 'text'),
    ('职称', 'expert_title', 'text'), ('对接方式', 'way', 'text'), ('推荐日期', 'proposed_on', 'dot'),
    ('对接日期', 'met_on', 'dot'), ('采纳日期', 'adopted_on', 'dot'), ('对接意见', 'opinion', 'text'),
]
MODES = ['合作开发', '联合开发', '委托开发', '顾问', '共建基地', '共建平台', '人才培养']
KINDS = [('技术开发', '委托开发'), ('开发', '合作开发'), ('技术服务', '一般技术服务'), ('服务', '技术培训'), ('转让', '专利权转让'),
         ('咨询', '技术咨询')]
FIELDS = {'生物与新医药': '生物医药', '生物医药': '生物医药', '先进制造': '先进制造', '先进制造与自动化': '先进制造与自动化', '新材料': '新材料',
          '电子信息': '电子信息', '资源与环境': '环保', '新能源与节能': '新能源'}
FILE = '19产学研和技术合同.xlsx'


def sheets(county):
    problems = technical_problems(county)
    return [
        Sheet(FILE, '产学研合作', 'cooperation', COOPERATION_COLUMNS, cooperations(county), title='产学研合作情况一览表',
              under='单位：万元',
              total=('amount', 'paid'), blank=4),
        Sheet(FILE, '技术合同', 'technical_contract', CONTRACT_COLUMNS, contracts(county), title='技术合同认定登记台账'),
        Sheet('20企业技术难题征集.xlsx', '难题', 'technical_problem', PROBLEM_COLUMNS, problems, title='企业技术难题（需求）征集汇总表',
              under='填报单位：青禾县科学技术局    单位：万元', blank=10),
        Sheet('20企业技术难题征集.xlsx', '对接', 'problem_match', MATCH_COLUMNS, matches(county, problems)),
    ]


def cooperations(county):
    rng = county.stream('cooperation')
    firms = county.enterprises[:]
    rng.shuffle(firms)
    live, others = firms[:LIVE_FIRMS], firms[LIVE_FIRMS:]
    made = []

    def agree(partners, dates):
        for firm in partners:
            made.append(cooperation(county, rng, firm, len(made) + 1) | dates(rng))

    agree(live + live[:SECOND_AGREEMENTS], running)
    agree(live[30:33] + others[:COMPLETED - 3],
          lambda rng: running(rng, 2018) | {'completed_on': after(day('2019-12-10'), rng.randrange(150))})
    agree(others[COMPLETED:COMPLETED + TERMINATED],
          lambda rng: running(rng, 2018) | {'terminated_on': day('2020-03-31')})
    agree(others[12:12 + INTENTS], lambda rng: {'linked_on': day('2020-04-21'),
                                                'intent_on': after(day('2020-05-18'), rng.randrange(30)),
                                                'agreement_no': None, 'paid': None})
    agree(others[20:20 + JULY], lambda rng: {'linked_on': day('2020-05-12'), 'signed_on': day('2020-07-03'),
                                             'ends_on': day('2022-07-02')})
    return [{name: value for name, value in row.items() if value is not None} for row in made]


def running(rng, year=None):
    """Signed and under way; three or four years of term."""
    signed = day(f'{year or rng.choice([2018, 2019, 2019, 2020])}-{rng.randrange(1, 6):02d}-{rng.randrange(2, 28):02d}')
    dates = {'linked_on': signed - datetime.timedelta(days=rng.randrange(30, 120)), 'signed_on': signed,
             'ends_on': signed.replace(year=signed.year + rng.choice([3, 3, 4]))}
    return dates if rng.random() < 0.3 else dates | {'started_on': after(signed, rng.randrange(5, 45))}


def cooperation(county, rng, firm, number):
    partner, kind = words.UNIVERSITIES[rng.randrange(len(words.UNIVERSITIES))]
    amount = rng.randrange(5, 90) * 10000
    return {
        'enterprise': firm['name'], 'partner': partner, 'partner_kind': kind,
        'title': f'{rng.choice(words.SUBJECTS)}{firm["product"]}{rng.choice(words.WORKS)}合作研究（{number}）',
        'mode': rng.choice(MODES), 'leader': county.people[number % 40]['name'], 'agreement_no': f'青产学研{number:03d}',
        'amount': amount, 'paid': amount * rng.randrange(0, 10) // 10,
    }


def contracts(county):
    rng, made = county.stream('contracts'), []
    for year, count in CONTRACTS:
        last = day('2019-12-20') if year == 2019 else day('2020-07-10')
        for n, date in enumerate(county.days(rng, day(f'{year}-02-17'), last, count), 1):
            made.append(contract(rng, county.enterprises[rng.randrange(len(county.enterprises))], date,
                                 f'{year}3499{n:04d}'))
    made[4]['cancelled_on'] = day('2019-11-08')
    for row in made[-2:]:       # refused, and still being looked at
        row.pop('registered_on')
    made[-2]['not_registered_on'] = day('2020-07-13')
    return made


def contract(rng, firm, date, number):
    kind, part = rng.choice(KINDS)
    partner = rng.choice(words.UNIVERSITIES)[0]
    output = rng.random() < 0.35
    ours, theirs = (firm['name'], DIVISION), (partner, '349900')
    (seller, seller_at), (buyer, buyer_at) = (ours, theirs) if output else (theirs, ours)
    amount = rng.randrange(3, 120) * 10000
    return {
        'contract_no': number, 'title': f'{rng.choice(words.SUBJECTS)}{firm["product"]}{rng.choice(words.WORKS)}',
        'type': kind, 'sub_type': part, 'written': True, 'flow': '输出' if output else rng.choice(['吸纳', '技术吸纳']),
        'seller': seller, 'seller_division': seller_at, 'buyer': buyer, 'buyer_division': buyer_at, 'amount': amount,
        'technology_amount': amount * rng.randrange(80, 101) // 100,
        'payment': rng.choice(['一次总付', '分期支付', '一次总算分期支付']),
        'signed_on': date - datetime.timedelta(days=rng.randrange(30, 60)),
        'submitted_on': date - datetime.timedelta(days=18), 'accepted_on': date - datetime.timedelta(days=12),
        'registered_on': date,
    }


def technical_problems(county):
    rng, firms = county.stream('problems'), county.enterprises[:]
    rng.shuffle(firms)
    titles, made = set(), []
    for count, first, last in ((COLLECTED_2019, '2019-03-04', '2019-10-31'), (COLLECTED, '2020-02-24', '2020-06-19'),
                               (COLLECTED_JULY, '2020-07-02', '2020-07-10')):
        for date in county.days(rng, day(first), day(last), count):
            made.append(problem(rng, firms[len(made)], date, titles))
    for n, row in enumerate(made[:COLLECTED_2019]):
        row |= settled(n, row['collected_on'])
    for n, row in enumerate(made[COLLECTED_2019:COLLECTED_2019 + 14]):
        row['screened_on'] = after(row['collected_on'], 4)
        if n % 2:
            row |= {'published_on': after(row['collected_on'], 8), 'matching_on': after(row['collected_on'], 9)}
    return made


def settled(n, collected):
    steps = {'screened_on': after(collected, 5), 'matching_on': after(collected, 20)}
    if n % 3 == 0:
        return steps | {'signed_on': after(collected, 60), 'contract': f'20193499{n + 1:04d}'}
    if n % 3 == 1:
        return steps | {'solved_on': after(collected, 75), 'result': '专家现场指导调整工艺参数，问题解决'}
    return steps


def problem(rng, firm, date, titles):
    title = f'{firm["product"]}{rng.choice(["能耗偏高", "成品率偏低", "保质期短", "在线检测", "关键部件寿命短", "废水回用"])}技术难题'
    while title in titles:
        title = rng.choice(words.SUBJECTS) + title
    titles.add(title)
    return {
        'enterprise': firm['name'], 'title': title, 'field': FIELDS[firm['field']],
        'description': f'现有{firm["product"]}生产中存在短板，企业自行试验未能解决，需院校支持。',
        'goal': f'主要指标提升{rng.randrange(8, 35)}%以上，成本下降{rng.randrange(3, 15)}%。',
        'budget': rng.randrange(5, 80) * 10000, 'mode': rng.choice(['合作开发', '委托开发', '顾问']),
        'needed_by': date.replace(year=date.year + 1), 'urgency': rng.choice(['急', '一般', '紧急']),
        'disclosure': rng.choice(['公开', '限定范围公开', '公开']), 'contact': firm['contact'], 'contact_phone': firm['phone'],
        'collected_on': date,
    }


def matches(county, problems):
    rng, made = county.stream('matches'), []
    titles = {1: '教授', 2: '副研究员', 0: '高级工程师'}
    for n, row in enumerate(row for row in problems if 'matching_on' in row):
        person = county.people[n % 40]
        match = {'problem': row['title'], 'expert': person['name'], 'expert_unit': person['unit'],
                 'expert_title': titles[n % 3], 'way': rng.choice(['上门诊断', '专家诊断', '产学研对接会', '线上对接']),
                 'proposed_on': row['matching_on'],
                 'met_on': after(row['matching_on'], 6), 'opinion': '建议先做小试，验证后放大。'}
        if 'signed_on' in row:
            match['adopted_on'] = after(match['met_on'], 12)
        made.append(match)
    return made
