"""Area 11: platforms; what is being prepared is not yet established."""

from book import Sheet
from tables import after, day
from topics.cooperation import FIELDS

COLUMNS = [
    ('序号', None, 'serial'), ('平台名称', 'name', 'trail'), ('平台类别', 'kind', 'text'), ('级别', 'level', 'text'),
    ('建设单位', 'host', 'text'), ('主管部门', 'owner_department', 'text'), ('技术领域', 'field', 'text'),
    ('条件|人员数（人）', 'staff', 'text'), ('条件|管理人员数（人）', 'managers', 'text'), ('条件|创业导师数（人）', 'mentors', 'text'),
    ('条件|工位数（个）', 'desks', 'text'), ('条件|场地面积（平方米）', 'floor_area', 'text'),
    ('条件|试验示范基地面积（亩）', 'trial_base_mu', 'text'), ('签约院士', 'academicians', 'text'), ('年度评价', 'evaluations', 'text'),
    ('启动筹建日期', 'prepared_on', 'zh'), ('申报日期', 'applied_on', 'zh'), ('推荐日期', 'recommended_on', 'zh'),
    ('批准组建日期', 'approved_to_build_on', 'zh'), ('备案日期', 'filed_on', 'zh'), ('验收日期', 'accepted_on', 'zh'),
    ('运行日期', 'operating_on', 'zh'), ('评价日期', 'evaluated_on', 'zh'), ('撤销日期', 'revoked_on', 'zh'),
    ('批准单位', 'approved_by', 'text'), ('备案文号', 'approval_no', 'text'), ('有效期至', 'valid_to', 'zh'),
]
SCIENCE, CITY_SCIENCE, PEOPLE = '东禾省科学技术厅', '河州市科学技术局', '东禾省人力资源和社会保障厅'
# kind, level, department, decided by, dates in order of the path
ROWS = [
    ('院士工作站', '省', '科技厅', '', {'prepared_on': '2020-02-18'}),
    ('院士工作站', '省', '科技厅', '', {'prepared_on': '2019-11-05', 'applied_on': '2020-06-16'}),
    ('院士工作站', '省', '科技厅', '', {'prepared_on': '2020-07-06'}),
    ('院士工作站', '省', '科技厅', SCIENCE, {'applied_on': '2017-05-10', 'filed_on': '2017-10-20', 'operating_on': '2017-12-01',
                                     'evaluated_on': '2019-12-10'}),
    ('博士后工作站', '省', '人社厅', '', {'prepared_on': '2020-03-16'}),
    ('博士后工作站', '省', '人社厅', '', {'prepared_on': '2020-04-08'}),
    ('博士后科研工作站', '省', '人社厅', PEOPLE, {'applied_on': '2018-05-04', 'filed_on': '2018-11-16',
                                      'operating_on': '2019-01-10'}),
    ('工程技术中心', '市', '科技局', CITY_SCIENCE, {'applied_on': '2016-06-20', 'approved_to_build_on': '2016-10-12',
                                          'accepted_on': '2018-10-25',
                                          'operating_on': '2018-11-01'}),
    ('工程技术研究中心', '市', '科技局', CITY_SCIENCE,
     {'applied_on': '2017-06-19', 'approved_to_build_on': '2017-10-18', 'accepted_on': '2019-11-06',
                                            'operating_on': '2019-11-20'}),
    ('工程技术研究中心', '市', '科技局', '', {'applied_on': '2019-06-24', 'approved_to_build_on': '2019-10-15'}),
    ('企业技术中心', '市', '经信局', '河州市经济和信息化局', {'applied_on': '2018-07-11', 'filed_on': '2018-12-19',
                                          'operating_on': '2019-01-02'}),
    ('众创空间', '市', '科技局', CITY_SCIENCE, {'applied_on': '2018-04-16', 'filed_on': '2018-08-20',
                                        'operating_on': '2018-09-01',
                                        'revoked_on': '2020-03-12'}),
    ('科普教育基地', '市', '科协', '河州市科学技术协会', {'applied_on': '2019-03-04', 'filed_on': '2019-05-20',
                                        'operating_on': '2019-06-01'}),
]
STAR = {2019: ['2019-05-08', '2019-05-22', '2019-06-03'],
        2020: ['2020-04-14', '2020-04-21', '2020-05-11', '2020-05-19', '2020-06-08', '2020-06-23']}
STAR_PREPARING = 3
SUFFIX = {'院士工作站': '院士工作站', '博士后工作站': '博士后科研工作站', '博士后科研工作站': '博士后科研工作站', '工程技术中心': '工程技术研究中心',
          '工程技术研究中心': '工程技术研究中心', '企业技术中心': '企业技术中心', '众创空间': '众创空间', '科普教育基地': '科普基地'}


def sheets(county):
    return [Sheet('21创新平台台账.xlsx', '平台', 'platform', COLUMNS, platforms(county), title='创新平台（载体）台账',
                  under='填报单位：青禾县科学技术局      2020年7月10日', blank=5)]


def platforms(county):
    rng = county.stream('platforms')
    hosts = [firm for firm in county.enterprises if firm['above_scale']]
    rng.shuffle(hosts)
    hosts, made = iter(hosts), []
    for number, (kind, level, department, decided_by, dates) in enumerate(ROWS, 1):
        firm = next(hosts)
        row = {'name': firm['name'][2:-4] + SUFFIX[kind], 'kind': kind, 'level': level, 'host': firm['name'],
               'owner_department': department, 'field': FIELDS[firm['field']],
               'staff': rng.randrange(8, 40)} | {name: day(text) for name, text in dates.items()}
        if decided_by:
            row |= {'approved_by': decided_by, 'approval_no': approval(row, number), 'valid_to': day('2022-12-31')}
        if kind == '院士工作站':
            row['academicians'] = f'{county.people[number * 3]["name"]}|是|{1 + number % 3}|{3 + number % 2}'
        if 'evaluated_on' in row:
            row['evaluations'] = '2018|82.5|良好|禾科平〔2019〕3号\n2019|91|优秀|禾科平〔2019〕40号'
        made.append(row)
    for year, applied in STAR.items():
        made += [star_site(rng, next(hosts), '县', year, day(text)) for text in applied]
    made.append(star_site(rng, next(hosts), '市', 2020, day('2020-05-27')))
    made += [star_site(rng, next(hosts), '县', 2020, None) for _ in range(STAR_PREPARING)]
    return made


def approval(row, number):
    date = row.get('filed_on') or row['accepted_on']
    return f'禾科平〔{date.year}〕{10 + number}号'


def star_site(rng, firm, level, year, applied):
    """Declared when it applied; those of 2019 run, the last ones are only being prepared."""
    row = {'name': f'{firm["name"][2:4]}{firm["product"]}星创天地', 'kind': '星创空间' if rng.random() < 0.5 else '星创天地',
           'level': level, 'host': firm['name'], 'owner_department': '科技局', 'field': '现代农业',
           'staff': rng.randrange(8, 20), 'managers': rng.randrange(3, 7), 'mentors': rng.randrange(5, 12),
           'desks': rng.randrange(15, 40), 'floor_area': rng.randrange(300, 1200),
           'trial_base_mu': rng.randrange(50, 400),
           'prepared_on': after(day(f'{year}-01-15'), rng.randrange(60))}
    if applied:
        row['applied_on'] = applied
    if year == 2019:
        row |= {'filed_on': after(applied, 60), 'operating_on': after(applied, 75), 'approved_by': '青禾县科学技术局',
                'approval_no': f'青科〔2019〕{30 + applied.month * 3 + applied.day % 7}号'}
    return row
