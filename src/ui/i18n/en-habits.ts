/** The English words of what Echo does with habits. */
export const enHabits = {
  'habits.suggestions': 'You may want this now',
  'habits.do': 'Do it: {name}',
  'habits.dismiss': 'Not now: {name}',
  'habits.taken': '{name}: {outcome}',
  'habits.why': 'By what you usually do about now. Nothing happens until you tap.',
  'habits.routine.title': 'Make it one phrase?',
  'habits.routine.body':
    'After “{first}” you usually say “{second}”: {count, plural, one {# time} other {# times}} lately. “{first}” can do both from now on.',
  'habits.routine.accept': 'Let “{first}” do both',
  'habits.routine.dismiss': 'No, keep them apart',
  'habits.routine.failed': 'That could not be saved. Both phrases are as they were.',
  'answer.byHabit': 'Settled by habit: “{over}” sounded about the same',
  'why.byHabit':
    'It sounded about as much like “{name}” as like “{over}”. Habit settled it: at this moment you say “{name}” in {percent} of cases. Habit has a say only where the sound leaves it open.',
  'outcome.sequence': 'Done, one after another',
  'action.sequence': 'Several things',
  'action.summary.sequence': '{count, plural, one {# step} other {# steps}}, one after another',
  'action.sequence.hint':
    'Done from top to bottom. When one fails, those before it are taken back where possible.',
  'action.sequence.step': 'Step {number}',
  'action.sequence.kind': 'What to do',
  'action.sequence.add': 'Add a step',
  'action.sequence.remove': 'Remove step {number}',
  'action.sequence.earlier': 'Move step {number} up',
} as const;
