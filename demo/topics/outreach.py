"""Area 3: events, courses and who signed in there."""

import words
from book import Sheet
from county import split
from tables import after, day, table
from topics.commissioners import pairs, past_pairs

VILLAGE_PERSONS = 8136          # person-times of the 78 village courses of the half-year
ABILITY_PERSONS = 106
COURSE_ENTERPRISES = 96
IP_ENTERPRISES = 12             # were at the spring seminar too
MUSEUM_WEEK = [141, 128, 153, 187, 233, 126]    # visitors of each day of the week, Tuesday to Sunday
EVENT_COLUMNS = [
    ('序号', None, 'serial'), ('活动名称', 'name', 'text'), ('系列', 'series', 'text'), ('形式', 'form', 'text'),
    ('是否科技活动周期间', 'in_week', 'yesno'), ('活动日期', 'start_on', 'mixed'), ('结束日期', 'end_on', 'mixed'),
    ('场次（场）', 'sessions', 'text'), ('地点', 'place', 'text'), ('层级', 'level', 'text'), ('规模|参加人次', 'attendees', 'text'),
    ('规模|宣传展板（块）', 'boards', 'text'), ('规模|科普仪器（台）', 'instruments', 'text'), ('规模|发放宣传资料（份）', 'leaflets', 'wide'),
    ('服务|现场咨询（人次）', 'consultations', 'text'), ('服务|义诊（人次）', 'clinic_visits', 'text'),
    ('计数方式', 'count_method', 'text'), ('活动经费（元）', 'cost', 'comma'), ('数据填报日期', 'counted_on', 'mixed'),
    ('状态', 'state', 'text'),
]
EVENT_FIELDS = ('name series form in_week start_on end_on sessions place level attendees boards instruments leaflets '
                'consultations clinic_visits count_method cost counted_on state')
