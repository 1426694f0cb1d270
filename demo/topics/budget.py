"""Area 4: budget lines, which articles, batches and funds refer to."""

from book import Sheet
from tables import table

FILE = '13科技创新奖励兑现.xlsx'
BUDGET_COLUMNS = [
    ('序号', None, 'serial'), ('年度', 'budget_year', 'text'), ('专项名称', 'name', 'text'),
    ('科目编码', 'function_code', 'text'), ('用途', 'purpose', 'text'), ('年初预算（万元）', 'budget', 'wan'),
    ('调整后预算（万元）', 'adjusted', 'wan'), ('调整日期', 'adjusted_on', 'cell'),
]
BUDGET_LINES = table(
    'budget_year name function_code purpose budget adjusted adjusted_on',
    (2019, '2019年科技创新奖励资金', '2060499', '奖励兑现', 5000000, 5000000, ''),
    (2020, '2020年科技创新奖励资金', '2060499', '奖励兑现', 9000000, 12000000, '2020-04-30'),
    (2020, '2020年人才发展专项资金', '2060902', '人才奖励', 1500000, 1500000, ''),
    (2019, '2019年科技特派员工作经费', '2060702', '特派员经费', 1400000, 1400000, ''),
    (2020, '2020年科技特派员工作经费', '2060702', '科技特派员工作经费', 1600000, 1600000, ''),
    (2019, '2019年科普与培训经费', '2060702', '科普经费', 300000, 300000, ''),
    (2020, '2020年科普与培训经费', '2060702', '培训经费', 320000, 320000, ''),
)


def budget_sheet():
    """Comes first: articles, funds and batches name a budget line."""
    return Sheet(FILE, '预算', 'budget_line', BUDGET_COLUMNS, BUDGET_LINES, title='专项资金预算表', under='单位：万元',
                 total=('budget', 'adjusted'))
