/* check/test-check.c: what the grammar takes for a number, and what it makes of it. Needs no store. */
#include "check/test-text.h"

/* The claims of a text: "1500 人次 exact count; …". */
static const char *claims_of(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, text);
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_claims; i++) {
        const Claim *claim = &checked->claims[i];
        char value[DECIMAL_SIZE];
        decimal_format(claim->value, value);
        buf_printf(&out, "%s%s%s %s %s", i ? "; " : "", value, claim->unit, bound_name(claim->bound),
                   claim_kind_name(claim->kind));
    }
    return buf_text(&out);
}

static const char *remarks_of(const void *ctx, const char *text) {
    const Checked *checked = check(ctx, text);
    Buf out = BUF_INIT(ctx);
    for (size_t i = 0; i < checked->n_remarks; i++) buf_printf(&out, "%s%s", i ? "; " : "", checked->remarks[i].code);
    return buf_text(&out);
}

static void numbers_are_read(void **state) {
    (void)state;
    static const Case cases[] = {
        {"参加1500名。", "1500名 exact count"},
        {"参加12,460人次。", "12460人次 exact count"},
        {"发放1.2万余份。", "12000份 over count"},
        {"投入3.5亿元。", "350000000元 exact money"},
        {"拨付150余万元。", "1500000元 over money"},
        {"新增四十三家。", "43家 exact count"},
        {"培训两万余人次。", "20000人次 over count"},
        {"登记一千二百项。", "1200项 exact count"},
        {"参加一千零五十人。", "1050人 exact count"},
        {"共三万五人次。", "35000人次 exact count"},
        {"新建三四十个。", "30个 about count"},
        {"占百分之二点四。", "2.4% exact percent"},
        {"提高零点三个百分点。", "0.3个百分点 exact points"},
        {"近七成企业受益。", "70% near percent"},
        {"占意向金额的七成五。", "75% exact percent"},
        {"县十七届人大二次会议第46号建议。", ""},
        {"表1　项目支出情况表", ""},
        {"总数翻了两番。", "4倍 exact other"},
        {"过半企业参与。", "50% over percent"},
        {"节电460万千瓦时。", "4600000千瓦时 exact other"},
        {"经费１，５００万元。", "15000000元 exact money"},
        {"经费1 560 000元。", "1560000元 exact money"},
        {"培训 1. 5 万人次。", "15000人次 exact count"},
    };
    ASSERT_CASES(cases, claims_of)
}

static void bounds_are_read(void **state) {
    (void)state;
    static const Case cases[] = {
        {"近百家企业。", "100家 near count"},
        {"上千人次参观。", "1000人次 at_least count"},
        {"十余家企业。", "10家 over count"},
        {"不少于20家。", "20家 at_least count"},
        {"3.6%以上。", "3.6% at_least percent"},
        {"不足50人。", "50人 less count"},
        {"约15家左右。", "15家 about count"},
        {"近1000多人次。", "1000人次 near count"},
        {"连续三年进位，五年增加40家。", "3年 exact count; 5年 exact count; 40家 exact count"},
        {"目前4个平台在建。", "4个 exact count"},
        {"解读率百分之百。", "100% exact percent"},
        {"最近100家企业。", "100家 exact count"},
        {"节约15万元。", "150000元 exact money"},
        {"比上年的12家多出6家。", "12家 exact count; 6家 exact count"},
        {"培育20—30家。", "20家 at_least count; 30家 at_most count"},
        {"完成63%~68%。", "63% at_least percent; 68% at_most percent"},
        {"由25家增加到35家。", "25家 exact count; 35家 exact count"},
        {"居全市第2位。", "2 exact rank"},
        {"位居全市首位。", "1 exact rank"},
        {"由全市第六位升至第四位。", "6 exact rank; 4 exact rank"},
        {"进入全市前三。", "3 at_most rank"},
    };
    ASSERT_CASES(cases, claims_of)
}

