/** The English words of preferences that Echo learnt, and of weeks as a table. */
export const enPreferences = {
  'week.table': 'Week by week',
  'week.column.days': 'Days',
  'week.column.understood': 'Understood',
  'week.column.content': 'Content',
  'week.column.phrases': 'Said most',
  'week.column.new': 'Said for the first time',
  'settings.questions': 'When Echo is not quite sure',
  'settings.questions.more': 'Rather ask',
  'settings.questions.usual': 'As usual',
  'settings.questions.fewer': 'Rather do it',
  'settings.questions.more.hint': 'Echo asks a little sooner before it does something.',
  'settings.questions.usual.hint':
    'Echo asks where an unwanted action would bother you more than the question.',
  'settings.questions.fewer.hint':
    'Echo asks less and does what you probably want. Before risky actions it still asks as chosen above.',
  'adapt.change.full-answers': 'Echo answers in full',
  'adapt.change.more-questions': 'Echo rather asks when it is not quite sure',
  'adapt.change.fewer-questions': 'Echo asks less when it is not quite sure',
  'adapt.reason.details-wanted':
    'you often look at the details of answers ({share} sure, from {count, plural, one {one thing} other {# things}} you did).',
  'adapt.reason.details-unwanted':
    'you rarely look at the details of answers ({share} sure, from {count, plural, one {one thing} other {# things}} you did), and hardly any was wrong.',
  'adapt.reason.questions-useful':
    'you often say no, or take back what was done ({share} sure, from {count, plural, one {one thing} other {# things}} you did).',
  'adapt.reason.questions-needless':
    'when asked, you nearly always wanted it ({share} sure, from {count, plural, one {one thing} other {# things}} you did).',
  'adapt.metric.bother-seconds': 'Seconds of bother for each thing said',
} as const satisfies Readonly<Record<string, string>>;
