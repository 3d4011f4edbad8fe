import type { enHabits } from './en-habits';

/** 与习惯有关的中文文案。 */
export const zhCnHabits: Readonly<Record<keyof typeof enHabits, string>> = {
  'habits.suggestions': '现在也许要用',
  'habits.do': '执行：{name}',
  'habits.dismiss': '这次不用：{name}',
  'habits.taken': '{name}：{outcome}',
  'habits.why': '根据您平时这个时候的习惯。您点了才会执行。',
  'habits.routine.title': '合成一句话？',
  'habits.routine.body':
    '说完“{first}”，您往往接着说“{second}”，最近有 {count} 次。以后说“{first}”就可以两件事一起做。',
  'habits.routine.accept': '让“{first}”把两件事都做了',
  'habits.routine.dismiss': '不用，还是分开说',
  'habits.routine.failed': '没能保存，两个短语都保持原样。',
  'answer.byHabit': '由习惯定夺：听起来和“{over}”差不多',
  'why.byHabit':
    '听起来像“{name}”，也同样像“{over}”，于是由习惯定夺：这种时候您有 {percent} 的可能说“{name}”。只有光凭声音分不清时，习惯才起作用。',
  'outcome.sequence': '已依次完成',
  'action.sequence': '依次做几件事',
  'action.summary.sequence': '依次做 {count} 步',
  'action.sequence.hint': '从上到下依次执行。某一步失败时，前面能撤销的都会撤销。',
  'action.sequence.step': '第 {number} 步',
  'action.sequence.kind': '做什么',
  'action.sequence.add': '再加一步',
  'action.sequence.remove': '删除第 {number} 步',
  'action.sequence.earlier': '把第 {number} 步上移',
};
