"""Areas 12 and 13: talents, teams, three-region experts; contests."""

from itertools import product

from book import Sheet
from tables import after, day, table

EXPERTS_2020, EXPERTS_2019, SHORTLISTED = 15, 14, 10
FILE = '22人才和三区科技人员.xlsx'
TALENT_COLUMNS = [
    ('人才姓名', 'name', 'text'), ('引进单位', 'employer', 'text'), ('人才层次', 'class', 'text'), ('专业领域', 'field', 'text'),
    ('职称', 'professional_title', 'text'), ('来源地', 'source_region', 'text'), ('联系电话', 'phone', 'text'),
    ('洽谈日期', 'negotiating_on', 'dot'), ('到岗日期', 'arrived_on', 'dot'), ('合同起', 'contract_from', 'dot'),
    ('合同止', 'contract_to', 'dot'), ('年度核查日期', 'verified_on', 'dot'), ('离开日期', 'left_on', 'dot'),
]
TEAM_COLUMNS = [
    ('团队名称', 'name', 'text'), ('负责人', 'leader', 'text'), ('核心成员数（人）', 'core_members', 'text'),
    ('依托企业', 'company', 'text'), ('技术领域', 'field', 'text'), ('来源地', 'source_region', 'text'),
    ('接触日期', 'contacted_on', 'cell'), ('洽谈日期', 'negotiating_on', 'cell'), ('落地日期', 'landed_on', 'cell'),
    ('合同起', 'contract_from', 'cell'), ('合同止', 'contract_to', 'cell'), ('申报日期', 'applied_on', 'cell'),
    ('评审日期', 'reviewed_on', 'cell'), ('扶持日期', 'supported_on', 'cell'), ('评定等级', 'class', 'text'),
    ('批准文号', 'approval_no', 'text'), ('省级扶持资金（万元）', 'province_support', 'wan'),
    ('县级扶持资金（万元）', 'county_support', 'wan'), ('扶持方式', 'instrument', 'text'),
]
# subject, members, field, what happened when
TEAMS = [
    ('特色薯类精深加工', 5, '现代农业', {'contacted_on': '2019-09-10', 'negotiating_on': '2019-12-05', 'landed_on': '2020-03-25',
                                 'contract_from': '2020-03-25', 'contract_to': '2025-03-24',
                                 'applied_on': '2020-06-18'}),
    ('农用传感器', 4, '电子信息', {'contacted_on': '2019-11-18', 'negotiating_on': '2020-02-20', 'landed_on': '2020-05-28',
                             'contract_from': '2020-06-01', 'contract_to': '2025-05-31'}),
    ('生物可降解材料', 6, '新材料', {'contacted_on': '2018-04-12', 'negotiating_on': '2018-10-09', 'landed_on': '2019-04-16',
                              'contract_from': '2019-04-16', 'contract_to': '2024-04-15', 'applied_on': '2019-06-20',
                              'reviewed_on': '2019-09-12',
                              'supported_on': '2019-12-18'}),
    ('动力电池回收', 5, '新能源', {'contacted_on': '2020-02-27', 'negotiating_on': '2020-05-13', 'landed_on': '2020-07-08',
                             'contract_from': '2020-07-08', 'contract_to': '2025-07-07'}),
    ('智能农机导航', 3, '先进制造', {'contacted_on': '2020-04-09', 'negotiating_on': '2020-06-05'}),
    ('中药材种质创新', 3, '农业', {'contacted_on': '2020-05-21'}),
]
EXPERT_COLUMNS = [
    ('序号', None, 'serial'), ('专家姓名', 'name', 'text'), ('派出单位', 'sending_unit', 'text'),
    ('服务年度', 'service_year', 'text'), ('职称', 'professional_title', 'text'), ('专业领域', 'field', 'text'),
    ('联系电话', 'phone', 'text'), ('受援村', 'village', 'text'), ('服务内容', 'tasks', 'text'),
    ('三方协议编号', 'agreement_no', 'text'), ('需求申报日期', 'need_filed_on', 'slash'), ('对接日期', 'matched_on', 'slash'),
    ('协议签订日期', 'agreed_on', 'slash'), ('到岗服务日期', 'serving_on', 'slash'), ('年度总结日期', 'summary_on', 'slash'),
    ('考核日期', 'assessed_on', 'slash'), ('服务天数（天）', 'days', 'text'), ('培养本土人才数（人）', 'trainees', 'text'),
    ('补助经费（元）', 'funds', 'text'), ('考核等次', 'grade', 'text'),
]
CONTEST_COLUMNS = [
    ('赛事名称', 'name', 'text'), ('届次', 'edition', 'text'), ('年度', 'held_in', 'text'), ('赛区级别', 'level', 'text'),
    ('主办单位', 'organiser', 'text'), ('报名截止日期', 'sign_up_by', 'slash'), ('初创组注册起始日', 'startup_from', 'slash'),
    ('上年营业收入上限（万元）', 'revenue_limit', 'wan'),
]
PROVINCE_2019, CITY_2020, PROVINCE_2020 = '第七届东禾省创新创业大赛', '第三届河州市创新创业大赛', '第八届东禾省创新创业大赛'
CONTESTS = table(
    'name edition held_in level organiser sign_up_by startup_from revenue_limit',
    (PROVINCE_2019, 7, 2019, '省', '东禾省科学技术厅', '2019-06-28', '2018-01-01', 200000000),
    (CITY_2020, 3, 2020, '市', '河州市科学技术局', '2020-06-12', '2018-01-01', 200000000),
    (PROVINCE_2020, 8, 2020, '省', '东禾省科学技术厅', '2020-07-31', '2018-01-01', 200000000),
)
ENTRY_COLUMNS = [
    ('赛事名称', 'contest', 'text'), ('参赛企业', 'enterprise', 'text'), ('项目名称', 'project', 'text'), ('组别', 'group', 'text'),
    ('行业领域', 'track', 'text'), ('报名编号', 'registration_no', 'text'), ('上年营业收入（万元）', 'revenue', 'wan'),
    ('已上市', 'listed', 'yesno'), ('往届一二三等奖', 'won_before', 'yesno'), ('动员日期', 'mobilised_on', 'mixed'),
    ('筛选日期', 'pre_selected_on', 'mixed'), ('报名日期', 'registered_on', 'mixed'), ('资格审核日期', 'eligible_on', 'mixed'),
    ('初赛日期', 'prelim_on', 'mixed'), ('复赛日期', 'semi_on', 'mixed'), ('决赛日期', 'final_on', 'mixed'),
    ('获奖日期', 'awarded_on', 'mixed'), ('出局日期', 'out_on', 'mixed'), ('奖项', 'prize', 'text'),
    ('获奖级别', 'prize_level', 'text'), ('奖金（元）', 'prize_money', 'text'),
]
REVIEW_COLUMNS = [
    ('评审批次', 'round', 'text'), ('评审项目', 'matter', 'text'), ('参赛项目', 'entry', 'text'), ('评审专家', 'expert', 'text'),
    ('分派日期', 'assigned_on', 'slash'), ('评审截止日期', 'due_on', 'slash'), ('无利害关系声明', 'no_interest', 'yesno'),
    ('创新水平得分', 'innovation', 'text'), ('技术可行性得分', 'feasibility', 'text'), ('市场前景得分', 'market', 'text'),
    ('团队和条件得分', 'team', 'text'), ('评审总分', 'total', 'text'), ('评审意见', 'opinion', 'text'), ('提交日期', 'submitted_on', 'slash'),
    ('回避日期', 'recused_on', 'slash'),
]
REVIEW_ROUND = '第八届东禾省创新创业大赛县级推荐评审'
# innovation, feasibility, market, team
SCORES = [(26, 21, 20, 17), (24, 22, 19, 16), (27, 20, 22, 15), (22, 19, 18, 16), (25, 23, 21, 18), (21, 18, 20, 14)]
OPINIONS = ['技术路线清楚，有应用基础，建议推荐。', '样机已试用，产业化计划宜再细化。', '团队完整，市场测算偏乐观，建议补充订单材料。']
TRACKS = {'生物与新医药': '生物医药', '生物医药': '生物', '先进制造': '先进制造', '先进制造与自动化': '高端装备制造', '新材料': '新材料',
          '电子信息': '电子信息', '资源与环境': '节能环保', '新能源与节能': '新能源'}


