import type { InsightsMessageKey } from './en-insights';

/** 参与改进统计的中文文字。 */
export const zhCnInsights: Readonly<Record<InsightsMessageKey, string>> = {
  'insights.title': '帮助改进，但不被窥视',
  'insights.intro':
    '运营本站的人想知道 Echo 哪里好用、哪里不好用。您可以帮忙回答几个小问题；每个答案离开这台设备之前，都会先被随机打乱。除非您打开，否则它一直关着；打不打开，Echo 用起来都一样。',
  'insights.none': '运营本站的人没有指定接收答案的地方。所以没有什么可以打开，也不会发送任何内容。',
  'insights.closed': '正在读取……',
  'insights.never':
    '绝不涉及您的声音、由声音算出的任何数据、名字或说过的话：只有下面列出的 {count, plural, other {# 个问题}}，每个问题只有几个现成的选项。',
  'insights.damaged':
    '您回答过什么的记录读不出来了，没有人知道已经用掉多少额度。因此不会再产生或发送任何答案。您可以让 Echo 销毁这份记录。',
  'insights.moved': '答案现在会发往 {endpoint}，不是您当初同意的地方。除非您重新同意，否则什么也不发。',
  'insights.timeDoubtful': '这台设备的时钟跳动过。在弄清今天是哪天之前，不会产生任何答案。',
  'insights.rest':
    '您以前参与过。退出时记录已经销毁，所以 Echo 把额度当作全部用完：第一个答案最早在 {date}产生。',

  'insights.join': '参与',
  'insights.joinAgain': '同意发往新的地方',
  'insights.leave': '退出',
  'insights.leave.title': '确定退出吗？',
  'insights.leave.body':
    '还没发出的答案会被销毁，您回答过什么的记录也会被销毁。已经发出的收不回来：那边没有人知道哪些答案是您的。',
  'insights.leave.keep': '继续参与',
  'insights.isOn': '您正在参与。',
  'insights.isOff': '您没有参与。',

  'insights.picture.title': '打乱后的答案怎样保护您',
  'insights.picture.intro':
    '遇到是非题，设备会抛一枚两面轻重不同的硬币：{truth} 的时候说真话，其余时候说反话。看到答案的人无从分辨。不妨试试：',
  'insights.picture.yours': '您的真实答案',
  'insights.picture.yes': '是',
  'insights.picture.no': '否',
  'insights.picture.toss': '抛您的硬币',
  'insights.picture.truth': '硬币说：说真话。您的设备回答“{answer}”。就算说的是反话，在别人看来也一模一样。',
  'insights.picture.lie': '硬币说：说反话。您的设备回答“{answer}”，别人能看到的只有这个。',
  'insights.picture.crowd': '100 个人里，真实答案为“是”的有',
  'insights.picture.ask': '问这 100 个人',
  'insights.picture.reveal': '显示别人看不到的：谁的硬币说了反话',
  'insights.picture.label': '一百个圆点，每点一人。{said} 个实心的回答“是”，{unsaid} 个空心的回答“否”。',
  'insights.picture.outcome':
    '100 人中有 {said} 人回答“是”。知道硬币轻重差多少，就能倒推出大约 {estimate} 人；真实情况是 {truth} 人。100 人时大约差 10，一万人时大约差 1。人群看得清楚，其中任何一个人都看不清。',

  'insights.next': '下一个答案',
  'insights.next.first': '如果现在参与，第一个答案会是',
  'insights.next.later': '下一个答案最早在 {date}产生。',
  'insights.next.soon': '等这台设备知道答案是什么，就会产生下一个。',
  'insights.next.question': '问题',
  'insights.next.true': '您的真实答案',
  'insights.next.trueGone': '没有保存在任何地方',
  'insights.next.said': '随机打乱后说出的答案',
  'insights.next.when': '发送时间',
  'insights.next.whenRandom': '一天之内的某个随机时刻',
  'insights.next.whenFrom': '随机抽定，{when} 之后',
  'insights.next.where': '发往',
  'insights.next.bytes': '一字不差就是这 {bytes, plural, other {# 个字节}}，没有别的',
  'insights.next.could':
    '它能透露的：很少。真实答案被说出的机会是 {p}，其他每个答案是 {q}。不论别人原来怎么猜您，这份报告最多让胜算变成原来的 2.7 倍。',
  'insights.next.couldNot':
    '它透露不了的：答案是不是真的、是谁给的，以及这个问题以外的任何事。里面那串长长的编号是随机的，只用一次，为的是同一个答案发送两次也只算一次。',
  'insights.next.network':
    '和任何网络请求一样，网络会看到您的网络地址和时间。接收方两样都不保存，只记日期，以及每个答案出现了多少次。',

  'insights.budget': '您付出的额度',
  'insights.budget.intro':
    '每个答案用掉一份隐私额度，下面是无论如何都不会超过的上限。发送失败后重发不再计费：发出的还是同样的字节。',
  'insights.budget.window': '{days, plural, other {# 天之内}}',
  'insights.budget.of': '{spent}/{most}',
  'insights.budget.left': '还剩 {left}',
  'insights.budget.linked':
    '答案里没有任何东西能把它们彼此关联。假设有人还是做到了，比如靠您的网络地址：同一个问题的 24 个答案就会把您暴露。所以每个问题一年最多回答一次，反复问也得不到更多。所有问题加在一起，一年最多 8 个答案，各自透露一点点。',

  'insights.receipts': '到现在为止的答案',
  'insights.receipts.none': '还没有。',
  'insights.receipts.cost': '{bytes, plural, other {# 个字节}}，{epsilon, plural, other {# 份隐私额度}}',
  'insights.receipts.waiting': '等待发送',
  'insights.receipts.counted': '已发送，已计入',
  'insights.receipts.refused': '接收方没有接受',
  'insights.receipts.bytes': '它的字节',

  'insights.questions': '全部问题和答案',
  'insights.questions.chance': '说真话的机会是 {p}',

  'insights.metric.interface-language': 'Echo 用哪种语言和您交流？',
  'insights.metric.action-undone': '最近 30 天，您撤销过 Echo 做的事吗？',
  'insights.metric.compute-backend': '学习运行在什么上面？',
  'insights.metric.takes-per-phrase': '您的一条短语通常有几段录音？',
  'insights.metric.phrases-taught': '您教了多少条短语？',
  'insights.metric.corrections-needed': '最近 30 天，您有多少次需要纠正 Echo？',
  'insights.metric.not-recognised': '最近 30 天，有多少次什么也没听出来？',
  'insights.metric.failing-feature': '最近 30 天，什么最常失败？',

  'insights.answer.en': '英语',
  'insights.answer.zh-CN': '简体中文',
  'insights.answer.backend-none': '以上都不是',
  'insights.answer.takes-none': '没有任何录音',
  'insights.answer.takes': '{count, plural, other {# 段录音}}',
  'insights.answer.takes-4-5': '4 到 5 段录音',
  'insights.answer.takes-6': '6 段录音或更多',
  'insights.answer.phrases-0': '没有教过',
  'insights.answer.phrases-range': '{from} 到 {to} 条',
  'insights.answer.phrases-81': '81 条或更多',
  'insights.answer.share-few': '说过的话不到 20 次',
  'insights.answer.share-none': '从来没有',
  'insights.answer.share-to': '不超过 {most} 的时候',
  'insights.answer.share-over': '超过 {least} 的时候',
  'insights.answer.failing-nothing': '没有失败',
  'insights.answer.failing-recording-quality': '录音质量太差，听不出来',
  'insights.answer.failing-webhook': '调用网址',
  'insights.answer.failing-link': '打开链接',
  'insights.answer.failing-copying': '复制文字',
  'insights.answer.failing-speaking': '朗读',
  'insights.answer.failing-storage': '空间不足，无法保存',
  'insights.answer.failing-several-equally': '好几样同样多',

  'audit.insights-joined': '您开始参与改进统计。',
  'audit.insights-left': '您退出了改进统计，相关记录已销毁。',
  'audit.insights-reported':
    '产生了一个打乱后的答案：{bytes, plural, other {# 个字节}}，{epsilon, plural, other {# 份隐私额度}}。',
  'privacy.promise.insights':
    '除非您参与，改进统计一直关着。参与后，发出的只有打乱过的答案，没有任何能指认您的东西；网络仍会看到您的地址和时间。',
  'status.insights': '只有您同意过的、打乱后的答案会离开这台设备',
};
