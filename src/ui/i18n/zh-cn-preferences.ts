import type { enPreferences } from './en-preferences';

/** Echo 按您的喜好行事、每周一览的表格：中文文案。 */
export const zhCnPreferences: Readonly<Record<keyof typeof enPreferences, string>> = {
  'week.table': '每一周',
  'week.column.days': '天数',
  'week.column.understood': '听懂并照做',
  'week.column.content': '满意程度',
  'week.column.phrases': '说得最多的',
  'week.column.new': '第一次说的',
  'settings.questions': '拿不太准的时候',
  'settings.questions.more': '宁可多问',
  'settings.questions.usual': '照常',
  'settings.questions.fewer': '直接去做',
  'settings.questions.more.hint': '稍有疑问，Echo 就先问您。',
  'settings.questions.usual.hint': '做错了比问一句更麻烦的时候，Echo 才会问。',
  'settings.questions.fewer.hint': 'Echo 少问，大概是您想要的就去做。有风险的事，仍按上面的选择先问。',
  'adapt.change.full-answers': 'Echo 回答得更完整',
  'adapt.change.more-questions': '拿不太准时，Echo 会多问一句',
  'adapt.change.fewer-questions': '拿不太准时，Echo 会少问一些',
  'adapt.reason.details-wanted':
    '您常看回答的详情（有 {share} 的把握，依据是您做过的 {count, plural, other {# 件事}}）。',
  'adapt.reason.details-unwanted':
    '您很少看回答的详情（有 {share} 的把握，依据是您做过的 {count, plural, other {# 件事}}），而且几乎都没有错。',
  'adapt.reason.questions-useful':
    '您常说不，或者做了又撤销（有 {share} 的把握，依据是您做过的 {count, plural, other {# 件事}}）。',
  'adapt.reason.questions-needless':
    '问您的时候，您几乎都说要（有 {share} 的把握，依据是您做过的 {count, plural, other {# 件事}}）。',
  'adapt.metric.bother-seconds': '每说一次平均耽误您的秒数',
};
