"""Area 4: batches of rewards and their claims."""

from book import Sheet
from county import split
from tables import after, day, table
from topics.budget import FILE
from topics.enterprises import past_filings, pool, recognised
from topics.policies import OLD_REWARDS, REWARDS

PAID = 9_736_500            # paid out in the first half of 2020
PAID_2019 = 4_218_300
BATCH_COLUMNS = [
    ('年度', 'batch_year', 'text'), ('第几批', 'round', 'text'), ('批次名称', 'name', 'text'), ('政策依据', 'policy', 'text'),
    ('资金来源', 'budget_line', 'text'), ('征集开始日期', 'window_from', 'dot'), ('征集截止日期', 'window_to', 'dot'),
    ('审核完成日期', 'reviewed_on', 'dot'), ('党组会日期', 'party_passed_on', 'dot'), ('县政府批准日期', 'gov_approved_on', 'dot'),
    ('公示起始日期', 'notice_from', 'dot'), ('公示结束日期', 'notice_to', 'dot'), ('公示期', 'notice_days', 'text'),
    ('收到异议数（件）', 'objections', 'text'), ('审定日期', 'approved_on', 'dot'), ('批准文件', 'approval', 'text'),
    ('拨付完成日期', 'settled_on', 'dot'),
]
BATCHES = table(
    'batch_year round name policy budget_line window_from window_to reviewed_on party_passed_on '
    'gov_approved_on notice_from '
    'notice_to notice_days objections approved_on approval settled_on',
    (2019, 1, '2019年第一批（兑现2018年度）', OLD_REWARDS, '2019年科技创新奖励资金', '2019-02-18', '2019-03-15', '2019-03-29',
     '2019-04-08',
     '2019-04-19', '2019-04-22', '2019-04-28', 5, 0, '2019-05-10', '青政秘〔2019〕18号', '2019-06-20'),
    (2020, 1, '2020年第一批（兑现2019年度）', REWARDS, '2020年科技创新奖励资金', '2020-02-10', '2020-03-06', '2020-03-20', '2020-03-30',
     '2020-04-10', '2020-04-13', '2020-04-17', 5, 1, '2020-04-28', '青政秘〔2020〕21号', '2020-06-24'),
    (2020, 2, '2020年第二批', REWARDS, '2020年科技创新奖励资金', '2020-04-27', '2020-05-15', '2020-05-29', '2020-06-05',
     '2020-06-11',
     '2020-06-12', '2020-06-18', 5, 0, '2020-06-23', '', ''),
)
CLAIM_COLUMNS = [
    ('序号', None, 'serial'), ('申报单位', 'claimant', 'trail'), ('企业名称', 'enterprise', 'text'), ('人才姓名', 'person', 'text'),
    ('批次名称', 'reward_batch', 'text'), ('奖励项目', 'reward_kind', 'text'), ('依据条款', 'article', 'text'),
    ('证书编号', 'matter', 'text'), ('拨付期次', 'instalment', 'text'), ('认定日期', 'trigger_on', 'mixed'),
    ('人才领域', 'talent_field', 'text'), ('高企认定记录', 'hnte_record', 'text'), ('科技型中小企业记录', 'sme_record', 'text'),
    ('兑现方式', 'claim_mode', 'text'), ('承诺事项', 'commitments', 'text'), ('计算基数金额（万元）', 'calc_base', 'wan'),
    ('计算比例（%）', 'calc_rate', 'text'), ('申报金额（万元）', 'amount_claimed', 'wan'), ('审核金额（万元）', 'amount_reviewed', 'wan'),
    ('审定金额（万元）', 'amount_approved', 'wan'), ('兑现金额（元）', 'amount_paid', 'comma'), ('账户名称', 'account_name', 'text'),
    ('开户行', 'bank', 'text'), ('账号', 'bank_account', 'text'), ('凭证号', 'voucher_no', 'text'),
    ('申报日期', 'submitted_on', 'cell'), ('受理日期', 'accepted_on', 'cell'), ('审核日期', 'reviewed_on', 'cell'),
    ('公示开始日期', 'notice_from', 'cell'), ('审定日期', 'approved_on', 'cell'), ('请款日期', 'pay_requested_on', 'cell'),
    ('付款日期', 'paid_on', 'cell'), ('状态', 'state', 'text'),
]
# article, reward kind, rate, how the matter is numbered, how many, cap: money by percentage
BY_RATE = [
    ('专利质押贷款补助', '专利质押贷款', 50, '质押', 8, 300000), ('科技成果转化补助', '科技成果转化', 10, '转化', 10, 400000),
    ('产学研合作补助', '产学研合作', 20, '合作', 9, 300000), ('研发投入补助', '研发补助', 2, '研发', 15, 500000),
]
BY_RATE_2018 = [('科技成果转化补助（旧）', '成果转化', 8, '转化', 12, 200000), ('研发投入补助（旧）', '研发投入补助', 2, '研发', 20, 200000)]
RECOGNITION = {True: ('高企首次认定', '高新技术企业首次认定奖励', 200000),
               False: ('重新认定高新技术企业', '高新技术企业重新认定奖励', 100000)}