def sheets(county):
    return [
        Sheet(FILE, '高层次人才', 'talent', TALENT_COLUMNS, talents(county), title='引进高层次人才登记表'),
        Sheet(FILE, '人才团队', 'talent_team', TEAM_COLUMNS, teams(county), title='高层次人才团队一览表', under='资金单位：万元'),
        Sheet(FILE, '三区人才', 'three_region_expert', EXPERT_COLUMNS, experts(county), title='“三区”科技人员选派名单', blank=6),
        Sheet('23创新创业大赛.xlsx', '大赛', 'contest', CONTEST_COLUMNS, CONTESTS),
        Sheet('23创新创业大赛.xlsx', '参赛企业', 'contest_entry', ENTRY_COLUMNS, entries(county), title='创新创业大赛参赛企业登记表',
              under='经费单位：元', blank=5),
        Sheet('23创新创业大赛.xlsx', '专家评审', 'expert_review', REVIEW_COLUMNS, reviews(county), title='创新创业大赛专家评审登记表'),
    ]


def talents(county):
    made = []
    for n, person in enumerate(county.talents):
        row = {'name': person['name'], 'employer': person['unit'], 'class': 'CDDEEE'[n] + '类',
               'field': person['speciality'], 'professional_title': person['title_grade'],
               'source_region': ('邻省', '本省', '河州市')[n % 3], 'phone': person['phone'],
               'negotiating_on': day(f'2019-0{n + 1}-15'), 'arrived_on': day(f'2019-0{n + 3}-01'),
               'contract_from': day(f'2019-0{n + 3}-01'),
               'contract_to': day(f'2024-0{n + 2}-28'), 'verified_on': day('2019-12-20')}
        if n == 4:
            row['left_on'] = day('2020-05-31')
        made.append(row)
    return made


