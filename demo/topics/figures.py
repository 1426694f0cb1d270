"""Area 6: the quick survey of R&D and the figures that the statistics bureau states."""

from book import Sheet
from tables import day, table
from topics.enterprises import hundreds

VERIFIED, SUBMITTED, RETURNED, ASKED = 48, 7, 2, 5
GROWTH = 115            # percent of the year before, of all R&D together
INTENSITY = 3.6212      # percent of all sales: 3.62 after rounding and after cutting
SURVEY_COLUMNS = [
    ('序号', None, 'serial'), ('单位名称', 'enterprise', 'text'), ('报告期', 'survey_period', 'text'),
    ('营业收入|营业收入（万元）', 'sales', 'wan'), ('营业收入|上年同期销售收入（万元）', 'sales_before', 'wan'), ('研发投入|研发投入（万元）', 'rd', 'wan'),
    ('研发投入|上年同期研发投入（万元）', 'rd_before', 'wan'), ('人员|期末从业人员（人）', 'staff', 'text'), ('人员|研发人员（人）', 'rd_staff', 'text'),
    ('统计员', 'filler', 'text'), ('布置日期', 'asked_on', 'cell'), ('填报日期', 'submitted_on', 'cell'),
    ('审核日期', 'verified_on', 'cell'), ('状态', 'state', 'text'),
]
STATED_COLUMNS = [
    ('指标名称', 'indicator', 'text'), ('统计时期', 'for_period', 'text'), ('增速', 'value', 'text'),
    ('增速价格口径', 'growth_basis', 'text'), ('产业口径', 'industry_scope', 'text'), ('全市排名', 'rank', 'text'),
    ('参与排名数', 'rank_of', 'text'), ('排名范围', 'rank_scope', 'text'), ('发布机关', 'published_by', 'text'),
    ('期号', 'bulletin_no', 'text'), ('公布日期', 'published_on', 'mixed'), ('依据文件', 'document', 'text'),
    ('收到日期', 'received_on', 'mixed'), ('录入日期', 'entered_on', 'mixed'), ('核实人', 'verified_by', 'text'),
    ('核实日期', 'verified_on', 'mixed'),
]
OUTPUT, ADDED = '高新技术产业产值增速', '高新技术产业增加值增速'
# period, output, rank, value added, rank, bulletin, published, received; the last one nobody has verified
MONTHS = [
    ('2019年1—4月', 14.2, 5, 12.9, 4, '河统〔2019〕27号', '2019-05-21', '2019-05-24'),
    ('2020年1—2月', 3.1, 4, 1.7, 5, '河统〔2020〕11号', '2020-03-23', '2020-03-26'),
    ('2020年1—3月', 18.4, 2, 16.8, 2, '河统〔2020〕19号', '2020-04-22', '2020-04-24'),
    ('2020年1—4月', 30.9, 1, 29.6, 1, '河统〔2020〕25号', '2020-05-20', '2020-05-22'),
]


def sheets(county):
    before, now, year = surveys(county)
    under = '填报单位：青禾县科学技术局        单位：万元'
    return [
        Sheet('16企业研发投入快报.xlsx', '2019上半年', 'rd_survey', SURVEY_COLUMNS, before, title='2019年上半年企业研发投入快报', under=under,
              total=('sales', 'rd')),
        Sheet('16企业研发投入快报.xlsx', '2019年度', 'rd_survey', SURVEY_COLUMNS, year, title='2019年度企业研发投入快报', under=under),
        Sheet('16企业研发投入快报.xlsx', '2020上半年', 'rd_survey', SURVEY_COLUMNS, now, title='2020年上半年企业研发投入快报', under=under,
              blank=8),
        Sheet('17统计部门通报数据.xlsx', '通报', 'stated_figure', STATED_COLUMNS, stated()),
    ]


