"""Areas 14 and 15: partner counties, liaison points, visits, problems of firms; rectification and meetings."""

import county as place
from book import Sheet
from tables import after, day, table

FILE = '24结对共建和企业走访.xlsx'
PARTNER_COLUMNS = [
    ('结对单位', 'partner', 'text'), ('依据文件', 'basis', 'text'), ('签约日期', 'agreed_on', 'zh'), ('协议截止日期', 'ends_on', 'zh'),
    ('对方联系人', 'contact', 'text'), ('年度计划项目', 'year_items', 'text'), ('结束日期', 'ended_on', 'zh'),
]
PARTNERS = table(
    'partner basis agreed_on ends_on contact year_items ended_on',
    (place.PARTNER, '青科〔2020〕17号', '2020-05-12', '2023-05-11', '云栖县科技局办公室',
     '2020|培训|互派科技管理人员培训|50000|已互访一次\n2020|产业合作|共建特色薯类加工示范线|300000', ''),
    ('临川桥县', '', '2016-06-20', '2019-06-19', '', '', '2019-06-19'),
    ('东岭县', '', '2020-07-10', '2023-07-09', '东岭县科技局成果股', '', ''),
)
POINT_COLUMNS = [
    ('联系点', 'name', 'text'), ('联系点类型', 'kind', 'text'), ('乡镇', 'town', 'text'), ('所在村', 'village', 'text'),
    ('责任领导', 'leader', 'text'), ('包保人员', 'team', 'text'), ('开始日期', 'from_on', 'dot'), ('包保结束日期', 'ended_on', 'dot'),
    ('帮扶项目数（个）', 'projects', 'text'), ('培训期数（期）', 'trainings', 'text'), ('物资折款（元）', 'goods', 'text'),
]
VISIT_COLUMNS = [
    ('序号', None, 'serial'), ('走访企业', 'enterprise', 'text'), ('走访日期', 'visited_on', 'mixed'),
    ('走访内容', 'title', 'text'), ('活动名称', 'campaign', 'text'), ('走访方式', 'method', 'text'), ('带队领导', 'leader', 'text'),
    ('走访人员', 'team', 'text'), ('参加人数', 'participants', 'text'), ('宣讲政策', 'policies', 'text'),
    ('企业诉求', 'needs', 'text'),
]
ASKED_COLUMNS = [
    ('企业名称', 'enterprise', 'text'), ('问题', 'title', 'text'), ('问题类别', 'type', 'text'), ('解决层级', 'level', 'text'),
    ('责任单位', 'unit', 'text'), ('提出日期', 'collected_on', 'slash'), ('交办日期', 'assigned_on', 'slash'),
    ('办理期限', 'due_on', 'slash'), ('答复日期', 'replied_on', 'slash'), ('办理情况', 'reply', 'text'),
    ('回访日期', 'called_back_on', 'slash'), ('是否满意', 'satisfied', 'yesno'), ('办结日期', 'closed_on', 'slash'),
]
# kind, what the firm asks, who is to answer
ASKED = [
    ('融资', '流动资金贷款续贷周期长', '财政局'), ('用工', '熟练焊工招聘困难', '人社局'), ('用地', '二期厂房用地指标未落实', '自然资源局'),
    ('科研', '产品检测设备不足', '科技局'), ('政策', '上年度奖励资金未到账', '科技局'), ('审批', '环评手续办理慢', '生态环境分局'),
    ('人才', '缺少研发带头人', '科技局'), ('市场', '产品进入政府采购目录难', '财政局'),
]
FINDING_COLUMNS = [
    ('来源', 'source', 'text'), ('轮次', 'round', 'text'), ('序号', 'problem_no', 'text'), ('反馈问题', 'title', 'text'),
    ('整改类型', 'stage', 'text'), ('责任领导', 'leader', 'text'), ('责任股室', 'section', 'text'), ('整改措施', 'measures', 'text'),
    ('完成时限', 'due_on', 'zh'), ('整改情况', 'progress', 'text'), ('反馈日期', 'fed_back_on', 'zh'),
    ('整改方案日期', 'planned_on', 'zh'), ('开始整改日期', 'started_on', 'zh'), ('自查完成日期', 'self_closed_on', 'zh'),
    ('自查人', 'self_checked_by', 'text'), ('销号日期', 'verified_on', 'zh'), ('验收人', 'verified_by', 'text'),
    ('整改报告上报日期', 'reported_on', 'zh'),
]
ROUND, AUDIT = '十三届县委第六轮巡察', '2018年度预算执行审计'
# title, stage, section, measure, due, self-closed, verified
FINDINGS = [
    ('党组中心组学习计划性不强', '立行立改', '办公室', '制定年度学习计划', '2020-05-10', '2020-05-08', '2020-05-20'),
    ('党组会议记录不规范', '立即整改', '办公室', '统一记录格式并专人负责', '2020-05-10', '2020-05-09', '2020-05-20'),
    ('科技奖励资金兑现周期长', '限期', '成果股', '修订兑现流程，压缩审核时限', '2020-07-31', '2020-06-24', ''),
    ('特派员管理考核不严', '限期整改', '农社股', '出台管理办法，按季督查', '2020-06-30', '2020-06-12', '2020-06-28'),
    ('项目验收材料归档不及时', '限期整改', '计划股', '补齐近三年验收档案', '2020-06-30', '', ''),
    ('公务接待审批单填写不全', '立行立改', '办公室', '补充审批手续，完善制度', '2020-05-10', '2020-05-07', '2020-05-20'),
    ('固定资产账实不符', '限期整改', '办公室', '全面清查并调账', '2020-08-31', '', ''),
    ('基层科普阵地建设不足', '长期', '农社股', '每年新建科普示范点', '2020-10-10', '', ''),
    ('干部教育培训不够', '长期坚持', '办公室', '每月组织一次业务学习', '2020-10-10', '', ''),
]
MEETING_COLUMNS = [
    ('会议类别', 'type', 'text'), ('会议主题', 'title', 'text'), ('召开日期', 'held_on', 'mixed'), ('所属年度', 'of_year', 'text'),
    ('会议地点', 'place', 'text'), ('主持人', 'chair', 'text'), ('应到人数', 'expected', 'text'), ('实到人数', 'attended', 'text'),
    ('缺席人员及原因', 'absent', 'text'), ('学习内容', 'topics', 'text'), ('议定事项', 'decisions', 'text'),
]
MEETINGS = [
    ('局党组会', '研究2019年度奖励兑现审核结果', '2020-03-30', '奖励兑现', '同意审核结果，报县政府审定'),
    ('党组会', '学习上级关于科技创新的部署', '2020-01-14', '传达学习', '制定年度工作要点'),
    ('党组会议', '研究巡察反馈意见整改方案', '2020-04-24', '巡察整改', '审定整改清单'),
    ('党组会', '研究第二批奖励兑现', '2020-06-05', '奖励兑现', '同意公示'),
    ('党员大会', '一季度支部党员大会', '2020-03-20', '支部建设', '通过发展党员计划'),
    ('支部党员大会', '二季度支部党员大会', '2020-06-19', '支部建设', '开展结对帮扶活动'),
    ('党课', '“七一”专题党课', '2020-06-30', '党史学习', ''),
    ('中心组学习', '党组理论学习中心组第一次学习', '2020-02-28', '疫情防控与复工复产', ''),
    ('理论学习中心组学习', '党组理论学习中心组第二次学习', '2020-05-29', '脱贫攻坚', ''),
    ('民主生活会', '2019年度民主生活会', '2020-01-17', '查摆问题', '形成整改清单'),
    ('组织生活会', '2019年度组织生活会', '2020-03-06', '民主评议党员', ''),
    ('局务会', '上半年工作调度会', '2020-06-12', '工作调度', '各股室核对台账'),
    ('动员会', '四送一服专项行动部署会', '2020-02-21', '企业服务', '分组包联'),
    ('党组会', '研究2018年度奖励兑现', '2019-04-08', '奖励兑现', '同意审核结果'),
    ('局务会', '2019年上半年工作调度会', '2019-06-14', '工作调度', ''),
    ('党组会', '研究下半年工作打算', '2020-07-08', '工作打算', ''),
]