def teams(county):
    made = []
    for n, (subject, members, field, dates) in enumerate(TEAMS):
        row = {'name': f'{subject}创新团队', 'leader': county.people[n]['name'], 'core_members': members, 'field': field,
               'source_region': ('邻省', '本省')[n % 2]} | {name: day(text) for name, text in dates.items()}
        if 'landed_on' in row:
            row['company'] = county.enterprises[80 + n]['name']
        if 'supported_on' in row:
            row |= {'class': 'C类', 'approval_no': '禾政秘〔2019〕208号', 'province_support': 3000000,
                    'county_support': 500000, 'instrument': '股权'}
        made.append(row)
    return made


def experts(county):
    """Fifteen agreed in 2020; the sixteenth signed only in July."""
    rng, made = county.stream('three regions'), []
    villages = county.served
    for n, person in enumerate(county.people[:EXPERTS_2019]):
        made.append(expert(rng, n, person, villages[n * 5], 2019) | {
            'summary_on': day('2019-12-10'), 'assessed_on': day('2020-01-08'), 'days': rng.randrange(62, 110),
            'trainees': rng.randrange(2, 9),
            'grade': rng.choice(['优秀', '合格', '良好'])})
    for n, person in enumerate(county.people[10:10 + EXPERTS_2020 + 1]):
        made.append(expert(rng, n, person, villages[n * 4 + 2], 2020)
                    | {'days': rng.randrange(8, 36), 'trainees': rng.randrange(0, 4)})
    made[-1] |= {'agreed_on': day('2020-07-02'), 'serving_on': day('2020-07-06'), 'days': 3}
    return made