static void names_and_times_are_no_claims(void **state) {
    (void)state;
    static const char *const texts[] = {
        "2020年6月30日，1—6月，第一季度，2018—2020年，近三年，为期3个月。",
        "皖科〔2022〕15号，第三条第（二）款，第一批，二等奖，三级甲等医院。",
        "“十四五”期间，四送一服“双千工程”，一核两翼，三会一课，一企一策。",
        "《人才新政二十四条》，GB/T 9704—2012，5G，A4纸，Z7车间，K12项目，T3类。",
        "一、工作开展情况\n（一）主要做法\n1.抓统筹。\n①抓落实",
        "电话：0558-1234567，手机13800000000，邮编236000，24小时值班。",
        "过去的一年，近三年来，一年之内，三年行动计划，三个“不够”。",
        "一家家走访，和班子成员一道，全市第一位院士，首位专家。",
        "一方面，另一个方面，每一家企业，形成一批成果，十分重要，统一思想，万众创新。",
        "首页 > 信息公开 > 正文\n发布时间：2020-07-08 浏览次数：1234次 字号：大 中 小",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        assert_string_equal(claims_of(ctx, texts[i]), "");
    }
}

static void damaged_text_is_read(void **state) {
    (void)state;
    static const Case cases[] = {
        {"培育高新技術企業(yè)20餘家，佔全縣(xiàn)85%。", "20家 over count; 85% exact percent"},
        {"共有 15 家 企业。", "15家 exact count"},
    };
    ASSERT_CASES(cases, claims_of)
}

static void places_are_those_of_the_text_as_given(void **state) {
    (void)state;
    MEM_SCRATCH ctx = talloc_new(NULL);
    const Checked *checked = check(ctx, "企業(yè)１５ 餘家。");
    assert_int_equal(checked->n_claims, 1);
    assert_int_equal(checked->claims[0].start, 6);
    assert_int_equal(checked->claims[0].end, 11);
    assert_string_equal(checked->claims[0].text, "15余家");
}

static void arithmetic_is_tested(void **state) {
    (void)state;
    static const Case cases[] = {
        {"登记29家，其中通过公示17家、在审12家。", "sum 17+12=29"},
        {"登记30家，其中通过公示17家、在审12家。", "sum 17+12≠30"},
        {"特派员78名，其中高级职称20名、中级职称35名。", ""},
        {"登记29家（通过公示17家、在审12家）。", "sum 17+12=29"},
        {"登记成果170件，占年度目标200件的85%。", "share 170÷200=85%"},
        {"登记成果170件，占年度目标200件的75%。", "share 170÷200≠75%"},
        {"选派78名特派员，每人2万元，共156万元。", "product 20000×78=1560000"},
        {"选派78名特派员，每人2万元，共186万元。", "product 20000×78≠1860000"},
        {"拨付3120万元，支持企业164家，平均每家19万元。", "product 190000×164=31200000"},
        {"拨付3120万元，支持企业164家，平均每家18万元。", "product 180000×164≠31200000"},
        {"发放贷款7.3亿元、惠及企业126家，户均579万元。", "product 5790000×126=730000000"},
        {"有效高企35家，比上年的25家增加10家。", "sum 25+10=35"},
        {"企业由25家增加10家至36家。", "sum 25+10≠36"},
        {"登记科技成果170件。\n170件科技成果中有发明。", "same 170=170"},
        {"目标100项，完成86项，完成率96%。", "share 86÷100≠96%"},
    };
    ASSERT_CASES(cases, relations_of)
}