SQUARE = '县文化广场'
EVENTS = table(
    EVENT_FIELDS,
    ('2019年科技活动周广场宣传', '科技周', '广场活动', True, '2019-05-19', '2019-05-19', 1, SQUARE, '县', 1320, 36, 8, 10870, 131, 286,
     '现场清点', 18600, '2019-05-24', '已填数'),
    ('2020年科技活动周广场宣传', '科技活动周', '广场宣传', True, '2020-05-23', '2020-05-23', 1, SQUARE, '县', 1500, 41, 10, 12460, 156,
     318, '清点', 21300, '2020-05-27', '已填数'),
    ('科技活动周农技专家报告会', '科技周', '报告会', True, '2020-05-21', '2020-05-21', 1, '县农技中心三楼会议室', '县', 86, 4, None, 240, 17,
     None, '签到表', 2600, '2020-05-27', '已填数'),
    ('科技活动周气象站开放日', '科技周', '开放日', True, '2020-05-22', '2020-05-22', 1, '县气象局', '县', 132, 6, 5, 300, None, None,
     '签到', 800, '2020-05-27', '已填数'),
    ('2019年全国科普日主场活动', '科普日', '广场宣传', False, '2019-09-17', '2019-09-17', 1, '县体育场', '县', 1180, 30, 12, 8600, 95, 210,
     '现场清点', 15200, '2019-09-23', '已填数'),
    ('2019年科技下乡集中示范', '科技下乡', '集中宣传', False, '2019-01-15', '2019-01-15', 1, '柳荫镇政府广场', '乡镇', 640, 18, 3, 4200, 88,
     174, '清点', 6200, '2019-01-18', '已填数'),
    ('2020年科技下乡集中示范', '送科技下乡', '集中宣传', False, '2020-01-10', '2020-01-10', 1, '望塔镇政府广场', '乡镇', 705, 20, 3, 4550, 92,
     181, '清点', 6500, '2020-01-13', '已填数'),
    ('春耕科技服务进大集', '科技下乡', '现场指导', False, '2020-03-27', '2020-03-27', 1, '东圩镇集市', '乡镇', 410, 10, None, 2600, 143, None,
     '现场清点', 3100, '2020-03-30', '已填数'),
    ('三夏农机安全现场会', '科技下乡', '田间指导', False, '2020-05-26', '2020-05-26', 1, '石渡镇机耕道', '乡镇', 168, 6, 4, 700, 61, None,
     '签到', 2200, '2020-05-29', '已填数'),
    ('科学防疫线上讲座', '讲座', '线上', False, '2020-02-18', '2020-02-20', 3, '县融媒体中心直播间', '县', 2260, None, None, None, 74, None,
     '设备计数', 1500, '2020-02-24', '已填数'),
    ('流动科技馆巡展（2019年）', '流动科技馆', '巡展', False, '2019-03-05', '2019-04-28', 1, '县第一中学体育馆', '县', 10460, None, 55, None,
     None, None, '客流计数', 42000, '2019-05-06', '已填数'),
    ('流动科技馆巡展（2020年）', '流动科技馆', '巡展', False, '2020-05-06', '2020-07-05', 1, '县第二中学体育馆', '县', 9870, None, 58, None,
     None, None, '客流计数', 43500, '2020-07-08', '已填数'),
    ('青少年科技创新竞赛', '竞赛', '比赛', False, '2020-02-15', '2020-02-15', 1, '县第一中学', '县', None, None, None, None, None, None,
     '签到', None, None, '已取消'),
    ('2020年全国科普日主场活动', '科普日', '广场宣传', False, '2020-09-19', None, 1, SQUARE, '县', None, None, None, None, None, None,
     '现场清点', None, None, '计划'),
    ('农民丰收节科技展', '科技下乡', '展览', False, '2020-09-22', None, 1, '北岗乡文化站', '乡镇', None, None, None, None, None, None, '清点',
     None, None, '计划'),
)
TRAINING_COLUMNS = [
    ('序号', None, 'serial'), ('培训班名称', 'name', 'trail'), ('主题', 'topics', 'text'), ('对象', 'audience', 'text'),
    ('培训时间', 'start_on', 'mixed'), ('结业日期', 'end_on', 'mixed'), ('学时', 'hours', 'text'), ('地点', 'place', 'text'),
    ('所在村', 'village', 'text'), ('特派员', 'commissioner', 'text'), ('举办单位', 'organiser', 'text'),
    ('培训规模|培训人次', 'person_times', 'wide'), ('培训规模|签到人数', 'persons', 'text'), ('培训规模|其中女性', 'women', 'text'),
    ('培训规模|培训贫困群众', 'poor', 'text'), ('企业数（家）', 'enterprise_count', 'text'), ('发放资料（份）', 'leaflets', 'text'),
    ('计数方式', 'count_method', 'text'), ('数据填报日期', 'counted_on', 'mixed'), ('状态', 'state', 'text'),
]
COURSE, IP_SEMINAR, ACCOUNTING = '2020年科技政策暨知识产权培训班', '专利质押融资专题讲座', '研发费用归集实务培训班'
OLD_COURSE, ABILITY = '2019年科技政策培训班', '2020年科技特派员能力提升培训班'
BUREAU = '青禾县科学技术局'
OTHER_COURSES = table(
    'name topics audience start_on end_on hours place organiser person_times persons enterprise_count leaflets '
    'count_method '
    'counted_on state',
    ('2019年科技特派员能力提升培训班', '能力提升', '特派员', '2019-03-12', '2019-03-13', 12, '县委党校', BUREAU, 182, 91, None, 200, '签到表',
     '2019-03-15', '已填数'),
    (ABILITY, '能力提升', '特派员', '2020-05-14', '2020-05-15', 12, '县委党校', BUREAU, 212, ABILITY_PERSONS, None, 240, '签到表',
     '2020-05-18', '已填数'),
    ('科技特派员信息平台操作培训', '能力提升', '特派员', '2020-07-09', '2020-07-09', 3, '县农技中心', BUREAU, 80, 80, None, 90, '签到',
     '2020-07-10', '已填数'),
    (OLD_COURSE, '科技政策', '企业', '2019-06-11', '2019-06-11', 6, '县会议中心', BUREAU, 118, 118, 64, 150, '签到', '2019-06-13',
     '已填数'),
    (IP_SEMINAR, '知识产权、金融', '企业', '2020-04-24', '2020-04-24', 3, '县政务中心五楼', '市场监管局', 12, 12, 12, 30, '签到', '2020-04-26',
     '已填数'),
    (COURSE, '科技政策、知识产权', '企业', '2020-06-09', '2020-06-10', 8, '县会议中心', '科技局', None, None, COURSE_ENTERPRISES, 260,
     '签到表', '2020-06-12', '已填数'),
    (ACCOUNTING, '研发费用归集', '企业', '2020-06-17', '2020-06-17', 4, '县政务中心五楼', '科技局', 30, 30, 30, 60, '签到', '2020-06-19',
     '已填数'),
    ('科普统计业务培训班', '科普', '干部', '2020-06-03', '2020-06-03', 3, '科技局二楼会议室', BUREAU, 27, 27, None, 50, '签到', '2020-06-04',
     '已填数'),
    ('2020年科技政策培训班（第二期）', '政策', '企业', '2020-08-20', None, 6, '县会议中心', BUREAU, None, None, None, None, '签到', None, '计划'),
)
SIGNED = [
    ('培训班名称', 'training', 'text'), ('姓名', 'attendee', 'text'), ('工作单位', 'unit', 'text'), ('企业', 'enterprise', 'text'),
    ('岗位', 'post', 'text'), ('电话', 'phone', 'text'), ('签到日期', 'signed_on', 'slash'),
]
SIGNED_ABILITY = [
    ('序号', None, 'serial'), ('培训班', 'training', 'text'), ('姓 名', 'attendee', 'text'), ('单位', 'unit', 'text'),
    ('职务', 'post', 'text'), ('联系电话', 'phone', 'text'), ('签到日期', 'signed_on', 'zh'),
]


