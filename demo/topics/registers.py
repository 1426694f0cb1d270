"""Area 0: units, villages, enterprises, persons, documents."""

import datetime

import codes
import county as place
import words
from book import Sheet
from tables import table

UNIT_COLUMNS = [
    ('序号', None, 'serial'), ('单位全称', 'name', 'trail'), ('简称', 'short_name', 'text'),
    ('统一社会信用代码', 'credit_code', 'text'), ('单位类型', 'organisation_kind', 'text'), ('层级', 'level', 'text'),
    ('联系人', 'contact', 'text'), ('联系电话', 'phone', 'text'),
]
VILLAGE_COLUMNS = [
    ('村代码', 'code', 'text'), ('乡镇（街道）', 'town', 'text'), ('村名称', 'name', 'text'), ('乡镇村名', 'full_name', 'text'),
    ('城乡分类', 'urban_rural', 'text'), ('户数（户）', 'households', 'text'), ('人口（人）', 'population', 'text'),
    ('帮扶类别', 'help_kind', 'text'), ('认定日期', 'help_from', 'cell'), ('退出帮扶日期', 'help_to', 'cell'),
    ('出列年份', 'exit_year', 'text'), ('村书记', 'contact', 'text'), ('联系电话', 'phone', 'text'),
]
ENTERPRISE_COLUMNS = [
    ('序号', None, 'serial'), ('企业名称', 'name', 'trail'), ('统一社会\n信用代码', 'credit_code', 'text'),
    ('曾用名', 'former_names', 'text'), ('企业类型', 'enterprise_kind', 'text'), ('乡镇（街道）', 'town', 'text'),
    ('成立时间', 'founded_on', 'mixed'), ('注册资本（万元）', 'capital', 'wan'), ('行业', 'industry', 'text'),
    ('国民经济行业代码', 'industry_code', 'text'), ('主导产品', 'main_products', 'text'), ('入规年度', 'above_scale_from', 'text'),
    ('法人代表', 'legal_person', 'text'), ('联系人', 'contact', 'text'), ('联系电话', 'phone', 'text'),
    ('注销日期', 'deregistered_on', 'mixed'), ('迁出日期', 'moved_out_on', 'mixed'),
]
PERSON_COLUMNS = [
    ('姓 名', 'name', 'text'), ('性别', 'sex', 'text'), ('身份证号', 'id_no', 'text'), ('工作单位', 'unit', 'text'),
    ('学历', 'education', 'text'), ('职称级别', 'title_grade', 'text'), ('学科领域', 'discipline', 'text'),
    ('专长', 'speciality', 'text'), ('手机号码', 'phone', 'text'), ('登录账号', 'account', 'text'),
]
DOCUMENT_COLUMNS = [
    ('序号', None, 'serial'), ('文号', 'doc_no', 'text'), ('文件标题', 'title', 'text'), ('文种', 'document_kind', 'text'),
    ('发文单位', 'issuer', 'text'), ('发文层级', 'level', 'text'), ('成文日期', 'issued_on', 'mixed'),
    ('收文日期', 'received_on', 'mixed'), ('公开属性', 'disclosure', 'text'),
]
DOCUMENTS = table(
    'doc_no title document_kind issuer level issued_on received_on disclosure',
    ('河统〔2019〕27号', '2019年1—4月高新技术产业统计月报', '统计月报', '河州市统计局', '市', '2019-05-21', '2019-05-24', '依申请公开'),
    ('河统〔2020〕11号', '2020年1—2月高新技术产业统计月报', '统计月报', '河州市统计局', '市', '2020-03-23', '2020-03-26', '依申请公开'),
    ('河统〔2020〕19号', '2020年1—3月高新技术产业统计月报', '统计月报', '河州市统计局', '市', '2020-04-22', '2020-04-24', '依申请公开'),
    ('河统〔2020〕25号', '2020年1—4月高新技术产业统计月报', '统计月报', '河州市统计局', '市', '2020-05-20', '2020-05-22', '依申请公开'),
    ('河科〔2019〕6号', '关于下达2019年度科技创新主要指标任务的通知', '通知', '河州市科学技术局', '市', '2019-02-25', '2019-02-27', '依申请公开'),
    ('河科〔2020〕8号', '关于下达2020年度科技创新主要指标任务的通知', '通知', '河州市科学技术局', '市', '2020-02-24', '2020-02-26', '依申请公开'),
    ('青科〔2019〕9号', '关于选派2019年度科技特派员的通知', '通知', '青禾县科学技术局等五部门', '县', '2019-01-21', '', '主动公开'),
    ('青科〔2020〕5号', '关于选派2020年度科技特派员的通知', '通知', '青禾县科学技术局等五部门', '县', '2020-01-16', '', '主动公开'),
    ('青财教〔2020〕14号', '关于拨付2020年度科技特派员工作经费的通知', '通知', '青禾县财政局', '县', '2020-03-18', '2020-03-19', '主动公开'),
    ('禾科农〔2020〕12号', '关于下达2020年度“三区”科技人员选派任务的通知', '通知', '东禾省科学技术厅', '省级', '2020-03-30', '2020-04-07', '主动公开'),
    ('青创组〔2019〕1号', '关于成立青禾县创新型城市建设工作领导小组的通知', '通知', '青禾县委办公室、青禾县政府办公室', '县', '2019-08-12', '2019-08-14', '主动公开'),
    ('青政秘〔2020〕21号', '关于兑现2019年度科技创新奖励资金的批复', '批复', '青禾县人民政府', '县', '2020-04-28', '2020-04-29', '主动公开'),
    ('青政秘〔2019〕18号', '关于兑现2018年度科技创新奖励资金的批复', '批复', '青禾县人民政府', '县', '2019-05-10', '2019-05-13', '主动公开'),
    ('禾高企办〔2020〕7号', '关于组织开展2020年高新技术企业认定工作的通知', '通知', '东禾省高新技术企业认定管理工作领导小组办公室', '省级', '2020-04-20', '2020-04-23',
     '主动公开'),
    ('禾科资〔2020〕31号', '关于开展2019年度全国科普统计调查工作的通知', '通知', '东禾省科学技术厅', '省级', '2020-05-18', '2020-05-21', '主动公开'),
    ('青巡〔2020〕3号', '县委第二巡察组关于巡察县科技局党组的反馈意见', '函', '中共青禾县委巡察工作领导小组办公室', '县', '2020-04-10', '2020-04-10', '不予公开'),
    ('青科〔2020〕17号', '青禾县与云栖县科技结对共建协议', '协议', '青禾县科学技术局、云栖县科学技术局', '县', '2020-05-12', '', '依申请公开'),
    ('青科〔2020〕9号', '2020年度科技工作要点', '通知', '青禾县科学技术局', '县', '2020-03-02', '', '主动公开'),
)