/* Each rule three times: it holds, it fails, and what only looks like it says nothing. */
static void lists_are_added_up(void **state) {
    (void)state;
    static const Case cases[] = {
        {"合同135项，按方向分，卖出52项、买进83项，按类别分，开发71项、转让12项、服务52项。",
         "sum 52+83=135; sum 71+12+52=135"},
        {"全县一共146家。分几种情况：通过的97家，在审的38家，补正的9家。", "sum 97+38+9≠146"},
        {"入库310家。按行业看，制造业占六成，约186家。", ""},
        {"建议12件，已经解决的8件，逐步解决的2件，留作参考的2件。", "sum 8+2+2=12"},
        {"建议12件，已经解决的8件，逐步解决的3件，留作参考的2件。", "sum 8+3+2≠12"},
        {"企业120家，有研发活动的78家，有发明专利的52家，有商标的30家。", ""},
        {"平台48个，国家级1个，省级11个，市级36个。", "sum 1+11+36=48"},
        {"平台47个，国家级1个，省级11个，市级36个。", "sum 1+11+36≠47"},
        {"平台147个，国家级1个，省级11个，市级36个。", ""},
        {"专家120人，男90人，女30人。", "sum 90+30=120"},
        {"专家120人，男90人，女40人。", "sum 90+40≠120"},
        {"高企110家，首次认定28家，重新认定30家。", ""},
        {"达到37家，既有重新认定的15家，也有首次认定的22家，总量94家。", "sum 15+22=37"},
        {"合同2140项，成交86亿元，其中输出980项、32亿元，吸纳1160项、54亿元。",
         "sum 980+1160=2140; sum 3200000000+5400000000=8600000000"},
        {"一季度8家，二季度12家，三季度10家，四季度6家，全年36家。", "sum 8+12+10+6=36"},
        {"争取资金1260万元。中央300万元、省级660万元、市级300万元。", "sum 3000000+6600000+3000000=12600000"},
        {"奖补800万元，其中企业520万元（含首次认定300万元）、平台280万元。", "sum 5200000+2800000=8000000"},
        {"预算2000万元。已付款1890万元，执行率不低，结余110万元。", "sum 18900000+1100000=20000000"},
        {"问题12个，整改10个，尚有3个未整改。", "sum 10+3≠12"},
        {"预算2000万元。已付款1890万元。另一项目结余120万元。", ""},
        {"经费412万元，比上年的386万元增加26万元，其中拨款320万元，占比不低；自筹72万元；捐赠20万元。",
         "sum 3200000+720000+200000=4120000; sum 3860000+260000=4120000"},
        {"高企180家，其中规上企业120家、专精特新企业85家。", ""},
        {"第一批320万元，第二批180万元，共510万元（含上年结转10万元）。", ""},
        {"6个乡镇建成示范点2个、3个、1个、4个、2个、3个。", ""},
        {"讲座320次，听众4.8万人次；展览46次，观众6.9万人次；竞赛25次，选手3.2万人次。三类活动391次，共14.9万人次。",
         "sum 320+46+25=391; sum 48000+69000+32000=149000"},
        {"技术合同52项、1.04亿元，单项均额200万元：卖方在本区20项、0.46亿元，买方在本区32项、0.58亿元。",
         "sum 20+32=52; sum 46000000+58000000=104000000; product 2000000×52=104000000"},
        {"反馈问题19个，制定措施57条，已销号16个，剩余4个年底前整改。", "sum 16+4≠19"},
        {"再拨付3000万元，加上已拨付的2700万元，全年达到5700万元。", "sum 30000000+27000000=57000000"},
        {"一等奖1项、二等奖3项、三等奖6项，共10个奖项。", "sum 1+3+6=10"},
        {"认定438家，完成任务（400家）的109.5%，其中首次251家，重新187家。", "sum 251+187=438; share 438÷400=109.5%"},
        {"平台92个，包括中心41个、工作站5个等，省级以上37个。", ""},
        {"9项指标，7项达到进度，2项滞后。", "sum 7+2=9"},
        {"登记合同41项、成交额1.27亿元。按流向分，输出14项、0.39亿元，吸纳27项、0.88亿元。",
         "sum 14+27=41; sum 39000000+88000000=127000000"},
        {"在岗70名，每人2万元，计140万元；到岗10名，每人1万元，计10万元。两项合计150万元。",
         "sum 100000+1400000=1500000; product 20000×70=1400000; product 10000×10=100000"},
    };
    ASSERT_CASES(cases, relations_of)
}