def sheets(county):
    signed = enterprise_attendance(county)
    return [
        Sheet('07科普宣传活动台账.xlsx', '活动', 'event', EVENT_COLUMNS, museum_week() + EVENTS, title='科技宣传活动台账（2019—2020年）',
              under='填报单位：青禾县科学技术局', blank=6, note='备注：流动科技馆在科技活动周期间的参观人次按日单列，整站人次另计。'),
        Sheet('08培训台账.xlsx', '进村培训', 'training', TRAINING_COLUMNS, village_courses(county), title='科技特派员进村培训台账',
              total=('person_times', 'persons', 'women', 'poor')),
        Sheet('08培训台账.xlsx', '其他培训', 'training', TRAINING_COLUMNS, other_courses(signed), blank=4),
        Sheet('09企业培训签到表.csv', '签到', 'attendance', SIGNED, signed, encoding='gbk'),
        Sheet('08培训台账.xlsx', '特派员班签到', 'attendance', SIGNED_ABILITY, ability_attendance(county), title='培训签到表'),
    ]


def museum_week():
    """The travelling museum on each day of the week it was open."""
    return [{'name': f'流动科技馆科技活动周专场（5月{19 + n}日）', 'series': '流动科技馆', 'form': '展览', 'in_week': True,
             'start_on': day(f'2020-05-{19 + n}'), 'end_on': day(f'2020-05-{19 + n}'), 'sessions': 1,
             'place': '县第二中学体育馆', 'level': '县', 'attendees': visitors, 'instruments': 58, 'count_method': '客流计数',
             'counted_on': day('2020-05-27'),
             'state': '已填数'} for n, visitors in enumerate(MUSEUM_WEEK)]


def village_courses(county):
    rng = county.stream('courses')
    days = county.days(rng, day('2019-03-11'), day('2019-11-29'), 64)
    made = [course(rng, village, person, held, rng.randrange(48, 128))
            for (village, person), held in zip(past_pairs(county), days)]
    sizes = split(rng, VILLAGE_PERSONS, 78, 62, 146)
    days = county.days(rng, day('2020-03-23'), day('2020-06-26'), 78)
    places = pairs(county)
    rng.shuffle(places)
    made += [course(rng, village, person, held, size) for (village, person), held, size in zip(places, days, sizes)]
    late = county.days(rng, day('2020-07-01'), day('2020-07-13'), 9)
    made += [course(rng, village, person, held, rng.randrange(40, 110), 2) for (village, person),
             held in zip(places[20:], late)]
    made += [cancelled(village, person) for village, person in places[40:43]]
    made += [without_commissioner(rng, village) for village in county.villages[3:40:9]]
    return made