PLATFORMS, CONTESTS, POOL_CLAIMS, SME_CLAIMS = 4, 4, 18, 20
TALENT_AWARDS = [('卫生', 150000), ('电商', 150000), ('医疗卫生', 100000), ('电子商务', 100000)]
PAY_DAYS = [day('2020-05-12'), day('2020-05-20'), day('2020-05-29'), day('2020-06-10'), day('2020-06-19'),
            day('2020-06-24')]


def sheets(county):
    past, first, second = claims_2019(county), claims_first(county), claims_second(county)
    return [
        Sheet(FILE, '批次', 'reward_batch', BATCH_COLUMNS, BATCHES),
        Sheet(FILE, '2019年第一批', 'reward_claim', CLAIM_COLUMNS, past, title='2019年科技创新奖励兑现明细表',
              total=('amount_claimed', 'amount_reviewed', 'amount_approved', 'amount_paid')),
        Sheet(FILE, '2020年第一批', 'reward_claim', CLAIM_COLUMNS, first, title='2020年第一批科技创新奖励兑现明细表',
              under='填报单位：青禾县科学技术局      2020年6月24日', total=('amount_approved', 'amount_paid')),
        Sheet(FILE, '2020年第二批', 'reward_claim', CLAIM_COLUMNS, second, title='2020年第二批科技创新奖励审核表', blank=15),
    ]


def claims_first(county):
    """Everything of the first batch was paid by 24 June, but for three claims that failed."""
    rng, batch = county.stream('claims first'), BATCHES[1]
    made = fixed_claims(county, batch) + talent_claims(county, batch)
    rest = PAID - sum(claim['amount_approved'] for claim in made)
    made += rated_claims(county, rng, batch, BY_RATE, rest, 2019)
    made = [settled(claim, batch, PAY_DAYS[n % len(PAY_DAYS)], n) for n, claim in enumerate(made, 1)]
    spare = county.enterprises[120:123]
    made += [unreviewed(claim_of(firm, batch, '成果转化', '科技成果转化补助', f'转化2019-9{n}', day('2019-10-15'), 60000), batch)
             | {'state': '未通过' if n else '已撤回'} for n, firm in enumerate(spare)]
    return filled(made)


def fixed_claims(county, batch):
    firms = {firm['name']: firm for firm in county.enterprises}
    made = []
    for row in recognised(county):
        if row['batch_year'] == 2019:
            fresh = row['hnte_kind'] != '重新认定'
            kind, article, amount = RECOGNITION[fresh]
            made.append(claim_of(firms[row['enterprise']], batch, kind, article, row['certificate_no'],
                                 row['certificate_on'], amount)
                        | {'hnte_record': row['certificate_no'], 'claim_mode': '免申即享'})
    for n, row in enumerate([row for row in pool(county) if row['pool_year'] == 2019][:POOL_CLAIMS], 1):
        made.append(claim_of(firms[row['enterprise']], batch, '培育企业入库', '高企培育入库奖励', f'培育入库2019-{n:02d}',
                             row['in_pool_on'], 50000))
    for row in past_filings(county)[:SME_CLAIMS]:
        made.append(claim_of(firms[row['enterprise']], batch, '科技型中小企业', '科技型中小企业登记奖励', row['registration_no'],
                             row['registered_on'], 10000)
                    | {'sme_record': row['registration_no'], 'claim_mode': '免申即享'})
    hosts = county.enterprises[60:60 + PLATFORMS + CONTESTS]
    made += [claim_of(firm, batch, '创新平台', '创新平台建设奖励', f'河科〔2019〕{41 + n}号', day('2019-08-20'), 300000)
             for n, firm in enumerate(hosts[:PLATFORMS])]
    made += [claim_of(firm, batch, '创新创业大赛', '创新创业大赛获奖奖励', f'大赛2019-{n:02d}', day('2019-09-27'), 50000)
             for n, firm in enumerate(hosts[PLATFORMS:], 1)]
    return made


