import { bank, domain, type Language } from "./language.ts";

const DOMAINS = [
  domain(
    "种植",
    "阳台上的番茄|那棵老石榴树|楼顶菜园|一盆君子兰|院子里的葡萄架|堆肥箱|多肉植物|草莓苗|墙边的月季|自动浇水装置|育苗盘|小区的菜地",
    "浇水|修剪|施肥|病虫害|光照|土壤|采收|过冬",
    "发黄的|刚移栽的|朝北的|疏于打理的|盆栽的|徒长的",
  ),
  domain(
    "做饭",
    "周末的羊肉汤|老面馒头|无糖月饼|一桌年夜饭|腌萝卜|孩子的便当|砂锅粥|自制豆豉|红枣糕|清蒸鲈鱼|手擀面|凉拌菜",
    "火候|用料|口感|时间|替代食材|保存|咸淡|步骤",
    "太稀的|少油的|发酸的|省钱的|没发起来的|偏甜的",
  ),
  domain(
    "租房",
    "租房合同|押金|物业费账单|漏水的天花板|楼上的噪音|二手冰箱|老小区的电路|阳台封窗|地板翘起|合租公约|中介费|书房隔断",
    "期限|费用|证据|责任|尺寸|材料|沟通方式|流程",
    "没签字的|过期的|有争议的|口头的|潮湿的|老旧的",
  ),
  domain(
    "学习",
    "高数期中考试|论文的文献综述|孩子的作文|英语口语练习|实验报告|答辩幻灯片|历史读书笔记|物理错题本|考研计划|班会发言稿|古文翻译|数学建模",
    "结构|例子|重点|评分|资料来源|常见错误|复习节奏|词汇",
    "拖延的|混乱的|双语的|小组的|偏难的|临时的",
  ),
  domain(
    "出行",
    "川西自驾路线|夜班火车|海边亲子游|签证材料|青年旅舍|骑行环湖|老人同行的行程|古镇一日游|登山装备|转机方案|露营清单|毕业旅行",
    "预算|天气|交通衔接|住宿|行李|备选方案|时间安排|安全",
    "淡季的|临时决定的|下雨的|低成本的|带娃的|拥挤的",
  ),
  domain(
    "生意",
    "小店的价目表|社群通知|供应商报价|盘点表|招聘启事|开业活动|会员卡|外卖页面|季度总结|客户回访|展会摊位|排班表",
    "语气|利润|成本|竞争|目标|时间表|风险|措辞",
    "季节性的|过时的|家庭经营的|亏本的|批发的|紧急的",
  ),
  domain(
    "编程",
    "定时任务|登录页面|日志解析脚本|慢查询|图片压缩服务|偶尔失败的测试|数据迁移|消息队列|配置文件|爬取的表格|小程序的支付回调|权限模块",
    "报错|性能|命名|测试|类型|边界情况|并发|可读性",
    "遗留的|重复的|没有文档的|不稳定的|异步的|半成品的",
  ),
  domain(
    "家人",
    "给父亲的信|婚礼致辞|青春期的女儿|婆媳关系|同学聚会|离职邮件|邻里纠纷|道歉的话|面试准备|退休欢送词|家庭会议|表弟的升学",
    "语气|时机|开头|分寸|误会|期待|信任|结尾",
    "尴尬的|正式的|迟来的|真诚的|简短的|紧张的",
  ),
  domain(
    "写作",
    "一篇悬疑短篇|古风歌词|第二章|公众号文章|人物小传|舞台剧对白|散文结尾|童话故事|科幻设定|回忆录|诗歌朗诵稿|书评",
    "节奏|视角|伏笔|结局|标题|对话|冲突|意象",
    "忧伤的|拖沓的|幽默的|第一人称的|历史的|未完成的",
  ),
];

const SURNAME = bank(
  "赵|钱|孙|李|周|吴|郑|王|冯|陈|褚|卫|蒋|沈|韩|杨|朱|秦|尤|许|何|吕|施|张|孔|曹|严|华|金|魏|陶|姜",
);
const GIVEN = bank(
  "晓岚|志远|雨桐|建军|思琪|海峰|若曦|文博|佳怡|国栋|雪梅|子墨|丽华|天佑|静怡|浩然|秀英|明轩|婉清|德胜|春燕|一鸣|慧敏|家栋|玉珍|俊杰",
);
const PLACE_A = bank("青|云|南|白|石|临|永|安|清|兴|平|长|龙|凤|河|松|柳|桃|金|玉|双|东");
const PLACE_B = bank("溪|桥|塘|岭|湾|坪|渡|沟|泉|庄|坝|浦|峪|店|洲|埠");
const PLACE_C = bank("镇|村|县|路|街|小区|新城");