LEVELS = {'河州': '市', '青禾': '县'}


def sheets(county):
    return [
        Sheet('01单位和人员名录.xlsx', '单位', 'organisation', UNIT_COLUMNS, units(county), title='与本局往来单位名录', blank=5),
        Sheet('02行政村名录.xls', '行政村', 'village', VILLAGE_COLUMNS, villages(county), title='青禾县行政村名录',
              under='填报单位：青禾县扶贫开发局    截止日期：2020年1月31日'),
        Sheet('03企业名录.xlsx', '企业', 'enterprise', ENTERPRISE_COLUMNS, enterprises(county), title='青禾县企业名录',
              under='填报单位：青禾县科学技术局        单位：万元', blank=12),
        Sheet('01单位和人员名录.xlsx', '人员', 'person', PERSON_COLUMNS, persons(county)),
        Sheet('04收发文登记簿.xlsx', '2019—2020', 'document', DOCUMENT_COLUMNS, DOCUMENTS, title='收 发 文 登 记 簿', blank=20),
    ]


def units(county):
    made = [{'name': unit['name'], 'short_name': unit['short'], 'credit_code': unit['credit'],
             'organisation_kind': '机关', 'level': '县', 'contact': unit['contact'], 'phone': unit['phone']}
            for unit in county.departments]
    for n, (town, _) in enumerate(county.towns, 1):
        contact, phone = county.liaisons[town]
        made.append({'name': f'{place.NAME}{town}人民政府', 'short_name': town, 'organisation_kind': '乡镇', 'level': '乡镇',
                     'credit_code': codes.credit_code('11', place.DIVISION, f'{500 + n:08d}'), 'contact': contact,
                     'phone': phone})
    for n, (name, kind) in enumerate(words.UNIVERSITIES + words.STATIONS, 1):
        made.append({'name': name, 'organisation_kind': kind, 'level': LEVELS.get(name[:2], '省'),
                     'credit_code': codes.credit_code('12', '349900', f'{n:08d}')})
    return made


def villages(county):
    made = []
    for n, village in enumerate(county.villages):
        row = {'code': village['code'], 'town': village['town'], 'name': village['name'],
               'full_name': village['town'] + village['name'], 'urban_rural': '村庄',
               'population': village['population'], 'households': village['population'] * 10 // 37,
               'contact': village['head'], 'phone': village['phone']}
        if village['served']:
            row |= {'help_kind': '贫困村', 'help_from': datetime.date(2014, 6, 30), 'exit_year': 2016 + n % 4}
        elif village['population'] % 4 == 0:    # helped once, no longer: must not be counted
            row |= {'help_kind': '贫困村', 'help_from': datetime.date(2014, 6, 30), 'exit_year': 2016,
                    'help_to': datetime.date(2018, 12, 31)}
        made.append(row)
    return made


def enterprises(county):
    made = [enterprise(firm) for firm in county.enterprises]
    for n, firm in enumerate(county.closed):
        made.append(enterprise(firm) | ({'deregistered_on': datetime.date(2020, 3, 10 + n)} if n % 2 else
                                        {'moved_out_on': datetime.date(2019, 11, 5 + n)}))
    return made


def enterprise(firm):
    row = {'credit_code': firm['credit'], 'name': firm['name'], 'enterprise_kind': '有限公司', 'town': firm['town'],
           'founded_on': firm['founded'], 'capital': firm['capital'], 'industry': firm['industry'],
           'industry_code': firm['industry_code'], 'main_products': firm['product'], 'legal_person': firm['legal'],
           'contact': firm['contact'], 'phone': firm['phone']}
    if firm['above_scale']:
        row['above_scale_from'] = min(firm['founded'].year + 2, 2019)
    if firm['former']:
        row['former_names'] = firm['former']
    return row


def persons(county):
    """The first is a reviewer who signs in."""
    made = [{name: value for name, value in person.items() if name != 'topic' and value} for person in county.people]
    return [made[0] | {'account': 'zhuanjia'}] + made[1:]
