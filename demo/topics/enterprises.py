"""Areas 7 and 8: high-tech enterprises, their pool, sci-tech SMEs."""

import datetime
from functools import cache

from book import Sheet
from tables import after, day

APPLICATION_COLUMNS = [
    ('序号', None, 'serial'), ('申报企业', 'enterprise', 'text'), ('申报年度', 'batch_year', 'text'),
    ('第几批', 'batch_no', 'text'), ('类型', 'hnte_kind', 'text'), ('所属领域', 'field', 'text'),
    ('销售收入（万元）|第一年销售收入', 'sales_y1', 'wan'), ('销售收入（万元）|第二年销售收入', 'sales_y2', 'wan'),
    ('销售收入（万元）|上年销售收入', 'sales_y3', 'wan'), ('研发费用（万元）|第一年研发费用', 'rd_y1', 'wan'),
    ('研发费用（万元）|第二年研发费用', 'rd_y2', 'wan'), ('研发费用（万元）|上年研发费用', 'rd_y3', 'wan'),
    ('研发费用（万元）|境内研发费用', 'rd_domestic', 'wan'), ('总收入（万元）', 'income', 'wan'), ('高品收入（万元）', 'hightech_income', 'wan'),
    ('职工总数', 'staff', 'text'), ('科技人员数', 'sci_staff', 'text'), ('知识产权|I类知识产权', 'ip_one', 'text'),
    ('知识产权|II类知识产权', 'ip_two', 'text'), ('自评|知识产权得分', 'score_ip', 'text'),
    ('自评|成果转化得分', 'score_transformation', 'text'), ('自评|研发组织管理得分', 'score_management', 'text'),
    ('自评|净资产增长得分', 'score_assets', 'text'), ('自评|销售增长得分', 'score_sales', 'text'), ('自评得分', 'self_score', 'text'),
    ('提交日期', 'submitted_on', 'slash'), ('县级推荐日期', 'county_on', 'slash'), ('市级推荐日期', 'city_on', 'slash'),
    ('公示日期', 'notice_from', 'slash'), ('证书编号', 'certificate_no', 'text'), ('发证日期', 'certificate_on', 'slash'),
    ('公告日期', 'announced_on', 'slash'), ('有效期至', 'valid_to', 'slash'), ('未通过原因', 'failure', 'text'),
    ('状态', 'state', 'text'),
]
POOL_COLUMNS = [
    ('序号', None, 'serial'), ('企业名称', 'enterprise', 'text'), ('入库年度', 'pool_year', 'text'),
    ('级别', 'pool_level', 'text'), ('技术领域', 'field', 'text'), ('销售收入（万元）', 'sales', 'wan'), ('研发费用（万元）', 'rd', 'wan'),
    ('职工总数（人）', 'staff', 'text'), ('科技人员（人）', 'sci_staff', 'text'), ('知识产权数（件）', 'ip_count', 'text'),
    ('存在问题', 'gaps', 'text'), ('包联干部', 'coach', 'text'), ('摸底日期', 'found_on', 'dot'), ('入库日期', 'in_pool_on', 'dot'),
    ('开始辅导日期', 'coaching_on', 'dot'), ('出库日期', 'out_on', 'dot'), ('状态', 'state', 'text'),
]
FILING_COLUMNS = [
    ('单位名称', 'enterprise', 'text'), ('年度', 'filing_year', 'text'), ('批次', 'batch_no', 'text'),
    ('职工总数', 'staff', 'text'), ('科技人员', 'sci_staff', 'text'), ('年销售收入（元）', 'sales', 'text'),
    ('总资产（元）', 'assets', 'text'), ('研发费用总额（元）', 'rd', 'text'), ('研发投入指标', 'rd_option', 'text'),
    ('Ⅰ类知识产权数', 'ip_one', 'text'), ('Ⅱ类知识产权数', 'ip_two', 'text'), ('科技人员得分', 'score_staff', 'text'),
    ('研发投入得分', 'score_rd', 'text'), ('科技成果得分', 'score_ip', 'text'), ('自评得分', 'self_score', 'text'),
    ('动员日期', 'invited_on', 'iso'), ('申报日期', 'submitted_on', 'iso'), ('审查通过日期', 'formal_on', 'iso'),
    ('公示开始日期', 'notice_from', 'iso'), ('公示截止日期', 'notice_to', 'iso'), ('登记编号', 'registration_no', 'text'),
    ('公告日期', 'registered_on', 'iso'), ('失效日期', 'expired_on', 'iso'), ('状态', 'state', 'text'),
]
# year, kind, how many, day of the certificate: the firms that hold or held one
COHORTS = [
    (2016, '首次申报', 3, '2016-10-21'), (2017, '新申报', 6, '2017-11-07'), (2018, '首次申报', 5, '2018-10-26'),
    (2019, '新申报', 8, '2019-09-09'), (2019, '重新认定', 3, '2019-11-20'),
]
FIRST_2020, RENEWALS_2020, LATER_2020 = 15, 4, 3
POOL_STAYS, POOL_GRADUATED, POOL_DROPPED = 11, 5, 2      # of those entered in 2019
POOL_2020, POOL_JULY, POOL_POTENTIAL = 9, 3, 4
GAPS = ['知识产权数量不足', '研发费用未单独归集', '科技人员占比偏低', '高新技术产品收入占比未达标', '成果转化材料不全']
# batches of SMEs: formal review, notice from and to, registered, how many
SME_BATCHES = {
    2019: [('2019-04-26', '2019-05-06', '2019-05-17', '2019-05-24', 8),
           ('2019-05-30', '2019-06-03', '2019-06-17', '2019-06-24', 6),
           ('2019-08-29', '2019-09-02', '2019-09-16', '2019-09-23', 10)],
    2020: [('2020-03-20', '2020-03-23', '2020-04-03', '2020-04-10', 6),
           ('2020-05-08', '2020-05-11', '2020-05-22', '2020-05-28', 7),
           ('2020-05-29', '2020-06-01', '2020-06-12', '2020-06-19', 4),
           ('2020-06-19', '2020-06-24', '2020-07-08', '2020-07-10', 2)],
}
IN_NOTICE, FORMAL_OK, SUBMITTED, RETURNED, SELF_EVALUATING, INVITED = 3, 3, 4, 3, 2, 5