static void rests_are_added_up(void **state) {
    (void)state;
    static const Case cases[] = {
        {"反馈问题12个。已销号9个，销号率75%，其余3个正在整改。", "sum 9+3=12; share 9÷12=75%"},
        {"反馈问题12个。已销号9个，销号率75%，其余4个正在整改。", "sum 9+4≠12; share 9÷12=75%"},
        {"安排185万元，已拨付129万元，其中研发91万元、惠农38万元；其余56万元待拨付。",
         "sum 910000+380000=1290000; sum 1290000+560000=1850000"},
        {"登记成果96件。\n成果登记距160件的任务还差64件。", "sum 96+64=160"},
        {"收集问题80个，办结72个；征集难题64个。没有办结的8个问题逐一销号。", "sum 72+8=80"},
        {"登记成果96件。\n走访企业距160家的任务还差64家。", ""},
    };
    ASSERT_CASES(cases, relations_of)
}

static void changes_are_added_up(void **state) {
    (void)state;
    static const Case cases[] = {
        {"兑现528万元，惠及66家，去年同期兑现480万元，多兑现48万元。", "sum 4800000+480000=5280000"},
        {"比重2.4%，比2016年提高1.1个百分点，当年为1.3%。", "sum 1.3+1.1=2.4"},
        {"比重2.4%，比2016年提高1.1个百分点，当年为1.2%。", "sum 1.2+1.1≠2.4"},
        {"企业由96家减至89家，减少8家。", "sum 89+8≠96"},
        {"投放85笔；较去年同期的62笔增加23笔。", "sum 62+23=85"},
        {"投放85笔；较去年同期的62笔增加13笔。", ""},
        {"高企减少10家，增减相抵，由95家增加到112家，净增17家。", "sum 95+17=112"},
        {"由62家增加到78家，其中新增20家、退出4家。", ""},
        {"占比2.4%，比上年2.1%提高0.3个百分点，增长14.3%。", "sum 2.1+0.3=2.4"},
        {"活动58次、群众2.6万人次，比上年减少4次、0.3万人次，上年为62次、2.9万人次。",
         "sum 58+4=62; sum 26000+3000=29000"},
        {"有效高企只有58家。\n高企净增10家，总数达到68家。", "sum 58+10=68"},
        {"有效高企312家，较年初减少3家；年初为315家。", "sum 312+3=315"},
        {"筹建院士工作站4个、博士后工作站9个，较去年同期分别增加1个、3个。", ""},
        {"有效高企63家，年均增加9家，其中重新认定54家。", ""},
    };
    ASSERT_CASES(cases, relations_of)
}