def sheets(county):
    visited = visits(county)
    return [
        Sheet(FILE, '结对共建', 'partner_county', PARTNER_COLUMNS, PARTNERS),
        Sheet(FILE, '包保联系点', 'liaison_point', POINT_COLUMNS, points(county), title='局领导包保联系点一览表'),
        Sheet(FILE, '走访记录', 'enterprise_visit', VISIT_COLUMNS, visited, title='“四送一服”企业走访台账', blank=10),
        Sheet(FILE, '企业问题', 'visit_problem', ASKED_COLUMNS, asked(county, visited), title='企业问题办理台账'),
        Sheet('25巡察整改和会议.xlsx', '整改清单', 'inspection_finding', FINDING_COLUMNS, findings(county), title='巡察反馈问题整改清单',
              under='中共青禾县科学技术局党组'),
        Sheet('25巡察整改和会议.xlsx', '会议', 'meeting', MEETING_COLUMNS, meetings(county), title='会议登记簿', blank=10),
    ]


def points(county):
    served, leaders = county.served, [name for name, _ in county.staff[:4]]
    made = [{'name': f'{town}联系点', 'kind': '乡镇', 'town': town, 'leader': leaders[n], 'team': county.staff[n + 4][0],
             'from_on': day('2019-03-04'), 'projects': n, 'trainings': n + 1}
            for n, (town, _) in enumerate(county.towns[:2])]
    for n, village in enumerate((served[4], served[31], served[50])):
        made.append({'name': f'{village["name"]}联系点', 'kind': '村', 'town': village['town'],
                     'village': village['code'], 'leader': leaders[n], 'team': county.staff[n + 6][0],
                     'from_on': day('2018-04-10'), 'projects': 2, 'trainings': 3,
                     'goods': 4600 + n * 800})
    made[-1]['ended_on'] = day('2020-01-20')
    made.append({'name': f'{county.enterprises[5]["name"]}联系点', 'kind': '企业', 'town': county.enterprises[5]['town'],
                 'leader': leaders[3],
                 'team': county.staff[9][0], 'from_on': day('2020-02-24'), 'projects': 1})
    return made