def sheets(county):
    return [
        Sheet('14高新技术企业申报及培育.xlsx', '历年认定', 'hnte_application', APPLICATION_COLUMNS, recognised(county),
              title='历年认定高新技术企业', blank=5),
        Sheet('14高新技术企业申报及培育.xlsx', '2020年申报', 'hnte_application', APPLICATION_COLUMNS, applications(county),
              title='2020年高新技术企业申报汇总表', under='推荐单位：青禾县科学技术局、青禾县财政局      单位：万元', blank=10),
        Sheet('14高新技术企业申报及培育.xlsx', '培育库', 'hnte_pool', POOL_COLUMNS, pool(county), title='高新技术企业入库培育企业汇总表',
              under='金额单位：万元', total=('sales', 'rd')),
        Sheet('15科技型中小企业2019.csv', '2019', 'sme_filing', FILING_COLUMNS, past_filings(county), encoding='gbk'),
        Sheet('15科技型中小企业2020.xlsx', '评价入库', 'sme_filing', FILING_COLUMNS, filings(county), title='2020年科技型中小企业评价情况',
              blank=20),
    ]


@cache
def candidates(county):
    """Enterprises in one fixed order: old high-tech firms first, then applicants, then the pool."""
    firms = sorted(county.enterprises, key=lambda firm: firm['founded'])
    old = [firm for firm in firms if firm['founded'].year <= 2013][:22]
    rest = [firm for firm in firms if firm not in old]
    county.stream('candidates').shuffle(rest)
    return old + rest


@cache
def recognised(county):
    """Everybody who was ever recognised; three of 2019 are those of 2016 again."""
    rng = county.stream('recognised')
    firms, made, number = candidates(county)[:22], [], 0
    past = firms[:3]
    rest = iter(firms)
    for year, kind, count, certified in COHORTS:
        for firm in [next(rest) for _ in range(count)] if kind != '重新认定' else past:
            number += 1
            made.append(application(rng, firm, year, 1, kind) | certificate(year, number, day(certified)))
    return made


def certificate(year, number, date):
    return {
        'submitted_on': day(f'{year}-05-{8 + number % 14:02d}'), 'county_on': day(f'{year}-06-12'),
        'city_on': day(f'{year}-06-25'), 'notice_from': date - datetime.timedelta(days=35),
        'certificate_no': f'GR{year}34{1200 + number * 37:06d}', 'certificate_on': date,
        'announced_on': date + datetime.timedelta(days=20),
        'valid_to': date.replace(year=date.year + 3) - datetime.timedelta(days=1),
        'state': '已到期' if year == 2016 else '已认定',
    }