def rated_claims(county, rng, batch, kinds, total, year):
    """Claims by percentage: the base is what gives the amount."""
    count = sum(kind[4] for kind in kinds)
    low, high = total // count // 200, min(kind[5] for kind in kinds) // 100
    amounts = iter(split(rng, total // 100, count, low, high))
    firms = county.enterprises[:]
    rng.shuffle(firms)
    firms, made = iter(firms), []
    for article, reward, rate, short, many, _ in kinds:
        for n in range(1, many + 1):
            amount = next(amounts) * 100
            trigger = day(f'{year}-{rng.randrange(3, 13):02d}-{rng.randrange(1, 29):02d}')
            made.append(claim_of(next(firms), batch, reward, article, f'{short}{year}-{n:02d}', trigger, amount)
                        | {'calc_base': amount * 100 // rate, 'calc_rate': rate})
    return made


def talent_claims(county, batch):
    return [talent_claim(county, batch, n, field, amount) for n, (field, amount) in enumerate(TALENT_AWARDS)]


def talent_claim(county, batch, n, field, amount):
    name = county.talents[n]['name']
    return claim_of({'name': name}, batch, '领军人才', '领军人才奖励', f'青人才〔2019〕{n + 1:02d}号', day('2019-11-18'), amount) | {
        'enterprise': None, 'person': name, 'talent_field': field}


def claims_second(county):
    """Approved but not paid, paid only in July, still on the way: none of it is paid in the half-year."""
    rng, batch = county.stream('claims second'), BATCHES[2]
    made = rated_claims(county, rng, batch, [('研发投入补助', '研发投入补助', 2, '研发二', 12, 500000)], 1_460_000, 2019)
    made.append(talent_claim(county, batch, 4, '科技研发', 80000))
    made = ([settled(claim, batch, day('2020-07-08'), 900 + n) for n, claim in enumerate(made[:3])]
            + [approved(claim, batch) for claim in made[3:]])
    for n, firm in enumerate(county.enterprises[130:136]):
        claim = claim_of(firm, batch, '产学研合作', '产学研合作补助', f'合作二2019-{n}', day('2019-12-05'), 45000 + n * 2500)
        made.append(noticed(claim, batch))
    for n, firm in enumerate(county.enterprises[136:139]):
        claim = claim_of(firm, batch, '专利质押贷款', '专利质押贷款补助', f'质押二2020-{n}', day('2020-03-31'), 38000)
        made.append(unreviewed(claim, batch))
    claim = claim_of(county.enterprises[140], batch, '成果转化', '科技成果转化补助', '转化二2020-1', day('2020-04-20'), 90000)
    made.append(claim | {'amount_reviewed': None, 'amount_approved': None, 'state': '草稿'})
    return filled(made)


def claims_2019(county):
    rng, batch = county.stream('claims 2019'), BATCHES[0]
    firms = {firm['name']: firm for firm in county.enterprises}
    made = [claim_of(firms[row['enterprise']], batch, '新认定高新技术企业', '高新技术企业认定奖励（旧）', row['certificate_no'],
                     row['certificate_on'], 100000) | {'hnte_record': row['certificate_no']}
            for row in recognised(county) if row['batch_year'] == 2018]
    rest = PAID_2019 - sum(claim['amount_approved'] for claim in made)
    made += rated_claims(county, rng, batch, BY_RATE_2018, rest, 2018)
    return [settled(claim, batch, day('2019-05-28') if n % 2 else day('2019-06-18'), n)
            for n, claim in enumerate(made, 1)]


def claim_of(firm, batch, kind, article, matter, trigger, amount):
    return {
        'claimant': firm['name'], 'enterprise': firm['name'], 'reward_batch': batch['name'], 'reward_kind': kind,
        'article': article, 'matter': matter, 'instalment': 1, 'trigger_on': trigger, 'claim_mode': '申报',
        'commitments': '材料真实、不涉密、无失信记录', 'amount_claimed': amount, 'amount_reviewed': amount,
        'amount_approved': amount,
    }


def opened(claim, batch):
    return claim | {'submitted_on': after(batch['window_from'], 9), 'accepted_on': batch['window_to'], 'state': '已受理'}


def unreviewed(claim, batch):
    """Accepted, but no amount was ever reviewed."""
    return opened(claim, batch) | {'amount_reviewed': None, 'amount_approved': None}


def filled(claims):
    return [{name: value for name, value in claim.items() if value is not None} for claim in claims]


def noticed(claim, batch):
    return opened(claim, batch) | {'reviewed_on': batch['reviewed_on'], 'notice_from': batch['notice_from'],
                                   'state': '公示中'}


def approved(claim, batch):
    return noticed(claim, batch) | {'approved_on': batch['approved_on'], 'state': '已审定'}


def settled(claim, batch, paid_on, number):
    """Paid in full; the account is the claimant's own."""
    return approved(claim, batch) | {
        'amount_paid': claim['amount_approved'], 'account_name': claim['claimant'], 'bank': '青禾农村商业银行',
        'bank_account': f'34990100{paid_on.year}{number:07d}', 'voucher_no': f'{paid_on.year}-奖-{number:04d}',
        'pay_requested_on': after(batch['approved_on'], 3), 'paid_on': paid_on, 'state': '已拨付'}