def visits(county):
    rng, made = county.stream('visits'), {}
    for first, last, count in (('2019-02-18', '2019-12-20', 64), ('2020-02-24', '2020-06-29', 72),
                               ('2020-07-01', '2020-07-13', 6)):
        for date in county.days(rng, day(first), day(last), count):
            firm = county.enterprises[rng.randrange(90)]
            leader, _ = county.staff[rng.randrange(4)]
            made[firm['name'], date] = {
                'enterprise': firm['name'], 'visited_on': date, 'title': f'走访{firm["name"][2:-4]}（{date:%Y%m%d}）',
                'campaign': rng.choice(['四送一服', '“四送一服”', '日常走访']), 'method': rng.choice(['实地走访', '上门', '座谈']),
                'leader': leader, 'team': '、'.join(name for name, _ in county.staff[4:7]),
                'participants': rng.randrange(3, 9),
                'policies': rng.choice(['科技创新奖励办法', '研发费用加计扣除', '高新技术企业税收优惠', '科技型中小企业评价'])}
    return list(made.values())


def asked(county, visited):
    rng, made = county.stream('asked'), []
    for n, visit in enumerate(visited[::4]):
        kind, title, unit = ASKED[n % len(ASKED)]
        collected = visit['visited_on']
        row = {'enterprise': visit['enterprise'], 'title': f'{title}（{collected:%Y%m}）', 'type': kind,
               'level': rng.choice(['县', '县级', '市']), 'unit': unit, 'collected_on': collected,
               'assigned_on': after(collected, 2),
               'due_on': after(collected, 16)}
        back = after(collected, 20)
        if n % 6 != 5 and back <= place.TODAY:
            row |= {'replied_on': after(collected, 12), 'reply': '已与主管部门会商并答复企业'}
            if n % 3 == 0:
                row |= {'called_back_on': back, 'satisfied': n % 9 != 3}
                if row['satisfied']:
                    row['closed_on'] = after(back, 1)
        made.append(row)
    return made


def findings(county):
    made = []
    for n, (title, stage, section, measures, due, closed, verified) in enumerate(FINDINGS, 1):
        row = {'source': '巡察', 'round': ROUND, 'problem_no': str(n), 'title': title, 'stage': stage,
               'leader': county.staff[n % 4][0], 'section': section, 'measures': measures, 'due_on': day(due),
               'fed_back_on': day('2020-04-10'), 'planned_on': day('2020-04-27'),
               'started_on': day('2020-04-29'), 'reported_on': day('2020-06-08')}
        if closed:
            row |= {'self_closed_on': day(closed), 'self_checked_by': county.staff[4][0], 'progress': '已完成并自查'}
        if verified:
            row |= {'verified_on': day(verified), 'verified_by': county.staff[10][0]}
        made.append(row)
    made.append({'source': '审计', 'round': AUDIT, 'problem_no': '1', 'title': '结余资金未及时上缴', 'stage': '限期整改',
                 'leader': county.staff[0][0], 'section': '办公室', 'measures': '核对结余并上缴国库', 'due_on': day('2019-09-30'),
                 'fed_back_on': day('2019-06-25'), 'planned_on': day('2019-07-05'), 'started_on': day('2019-07-08'),
                 'self_closed_on': day('2019-08-30'), 'self_checked_by': county.staff[4][0], 'progress': '已全部上缴',
                 'verified_on': day('2019-09-18'),
                 'verified_by': county.staff[10][0]})
    return made


def meetings(county):
    made = []
    for n, (kind, title, held, topics, decisions) in enumerate(MEETINGS):
        full = 14 if '党' in kind else 22
        row = {'type': kind, 'title': title, 'held_on': day(held), 'place': '局二楼会议室', 'chair': county.staff[n % 4][0],
               'expected': full,
               'attended': full - n % 3, 'topics': topics}
        if n % 3:
            row['absent'] = f'{county.staff[5 + n % 6][0]}等{n % 3}人因公出差'
        if decisions:
            row['decisions'] = decisions
        if '2019年度' in title:
            row['of_year'] = 2019
        made.append(row)
    return made