def applications(county):
    """Fifteen first-time applications of the first batch; the others must not be counted with them."""
    rng = county.stream('applications')
    old, fresh = candidates(county)[3:3 + RENEWALS_2020 + 2], candidates(county)[22:]
    made = []
    for n, firm in enumerate(fresh[:FIRST_2020]):
        row = application(rng, firm, 2020, 1, '首次申报' if n % 3 else '新申报') | {
            'submitted_on': day(f'2020-05-{11 + n}') if n < 12 else day('2020-06-01'),
            'county_on': after(day('2020-06-15'), n % 4),
            'state': '县级已推荐'}
        made.append(row if n % 5 == 4 else row | {'city_on': day('2020-06-28'), 'state': '市级已推荐'})
    made += [application(rng, firm, 2020, 1, '到期重新认定') | {'submitted_on': day(f'2020-05-{18 + n}'),
             'county_on': day('2020-06-16'), 'city_on': day('2020-06-28'), 'state': '市级已推荐'}
             for n, firm in enumerate(old[:RENEWALS_2020])]
    made += [application(rng, firm, 2020, 2, '首次申报') | {'submitted_on': day(f'2020-07-0{6 + n}'), 'state': '已申报'}
             for n, firm in enumerate(fresh[FIRST_2020:FIRST_2020 + LATER_2020])]
    made += [application(rng, firm, 2020, 2, '重新认定') | {'state': '准备申报'} for firm in old[RENEWALS_2020:]]
    made += [application(rng, firm, 2020, 1, '首次申报') | {'state': '已撤回'} for firm in fresh[18:20]]
    return made