/** Chinese. */
export const chinese: Language = {
  code: "zh",
  domains: DOMAINS,
  openers: bank(
    "你好，|您好，|请教一下，|在吗？|又来打扰了，|早上好，|想问个问题：|接着昨天的问题，|晚上好，|麻烦看一下，|哈喽，|有个小问题，|老师好，|顺便问一下，",
  ),
  asks: bank(
    "能不能帮我{task}？|我需要{task}。|怎样才能{task}？|请{task}。|{name}让我{task}。|我想{task}，从哪里开始？|{day}之前必须{task}。|有没有必要{task}？|我一直没能{task}。|在{place}要怎么{task}？|我打算{task}，还缺什么？|一个人{task}现实吗？|请一步步教我{task}。|答应了{name}要{task}。|说实话，我该不该{task}？",
  ),
  tasks: bank(
    "解决{thing}的{aspect}问题|比较{thing}和{thing2}|写{piece}，主题是{thing}|按{aspect}来安排{thing}|弄明白{thing}为什么变成{kind}样子|在{thing}与{thing2}之间做选择|向{name}解释{aspect}|改进{thing}的{aspect}|给{name}准备{piece}|估算{count}个人的{aspect}|总结{thing}的要点|检查{aspect}和{aspect2}|把关于{thing}的笔记整理成{piece}|想{count}个关于{thing}的点子|不动{thing2}就改好{aspect}|在{place}介绍{thing}",
  ),
  facts: bank(
    "这是{kind}，大约用了{count}年。|{place}的{name}说{aspect}更重要。|我们试过{count}次都不行。|预算最多{count2}元。|是{name}看过{thing2}以后才开始的。|我住在{place}附近。|一共{count}个人，包括{name}和{name2}。|上次{thing2}是{kind}，结果不好。|量出来是{count}乘{count2}。|{name}觉得我在{aspect}上想错了。|已经有{name}给的{piece}，可是缺{aspect}。|必须和{thing2}配合。|我担心{aspect}，其次是{aspect2}。|{place}那边报价{count2}。|{name2}{day}会看。|我只有{count}个小时。|{place}的做法不一样。",
  ),
  limits: bank(
    "不超过{count}个字。|不要列表。|说得简单些，{name}是新手。|给我{count}个方案。|直接一点。|举个例子。|分步骤说。|也提一下{aspect}。|不要提{thing2}。|不清楚的先问我。|我要发给{name}看。|最好用表格。|大概的数字就行。|最多两段。",
  ),
  followups: bank(
    "那{aspect}呢？|如果{thing}是{kind}，有什么变化？|{name}不同意{aspect}这一点。|再短一些，加上{aspect}。|{thing2}也照样来一份。|{aspect}那部分没看懂。|好的，可是我们只有{count}。|先做哪个？|按{place}的情况改一下。|你说先看{aspect}，为什么？|第二点换掉，{name}不会喜欢。|改成{piece}。|如果是{count2}呢？|去掉{aspect}，其余保留。|试过了，{aspect2}更糟。|{name2}没有{thing2}能做吗？",
  ),
  closers: bank("谢谢！|多谢。|辛苦了|麻烦了，谢谢|感谢，{name}"),
  leads: bank(
    "先看{aspect}，对{thing}来说这决定了大半。|简单说，{thing}要先解决{aspect}，再谈{aspect2}。|要看{thing}到底是不是{kind}。|关于{thing}，我会这样做。|有两点值得注意：{aspect}和{aspect2}。|以{count}来算，{thing}是做得到的。|这个担心有道理，问题多半出在{aspect}。|按{name}的情况，{thing}和{thing2}要分开处理。",
  ),
  claims: bank(
    "遇到{kind}情况，{aspect}往往{quality}，所以按{count}而不是{count2}来打算。|如果{name}{day}之前能看一眼{thing2}，{aspect2}就不用猜了。|{place}一带的人大多高估{aspect}，忽略{aspect2}。|把{thing2}算进来，{aspect}就显得{quality}，{count}会比较紧。|手边留{piece}，因为{name}会问到{aspect}。|{count2}这个数听起来{quality}，{count}更稳妥。|同时改{thing}和{thing2}，就看不出问题出在哪边。|{count}天之内，{aspect}会有{quality}的差别。|{name}关于{aspect}的说法适用于{thing2}，不太适用于{thing}。|{aspect2}先放到{day}，眼下{quality}。|{count}个人的话，花费大约{count2}。|万一{place}那边{quality}，就改用{thing2}。|{count}到{count2}之间差别不大，超过以后{aspect}才会变。|请{name2}{day}再核对一次，因为{aspect}会变动。",
  ),
  steps: bank(
    "记录{thing}的{aspect}，{count}次就够。|{day}之前向{name}要{piece}。|先放下{thing2}，只看{aspect}。|用{count2}试一次。|和{place}对比。|写好{piece}让{name}看。|{count}天后重复一遍。|定下{aspect2}，再回到{thing}。|和{name2}商量{aspect2}。",
  ),
  ends: bank(
    "{day}告诉我{aspect}怎么样。|如果{name}反对，可以在{aspect2}上让一步。|剩下{thing2}，可以等等。|有{count}就有余地。|要不要我再写{piece}？|其余的靠耐心。",
  ),
  pieces: bank(
    "一份说明|一张清单|一封邮件|一页计划|一份简短指南|一篇发言稿|一张表|一个提纲|一段回复|一份总结|一封信|一篇帖子|几条要点",
  ),
  qualities: bank(
    "不太稳定|比较便宜|很难判断|相当可靠|可以预料|偏慢|有风险|可以忽略|还过得去|偏贵|不均匀|让人放心|时好时坏|很明显",
  ),
  days: bank("周一|周二|周三|周四|周五|周六|周日|下周|月底|今晚|放假|12号|27号|开春"),
  joiner: "",
  surname: (random) => random.pick(SURNAME) + random.pick(GIVEN),
  given: (random) => random.pick(SURNAME) + random.pick(GIVEN),
  place: (random) => random.pick(PLACE_A) + random.pick(PLACE_B) + random.pick(PLACE_C),
  repair: (text) => text,
};