def expert(rng, n, person, village, year):
    agreed = after(day(f'{year}-04-13'), n)
    return {'name': person['name'], 'sending_unit': person['unit'], 'service_year': year,
            'professional_title': person['title_grade'], 'field': person['speciality'], 'phone': person['phone'],
            'village': village['town'] + village['name'], 'tasks': f'{person["topic"]}技术指导，培养本土人才',
            'agreement_no': f'三区{year}-{n + 1:02d}', 'need_filed_on': day(f'{year}-03-12'),
            'matched_on': after(day(f'{year}-04-01'), n % 4), 'agreed_on': agreed, 'serving_on': after(agreed, 10),
            'funds': 20000}


def entries(county):
    """Ten enterprises were shortlisted in the half-year, one of them for two contests."""
    rng = county.stream('contest')
    firms = [firm for firm in county.enterprises if firm['sales'] < 150_000_000]
    rng.shuffle(firms)
    made = []
    for n, firm in enumerate(firms[:8]):
        row = entry(firm, PROVINCE_2019, 2019) | {'pre_selected_on': day('2019-05-16')}
        if n < 6:
            row |= signed_up(n, 2019, day('2019-06-20'))
        if n < 3:
            row |= {'prelim_on': day('2019-07-18'), 'semi_on': day('2019-08-15')}
        if n == 0:
            row |= {'final_on': day('2019-09-10'), 'awarded_on': day('2019-09-27'), 'prize': '三等奖',
                    'prize_level': '省', 'prize_money': 100000}
        made.append(row)
    short = firms[3:3 + SHORTLISTED]
    for n, firm in enumerate(short):
        row = entry(firm, PROVINCE_2020, 2020) | {'pre_selected_on': after(day('2020-05-20'), n)}
        made.append(row | signed_up(n, 2020, day('2020-06-24')) if n < 4 else row)
    made.append(entry(short[0], CITY_2020, 2020)
                | {'pre_selected_on': day('2020-05-14')} | signed_up(9, 2020, day('2020-06-05')))
    made += [entry(firm, PROVINCE_2020, 2020) for firm in firms[20:26]]        # told of it, not shortlisted
    made[-1]['out_on'] = day('2020-06-02')
    made += [entry(firm, PROVINCE_2020, 2020) | {'pre_selected_on': day('2020-07-09')} for firm in firms[26:28]]
    return made


def entry(firm, contest, year):
    start = next(row['startup_from'] for row in CONTESTS if row['name'] == contest)
    return {'contest': contest, 'enterprise': firm['name'],
            'project': f'{firm["name"][2:4]}{firm["product"]}产业化（{contest[:5]}）',
            'group': '初创组' if firm['founded'] >= start else '成长', 'track': TRACKS[firm['field']],
            'revenue': firm['sales'],
            'listed': False, 'won_before': False, 'mobilised_on': day(f'{year}-05-11')}


def signed_up(n, year, date):
    return {'registration_no': f'DS{year}{n + 1:04d}', 'registered_on': date, 'eligible_on': after(date, 4)}


def reviews(county):
    """Three experts on three of the projects; one of them is kin of one team, and one has still to score."""
    projects = [row['project'] for row in entries(county) if row['contest'] == PROVINCE_2020][:3]
    made = [review(number, project, person) for number, (project, person)
            in enumerate(product(projects, county.people[:3]))]
    made[4] = assigned(projects[1], county.people[1]) | {'recused_on': day('2020-06-29')}
    made[6] = assigned(projects[2], county.people[0])
    return made


def assigned(project, person):
    return {'round': REVIEW_ROUND, 'matter': project, 'entry': project, 'expert': person['name'],
            'assigned_on': day('2020-06-28'), 'due_on': day('2020-07-10')}


def review(number, project, person):
    scores = dict(zip(('innovation', 'feasibility', 'market', 'team'), SCORES[number % len(SCORES)]))
    return assigned(project, person) | scores | {
        'no_interest': True, 'total': sum(scores.values()), 'submitted_on': day('2020-07-06'),
        'opinion': OPINIONS[number % len(OPINIONS)]}
