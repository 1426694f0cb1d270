"""Area 16: the survey of science popularisation, one return a unit."""

from book import Sheet
from tables import after, day, table

UNITS, UNITS_2019 = 25, 22
ROUND_COLUMNS = [
    ('调查名称', 'title', 'text'), ('数据年度', 'survey_year', 'text'), ('开展年份', 'conducted_in', 'text'),
    ('表式版本', 'form_version', 'text'), ('表式指标数（项）', 'form_indicators', 'text'), ('名册单位数（家）', 'roster', 'text'),
    ('常住人口（人）', 'population', 'text'), ('调查通知', 'notice', 'text'), ('单位填报截止日期', 'unit_due_on', 'zh'),
    ('县级审核截止日期', 'county_due_on', 'zh'), ('市级审核截止日期', 'city_due_on', 'zh'), ('部署日期', 'set_up_on', 'zh'),
    ('培训日期', 'trained_on', 'zh'), ('开始填报日期', 'collecting_on', 'zh'), ('汇总日期', 'summarised_on', 'zh'),
    ('上报日期', 'sent_on', 'zh'),
]
ROUNDS = table(
    'title survey_year conducted_in form_version form_indicators roster population notice unit_due_on '
    'county_due_on city_due_on '
    'set_up_on trained_on collecting_on summarised_on sent_on',
    ('2018年度全国科普统计调查', 2018, 2019, '2018年表式', 124, UNITS_2019, 612400, '', '2019-06-10', '2019-06-17', '2019-06-28',
     '2019-05-27',
     '2019-05-30', '2019-05-31', '2019-06-18', '2019-06-20'),
    ('2019年度全国科普统计调查', 2019, 2020, '2019年表式', 124, UNITS, 615800, '禾科资〔2020〕31号', '2020-06-19', '2020-07-03',
     '2020-07-15',
     '2020-05-25', '2020-06-03', '2020-06-04', '', ''),
)
RETURN_COLUMNS = [
    ('序号', None, 'serial'), ('单位名称', 'unit', 'text'), ('统计年度', 'round', 'text'), ('报表类型', 'form', 'text'),
    ('所属部门', 'department', 'text'), ('联络员', 'filler', 'text'), ('联系电话', 'phone', 'text'),
    ('科普专职人员（人）', 'staff_full', 'text'), ('专职女性（人）', 'full_women', 'text'), ('科普兼职人员（人）', 'staff_part', 'text'),
    ('兼职实际投入工作量（人月）', 'part_months', 'text'), ('展厅面积（平方米）', 'exhibition_area', 'text'),
    ('建筑面积（平方米）', 'building_area', 'text'), ('年开放天数（天）', 'open_days', 'text'), ('参观人次（人次）', 'visitors', 'text'),
    ('年度科普经费筹集额（万元）', 'raised', 'wan'), ('政府拨款（万元）', 'raised_government', 'wan'),
    ('科普专项经费（万元）', 'raised_special', 'wan'), ('自筹资金（万元）', 'raised_own', 'wan'), ('年度科普经费使用额（万元）', 'used', 'wan'),
    ('科普活动支出（万元）', 'used_activities', 'wan'), ('行政支出（万元）', 'used_administration', 'wan'),
    ('科普讲座次数（次）', 'lectures', 'text'), ('科普讲座参加人次', 'lecture_people', 'text'),
    ('科技活动周专题活动次数（次）', 'week_events', 'text'), ('科技活动周参加人次', 'week_people', 'text'),
    ('开始填报日期', 'started_on', 'slash'), ('上报日期', 'submitted_on', 'slash'), ('退回日期', 'returned_on', 'slash'),
    ('县级审核日期', 'county_passed_on', 'slash'),
]
# short name of the unit and its department in the survey, in the order of the roster
ROSTER = [
    ('科技局', '科技部门'), ('教育局', '教育'), ('农业农村局', '农业农村'), ('卫健委', '卫生健康'), ('人社局', '人社'), ('文旅局', '文化和旅游'),
    ('市场监管局', '市场监管'), ('生态环境分局', '生态环境'), ('应急局', '应急管理'), ('自然资源局', '自然资源'), ('水利局', '其他部门'),
    ('林业中心', '林业'), ('气象局', '气象'), ('公安局', '公安'), ('民政局', '民政'), ('发改委', '发改'), ('经信局', '经信'), ('科协', '科协'),
    ('总工会', '总工会'), ('妇联', '妇联'), ('融媒体中心', '广电'), ('县医院', '卫生'), ('图书馆', '文化'), ('疾控中心', '07'), ('统计局', '30'),
]
VENUE = '图书馆'
FILE = '26科普统计调查.xlsx'


def sheets(county):
    made = returns(county)
    return [
        Sheet(FILE, '年度', 'survey_round', ROUND_COLUMNS, ROUNDS),
        Sheet(FILE, '2018年度', 'survey_return', RETURN_COLUMNS, made[:UNITS_2019], title='2018年度科普统计汇总表',
              under='经费单位：万元',
              total=('staff_full', 'staff_part', 'raised', 'used')),
        Sheet(FILE, '2019年度', 'survey_return', RETURN_COLUMNS, made[UNITS_2019:], title='2019年度科普统计汇总表',
              under='经费单位：万元',
              blank=5),
    ]


def returns(county):
    """Fifteen units of 2020 have passed, some are back for correction, some have only begun."""
    rng = county.stream('survey returns')
    contacts = {unit['short']: unit for unit in county.departments}
    made = [filled(rng, contacts, unit, 2018)
            | {'started_on': day('2019-06-03'), 'submitted_on': after(day('2019-06-05'), n % 5),
               'county_passed_on': day('2019-06-17')}
            for n, unit in enumerate(ROSTER[:UNITS_2019])]
    for n, unit in enumerate(ROSTER[:UNITS]):
        row = filled(rng, contacts, unit, 2019) | {'started_on': after(day('2020-06-05'), n % 6)}
        if n < 21:
            row['submitted_on'] = after(day('2020-06-15'), n % 5)
        if n < 15:
            row['county_passed_on'] = after(day('2020-06-23'), n % 4)
        elif n < 18:
            row['returned_on'] = day('2020-06-24')
        made.append(row)
    return made


def filled(rng, contacts, unit, year):
    short, department = unit
    part, lectures, week = rng.randrange(4, 40), rng.randrange(2, 16), rng.randrange(0, 5)
    full = rng.randrange(1, 9)
    special, own = rng.randrange(5, 60) * 1000, rng.randrange(0, 20) * 1000
    government = special + rng.randrange(0, 10) * 1000
    activities = (government + own) * 7 // 10
    row = {
        'unit': short, 'round': year, 'form': '科普场馆' if short == VENUE else '单位', 'department': department,
        'filler': contacts[short]['contact'], 'phone': contacts[short]['phone'], 'staff_full': full,
        'full_women': full // 2, 'staff_part': part, 'part_months': part * rng.randrange(1, 5),
        'raised': government + own, 'raised_government': government, 'raised_special': special, 'raised_own': own,
        'used': government + own, 'used_activities': activities, 'used_administration': government + own - activities,
        'lectures': lectures, 'lecture_people': lectures * rng.randrange(30, 140), 'week_events': week,
        'week_people': week * rng.randrange(40, 300),
    }
    if short == VENUE:
        row |= {'exhibition_area': 420, 'building_area': 2600, 'open_days': 300, 'visitors': 21480 + year % 10 * 310}
    return row