def surveys(county):
    """The same 48 enterprises verified in both half-years; the others asked did not get that far."""
    rng = county.stream('survey')
    firms = county.enterprises[:VERIFIED]
    rd_before = [hundreds(firm['sales'] * rng.randrange(12, 24) // 1000) for firm in firms]
    rd = shared([amount * rng.randrange(96, 134) for amount in rd_before], sum(rd_before) * GROWTH // 100 + 100)
    sales = shared([firm['sales'] * rng.randrange(44, 58) for firm in firms], int(sum(rd) / INTENSITY * 100))
    sales_before = [hundreds(amount * rng.randrange(84, 101) // 100) for amount in sales]
    before = [returned_form(firm, '2019年上半年', (old, None, cost, None), 2019) for firm, old, cost
              in zip(firms, sales_before, rd_before)]
    now = [returned_form(firm, '2020年上半年', values, 2020)
           for firm, values in zip(firms, zip(sales, sales_before, rd, rd_before))]
    late = [returned_form(firm, '2020年上半年', (firm['sales'] // 2, None, hundreds(firm['sales'] // 50), None), 2020)
            for firm in county.enterprises[VERIFIED:VERIFIED + SUBMITTED + RETURNED + ASKED]]
    for n, row in enumerate(late):
        row.pop('verified_on')
        row['state'] = '已报送' if n < SUBMITTED else '已退回' if n < SUBMITTED + RETURNED else '已布置'
        if row['state'] == '已布置':
            for name in ('sales', 'rd', 'submitted_on'):
                row.pop(name)
    year = [returned_form(firm, '2019年', (hundreds(old * 212 // 100), None, hundreds(cost * 221 // 100), None), 2020,
                          '02')
            for firm, old, cost in zip(firms, sales_before, rd_before)]
    return before, now + late, year


def shared(weights, total):
    """total in parts like the weights, each kept to hundreds; the rest falls to the largest ones in turn."""
    parts = [hundreds(weight * total // sum(weights)) for weight in weights]
    order = sorted(range(len(parts)), key=lambda n: -parts[n])
    for n in range((total - sum(parts)) // 100):
        parts[order[n % len(order)]] += 100
    return parts


def returned_form(firm, period, values, year, month='06'):
    row = {'enterprise': firm['name'], 'survey_period': period, 'staff': firm['staff'],
           'rd_staff': firm['staff'] // 9 + 1, 'filler': firm['contact'], 'asked_on': day(f'{year}-{month}-10'),
           'submitted_on': day(f'{year}-{month}-24'),
           'verified_on': day(f'{year}-{month}-28'), 'state': '已核实'}
    row |= {name: value for name, value in zip(('sales', 'sales_before', 'rd', 'rd_before'),
                                               values) if value is not None}
    return row


def stated():
    names = ('indicator for_period value growth_basis industry_scope rank rank_of rank_scope published_by bulletin_no '
             'published_on document received_on entered_on verified_by verified_on')
    made = []
    for period, output, place, added, added_place, paper, published, received in MONTHS:
        for title, value, rank, basis in ((OUTPUT, output, place, '现价'), (ADDED, added, added_place, '可比价')):
            made.append((title, period, value, basis, '高新技术产业', rank, 9, '全市', '河州市统计局', paper, published, paper,
                         received,
                         received, '办公室复核', received))
    made.append((OUTPUT, '2020年1—5月', 27.3, '现价', '高新技术产业', 2, 9, '全市', '河州市统计局', '河统〔2020〕33号', '2020-06-19', '',
                 '2020-06-22', '', '', ''))
    made.append(('全社会研发投入强度', '2018年', 1.02, '', '', '', '', '', '河州市统计局', '2018年度研发统计公报', '2019-11-29', '',
                 '2019-12-03',
                 '2019-12-03', '办公室复核', '2019-12-04'))
    made.append(('全社会研发经费', '2018年', 168400000, '', '', '', '', '', '河州市统计局', '2018年度研发统计公报', '2019-11-29', '',
                 '2019-12-03',
                 '2019-12-03', '办公室复核', '2019-12-04'))
    return table(names, *made)