static void shares_and_products_are_tested(void **state) {
    (void)state;
    static const Case cases[] = {
        {"企业240家中开展研发的只有132家，覆盖率55%。", "share 132÷240=55%"},
        {"企业240家中开展研发的只有132家，覆盖率58%。", "share 132÷240≠58%"},
        {"走访企业150家，解决问题86个，解决率92%。", ""},
        {"任务20家，认定24家，完成率120%。", "share 24÷20=120%"},
        {"任务20家，认定24家，完成率102%。", "share 24÷20≠102%"},
        {"任务20家，认定24家，全市平均完成率102%。", ""},
        {"筹集520万元，上年490万元。使用498万元，用于活动。使用率提高，达到95.8%。", "share 4980000÷5200000=95.8%"},
        {"服务村1032个，覆盖率86%，全市行政村1200个。", "share 1032÷1200=86%"},
        {"安排800万元，付出412万元，给企业230万元，给平台182万元。用掉了一半多。",
         "sum 2300000+1820000=4120000; share 4120000÷8000000=50%"},
        {"资金860万元，惠及企业43家，户均20万元。", "product 200000×43=8600000"},
        {"资金860万元，惠及企业43家，户均25万元。", "product 250000×43≠8600000"},
        {"对首次认定的25家每家奖励20万元，对重新认定的30家每家奖励10万元，合计800万元。", ""},
        {"经费每人2万元，共186万元。培训96人。", ""},
        {"每个团队最高支持100万元，8个团队共支持620万元。", ""},
        {"每期50人，共12期，实际参训580人。", ""},
        {"人均30天，80名特派员服务2380天。", "product 30×80=2380"},
        {"申报120家，通过96家，其中首次申报通过率70%。", ""},
        {"成交3.26亿元，其中吸纳的占六成多，有2.05亿元。", "share 205000000÷326000000=60%"},
        {"人口50万人。\n科普活动丰富。\n人均4.6元，经费230万元。", "product 4.6×500000=2300000"},
        {"办班48期，每期40人，1920名农民学会。", "product 40×48=1920"},
        {"企业1086家，开发区880家，占八成。", "share 880÷1086=80%"},
        {"企业1086家，开发区575家，占六成。", "share 575÷1086≠60%"},
        {"企业83家，其中规下31家，超过三分之一。", "share 31÷83=33.33%"},
        {"支出5280万元，预算6000万元，支出进度88%。", "share 52800000÷60000000=88%"},
        {"特派员105人，下乡2520人次，人均24次。", "product 24×105=2520"},
        {"兑现95项、1900万元，单项平均25万元，惠及企业71家。", "product 250000×95≠19000000"},
        {"公示通过58家，不到提交数的一半，提交133家。", ""},
        {"提交133家，公示通过58家，不到提交数的一半。", "share 58÷133=50%"},
        {"——已兑现1900万元；\n——预算3800万元，执行率50%。", "share 19000000÷38000000=50%"},
        {"成果200件，企业、高校完成150件、50件，分别占75%和27%。",
         "sum 150+50=200; share 150÷200=75%; share 50÷200≠27%"},
        {"收集问题50个，已办结45个，正在办理5个，办结率93%。", "sum 45+5=50; share 45÷50≠93%"},
        {"发放问卷400份，收回360份，回收率92%。", "share 360÷400≠92%"},
        {"规上企业31家没有研发，占规上企业总数的近三成。\n申报106家。", ""},
    };
    ASSERT_CASES(cases, relations_of)
}

static void numbers_come_back(void **state) {
    (void)state;
    static const Case cases[] = {
        {"特派员共14名。\n14名特派员已到村。", "same 14=14"},
        {"特派员共14名。\n新建示范户14户。", ""},
        {"将528万元打到账上。\n五百二十八万元花在刀刃上。", "same 5280000=5280000"},
        {"全年科普活动88场。\n上述88场科普活动效果好。", "same 88=88"},
        {"全年科普活动88场。\n上述86场科普活动效果好。", "same 88≠86"},
        {"全年科普活动88场，其中广场12场。\n上述12场科普活动效果好。", "same 12=12"},
        {"新签约项目16个。\n16个项目签约落户。", "same 16=16"},
        {"新签约项目16个。\n16个村参加。", ""},
        {"特派员66名。\n特派员走进66个村。", ""},
        {"县里的成果目标110件。\n登记成果110件。", ""},
        {"8项指标中，6项达到进度，2项滞后。", "sum 6+2=8"},
        {"236家高企分布在哪里？\n电子92家、装备71家、医药40家、材料33家。", "sum 92+71+40+33=236"},
        {"拨付430万元，完成目标的43%，其中高企210万元、研发150万元、平台90万元。",
         "sum 2100000+1500000+900000≠4300000"},
        {"年底高企78家。\n78家里面，过亿的不多。", "same 78=78"},
        {"成交额3.6亿元；其中吸纳2.1亿元、输出1.5亿元。", "sum 210000000+150000000=360000000"},
        {"登记成果170件。\n邻县登记成果170件，纯属巧合。", ""},
        {"抽查24个项目，4个项目滞后。\n上述22个项目要抓紧。", "same 24≠22"},
        {"抽查24个项目。\n上述3个项目要抓紧。", ""},
        {"五、特派员。在册28名。\n28名特派员扎根一线。", "same 28=28"},
        {"五、示范户。在册28名。\n28名特派员扎根一线。", ""},
        {"兼职的910人。\n910名兼职人员流动大。", "same 910=910"},
        {"尚有2个问题未销号。\n\n下一步，剩余2个问题一季度销号。", "same 2=2"},
        {"尚有2个问题未销号。\n\n下一步，再引进2个团队。", ""},
        {"有效高企312家。\n310家高企撑起半壁江山。", "same 312≠310"},
        {"有效高企312家。\n110家高企撑起半壁江山。", ""},
        {"有效高企312家。\n组织310家高企参加培训。", ""},
        {"▶ 112家\n有效高企达到112家。", "same 112=112"},
    };
    ASSERT_CASES(cases, relations_of)
}