def course(rng, village, person, held, size, term=1):
    persons = size - rng.randrange(0, 12)
    return {
        'name': f'{village["name"]}{person["topic"]}{"夏季" if term == 2 else ""}培训', 'topics': '农业实用技术',
        'audience': '村民', 'start_on': held, 'end_on': held, 'hours': rng.choice([2, 3, 4]),
        'place': f'{village["name"]}村部', 'village': village['town'] + village['name'], 'commissioner': person['name'],
        'organiser': village['town'], 'person_times': size, 'persons': persons,
        'women': persons * rng.randrange(25, 55) // 100, 'poor': persons * rng.randrange(15, 45) // 100,
        'leaflets': size + rng.randrange(5, 60), 'count_method': '签到表', 'counted_on': after(held, 3), 'state': '已填数',
    }


def cancelled(village, person):
    """Planned for February 2020 and called off: must not be counted."""
    held = day('2020-02-12')
    return {'name': f'{village["name"]}{person["topic"]}冬季培训', 'topics': '实用技术', 'audience': '农民', 'start_on': held,
            'end_on': held, 'place': f'{village["name"]}村部', 'village': village['code'], 'commissioner': person['name'],
            'organiser': village['town'], 'count_method': '签到', 'state': '已取消'}


def without_commissioner(rng, village):
    """Held by the bureau of agriculture: a village course, but not one of a commissioner."""
    held = day('2020-04-15')
    size = rng.randrange(30, 70)
    return {'name': f'{village["name"]}高素质农民培训', 'topics': '农技', 'audience': '村民', 'start_on': held, 'end_on': held,
            'place': f'{village["name"]}小学', 'village': village['code'], 'organiser': '农业农村局', 'person_times': size,
            'persons': size, 'count_method': '签到', 'counted_on': day('2020-04-17'), 'state': '已填数'}


def other_courses(signed):
    """The numbers of the big course are those of its sign-in sheet."""
    present = sum(row['training'] == COURSE for row in signed)
    return [row | {'person_times': present, 'persons': present} if row['name'] == COURSE else row
            for row in OTHER_COURSES]


def enterprise_attendance(county):
    rng = county.stream('attendance')
    firms = county.enterprises[:]
    rng.shuffle(firms)
    made = [signed_in(OLD_COURSE, then(firm), firm['contact'], '办公室主任', '2019-06-11') for firm in firms[30:94]]
    made += [signed_in(IP_SEMINAR, firm, firm['contact'], '知识产权专员', '2020-04-24') for firm in firms[:IP_ENTERPRISES]]
    for firm in firms[:COURSE_ENTERPRISES]:
        made.append(signed_in(COURSE, firm, firm['legal'], '总经理', '2020-06-09'))
        if rng.random() < 0.9:
            made.append(signed_in(COURSE, firm, firm['contact'], '财务负责人', '2020-06-09'))
    made += [signed_in(ACCOUNTING, firm, firm['contact'], '会计', '2020-06-17') for firm in firms[84:114]]
    return made


def then(firm):
    """The firm under the name it had in 2019."""
    return firm | {'name': firm['former'] or firm['name']}


def signed_in(training, firm, name, post, date):
    return {'training': training, 'attendee': name, 'unit': firm['name'], 'enterprise': firm['name'], 'post': post,
            'phone': firm['phone'], 'signed_on': day(date)}


def ability_attendance(county):
    """The commissioners on duty and two leaders of each town."""
    people = [(person['name'], person['unit'], '科技特派员', person['phone']) for _, person in pairs(county)]
    for town in words.TOWNS:
        name, phone = county.liaisons[town]
        head = next(village for village in county.villages if village['town'] == town)
        people += [(name, f'{town}人民政府', '分管负责人', phone),
                   (head['head'], f'{town}{head["name"]}', '村科技联络员', head['phone'])]
    return [{'training': ABILITY, 'attendee': name, 'unit': unit, 'post': post, 'phone': phone,
             'signed_on': day('2020-05-14')}
            for name, unit, post, phone in people]