def application(rng, firm, year, batch, kind):
    """Three years of data that meet the eight conditions, and a score within its bands."""
    sales = firm['sales'] * rng.randrange(60, 75) // 100
    growth = rng.randrange(118, 128)
    row = {'enterprise': firm['name'], 'batch_year': year, 'batch_no': batch, 'hnte_kind': kind, 'field': firm['field']}
    for n in (1, 2, 3):
        row[f'sales_y{n}'] = hundreds(sales)
        row[f'rd_y{n}'] = hundreds(sales * rng.randrange(54, 78) // 1000)
        sales = sales * growth // 100
    row |= {'rd_domestic': row['rd_y1'] + row['rd_y2'] + row['rd_y3'], 'income': hundreds(row['sales_y3'] * 102 // 100),
            'hightech_income': hundreds(row['sales_y3'] * rng.randrange(66, 92) // 100), 'staff': firm['staff'],
            'sci_staff': firm['staff'] * rng.randrange(13, 28) // 100 + 1, 'ip_one': rng.choice([0, 1, 1, 2]),
            'ip_two': rng.randrange(6, 15)}
    row |= {'score_ip': rng.randrange(22, 28), 'score_transformation': rng.randrange(24, 29),
            'score_management': rng.randrange(15, 19), 'score_assets': rng.randrange(4, 7), 'score_sales': 6}
    row['self_score'] = sum(value for name, value in row.items() if name.startswith('score_'))
    return row


def hundreds(yuan):
    """Kept to two decimals of 万元."""
    return yuan - yuan % 100


def pool(county):
    rng = county.stream('pool')
    firms = iter(candidates(county)[22 + 6:])      # nine of the fifteen applicants are coached in the pool
    graduates = candidates(county)[14:14 + POOL_GRADUATED]
    made = []

    def enter(count, year, dates, names=firms):
        for _ in range(count):
            made.append(pooled(rng, next(names), year) | dates)

    stay = {'found_on': day('2019-03-11'), 'in_pool_on': day('2019-04-18'), 'coaching_on': day('2019-06-03')}
    enter(POOL_STAYS, 2019, stay | {'state': '辅导中'})
    enter(POOL_GRADUATED, 2019, stay | {'out_on': day('2019-12-02'), 'state': '认定出库'}, iter(graduates))
    enter(POOL_DROPPED, 2019, stay | {'out_on': day('2020-02-28'), 'state': '退出培育'})
    enter(POOL_2020, 2020, {'found_on': day('2020-02-24'), 'in_pool_on': day('2020-04-09'), 'state': '培育中'})
    enter(POOL_JULY, 2020, {'found_on': day('2020-05-18'), 'in_pool_on': day('2020-07-07'), 'state': '培育中'})
    enter(POOL_POTENTIAL, 2020, {'found_on': day('2020-06-22'), 'state': '摸底对象'})
    return made


def pooled(rng, firm, year):
    return {
        'enterprise': firm['name'], 'pool_year': year, 'pool_level': rng.choice(['县级', '市级', '县级培育库']),
        'field': firm['field'], 'sales': firm['sales'], 'rd': hundreds(firm['sales'] * rng.randrange(21, 49) // 1000),
        'staff': firm['staff'], 'sci_staff': firm['staff'] * rng.randrange(8, 20) // 100 + 1,
        'ip_count': rng.randrange(1, 9), 'gaps': rng.choice(GAPS),
        'coach': rng.choice(['科技局成果股', '科技局高新股', '企业服务专员']),
    }


@cache
def small(county):
    firms = [firm for firm in county.enterprises if firm['sales'] < 150_000_000]
    county.stream('small').shuffle(firms)
    return firms


@cache
def past_filings(county):
    rng, firms = county.stream('filings 2019'), iter(small(county)[12:])
    made = []
    for batch, dates in enumerate(SME_BATCHES[2019], 1):
        made += [registered(rng, next(firms), 2019, batch, dates, len(made) + n)
                 | {'expired_on': day('2019-12-31'), 'state': '已失效'}
                 for n in range(1, dates[4] + 1)]
    return made


def filings(county):
    rng, firms = county.stream('filings 2020'), iter(small(county))
    made = []
    for batch, dates in enumerate(SME_BATCHES[2020], 1):
        made += [registered(rng, next(firms), 2020, batch, dates, len(made) + n) for n in range(1, dates[4] + 1)]
    sent = {'submitted_on': day('2020-06-08'), 'state': '已提交'}
    formal = sent | {'formal_on': day('2020-06-19'), 'state': '形式审查通过'}
    notice = formal | {'notice_from': day('2020-06-29'), 'notice_to': day('2020-07-14'), 'state': '公示中'}
    for count, dates in [(IN_NOTICE, notice), (FORMAL_OK, formal), (SUBMITTED, sent), (RETURNED, {'state': '已退回'})]:
        made += [filing(rng, next(firms), 2020) | dates for _ in range(count)]     # in review, and sent back
    for _ in range(SELF_EVALUATING):
        made.append({name: value for name, value in filing(rng, next(firms), 2020).items() if 'score' not in name}
                    | {'state': '自评中'})
    made += [{'enterprise': next(firms)['name'], 'filing_year': 2020, 'invited_on': day('2020-06-15'), 'state': '已动员'}
             for _ in range(INVITED)]
    return made


def registered(rng, firm, year, batch, dates, number):
    formal, begin, end, done, _ = map(lambda text: day(text) if isinstance(text, str) else text, dates)
    return filing(rng, firm, year) | {
        'batch_no': batch, 'submitted_on': formal - datetime.timedelta(days=rng.randrange(8, 18)), 'formal_on': formal,
        'notice_from': begin, 'notice_to': end, 'registration_no': f'{year}349901{number:08d}', 'registered_on': done,
        'state': '已入库登记'}


def filing(rng, firm, year):
    """Self-evaluation whose scores are those of its bands and reach sixty."""
    staff = firm['staff']
    sci = staff * rng.randrange(20, 40) // 100 + 1
    rd = firm['sales'] * rng.randrange(41, 82) // 1000
    one = rng.choice([0, 0, 1])
    two = rng.randrange(3, 8)
    row = {
        'enterprise': firm['name'], 'filing_year': year, 'staff': staff, 'sci_staff': sci, 'sales': firm['sales'],
        'assets': firm['sales'] * rng.randrange(60, 120) // 100, 'rd': rd, 'rd_option': rng.choice(['占销售收入比例', '1']),
        'ip_one': one, 'ip_two': two, 'invited_on': day(f'{year}-02-{rng.randrange(10, 26)}'),
        'score_staff': band(sci * 100, staff, ((30, 20), (25, 16), (20, 12), (15, 8), (10, 4))),
        'score_rd': band(rd * 100, firm['sales'], ((6, 50), (5, 40), (4, 30), (3, 20), (2, 10))),
        'score_ip': 30 if one else 24 if two >= 4 else 18,
    }
    row['self_score'] = row['score_staff'] + row['score_rd'] + row['score_ip']
    return row


def band(part, whole, steps):
    """The score of the first band whose lower bound is reached."""
    return next((score for bound, score in steps if part >= whole * bound), 0)