static void slips_are_remarked(void **state) {
    (void)state;
    static const Case cases[] = {
        {"接待参观近1000多人次。", "contradictory-bound"},
        {"增速排名第一。", "rank-without-field"},
        {"增速居全市第一。", ""},
        {"研发投入占比3.6%，同比增长15%。", "growth-without-base"},
        {"研发投入占比3.6%，同比提高0.4%。", "percent-for-points"},
        {"研发投入占比3.6%，同比提高0.4个百分点。", ""},
        {"落实《科技创新奖励办法》，修订《科技创新奖办法》。", "name-drift"},
        {"落实《某省促进条例》，修订《某市促进条例》。", ""},
        {"培训群众8136人。\n培训群众8136人次。", "unit-drift"},
        {"广场来了900名群众。\n来到广场的900人次群众中有职工。", "unit-drift"},
        {"广场来了900名群众。\n来到广场的900人群众中有职工。", ""},
        {"增速排全市第三，总量位列第二。", ""},
        {"研发强度由1.9%提高到2.1%，提高0.2%。", "percent-for-points"},
        {"实施英才汇聚工程。\n英才集聚工程成效初显。", "name-drift"},
        {"乡土科技人才培育工程。\n乡土科技人才培养工程。", "name-drift"},
        {"实施科技创新工程。\n科技创业工程成效初显。", ""},
        {"2021年上半年总结\n1—4月研发费用2.15亿元。\n上半年研发费用2.15亿元。", "period-narrower"},
        {"2021年上半年总结\n1—4月研发费用2.15亿元。\n上半年研发费用3.15亿元。", ""},
        {"上半年引进团队5个，计划再引进4个，今年共引进团队9个。", "plan-and-done-added"},
        {"建议12件，已经解决的8件，列入计划解决的2件，留作参考的2件。", ""},
    };
    ASSERT_CASES(cases, remarks_of)
}

/* Bounded in time and memory, whatever comes. */
static void hostile_text_ends(void **state) {
    (void)state;
    static const char *const pieces[] = {"9",
                                         "（",
                                         "一",
                                         "1—",
                                         "《",
                                         "20—30家，",
                                         "其中1家、",
                                         "万",
                                         "“一",
                                         "第",
                                         "每人1元共1元，",
                                         "按分，1家",
                                         "其余1家，",
                                         "上述20家企业，",
                                         "甲乙丙丁工程、",
                                         "使用率1%，1家，",
                                         "比1家增加1家，",
                                         "多办1家。",
                                         "1家1家共1家；",
                                         "20名人\n20人次人\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        MEM_SCRATCH ctx = talloc_new(NULL);
        Buf text = BUF_INIT(ctx);
        for (int n = 0; n < 3000; n++) buf_add(&text, pieces[i]);
        (void)check(ctx, buf_text(&text));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(bounds_are_read),
        cmocka_unit_test(names_and_times_are_no_claims),
        cmocka_unit_test(damaged_text_is_read),
        cmocka_unit_test(places_are_those_of_the_text_as_given),
        cmocka_unit_test(arithmetic_is_tested),
        cmocka_unit_test(lists_are_added_up),
        cmocka_unit_test(rests_are_added_up),
        cmocka_unit_test(changes_are_added_up),
        cmocka_unit_test(shares_and_products_are_tested),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(slips_are_remarked),
        cmocka_unit_test(hostile_text_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
