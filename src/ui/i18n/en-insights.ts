/** English words of taking part in insights. */
export const enInsights = {
  'insights.title': 'Insights, without being watched',
  'insights.intro':
    'Whoever runs this site would like to know what Echo is good and bad at. You can help with a few small answers, each of them blurred by chance on this device before it leaves. It is off unless you switch it on, and Echo works the same either way.',
  'insights.none':
    'Whoever runs this site has named no place that answers could go to. There is nothing to switch on, and nothing is sent.',
  'insights.closed': 'Reading what is known of it…',
  'insights.never':
    'Never your voice, nothing computed from its sound, no names, no words: only the {count, plural, one {# question} other {# questions}} listed below, each with a handful of answers to tick.',
  'insights.damaged':
    'The record of what you already answered cannot be read, so nobody knows how much was spent. Nothing is made or sent. You can have the record destroyed.',
  'insights.moved':
    'The answers would now go to {endpoint}, which is not where you agreed to. Nothing is sent unless you agree again.',
  'insights.timeDoubtful':
    'The clock of this device has jumped. Until it is clear what day it is, no answer is made.',
  'insights.rest':
    'You took part before. The record of that was destroyed when you stopped, so Echo counts it as used up: the first answer is made no sooner than {date}.',

  'insights.join': 'Take part',
  'insights.joinAgain': 'Agree to the new place',
  'insights.leave': 'Stop taking part',
  'insights.leave.title': 'Stop taking part?',
  'insights.leave.body':
    'What waits to be sent is destroyed, and so is the record of what you answered. What was sent cannot be called back: nobody there knows which answers were yours.',
  'insights.leave.keep': 'Go on taking part',
  'insights.isOn': 'You take part.',
  'insights.isOff': 'You do not take part.',

  'insights.picture.title': 'How a blurred answer keeps you safe',
  'insights.picture.intro':
    'For a yes-or-no question the device tosses a lopsided coin. In {truth} of tosses it says your true answer, otherwise the opposite. Nobody who sees the answer can tell which it was. Try it:',
  'insights.picture.yours': 'Your true answer',
  'insights.picture.yes': 'Yes',
  'insights.picture.no': 'No',
  'insights.picture.toss': 'Toss your coin',
  'insights.picture.truth':
    'The coin said: the truth. Your device answers “{answer}”. Had it been a lie, it would look just the same.',
  'insights.picture.lie':
    'The coin said: the opposite. Your device answers “{answer}”, and that is all anybody would see.',
  'insights.picture.crowd': 'Of 100 people, it is “yes” for',
  'insights.picture.ask': 'Ask all 100',
  'insights.picture.reveal': 'Show what nobody else can see: whose coin said the opposite',
  'insights.picture.label':
    'A hundred dots, one a person. {said} filled ones answered yes, {unsaid} hollow ones answered no.',
  'insights.picture.outcome':
    '{said} of 100 answered yes. Knowing how lopsided the coin is, one works back to about {estimate}; in truth it is {truth}. With 100 people that is off by about 10, with 10,000 by about 1. The crowd becomes clear, nobody in it does.',

  'insights.next': 'The next answer',
  'insights.next.first': 'The first answer, if you take part now',
  'insights.next.later': 'The next answer is made no sooner than {date}.',
  'insights.next.soon': 'The next answer is made as soon as this device knows what it would be.',
  'insights.next.question': 'Question',
  'insights.next.true': 'Your true answer',
  'insights.next.trueGone': 'kept nowhere',
  'insights.next.said': 'What is said, after chance',
  'insights.next.when': 'Sent',
  'insights.next.whenRandom': 'at a random moment within a day',
  'insights.next.whenFrom': 'from {when} on, drawn at random',
  'insights.next.where': 'To',
  'insights.next.bytes': 'Exactly these {bytes, plural, one {# byte} other {# bytes}}, and nothing else',
  'insights.next.could':
    'What it could tell: very little. The true answer is said {p} of the time, each other one {q}. Whatever somebody believed about you before, this report changes the odds by a factor of 2.7 at most.',
  'insights.next.couldNot':
    'What it could not: whether the answer is true, who gave it, or anything outside this one question. The long key in it is random and used once; it keeps an answer that is sent twice from being counted twice.',
  'insights.next.network':
    'Like any request, it shows the network your internet address and the time. The receiver stores neither: only the day, and how often each answer came.',

  'insights.budget': 'What you spend',
  'insights.budget.intro':
    'Every answer costs one unit of privacy, and these are the most that are ever spent. Sending again after a failure costs nothing: the same bytes go out.',
  'insights.budget.window': '{days, plural, one {In a day} other {In # days}}',
  'insights.budget.of': '{spent} of {most}',
  'insights.budget.left': '{left} left',
  'insights.budget.linked':
    'Nothing in the answers links them. Suppose somebody could link them all the same, by your internet address perhaps. 24 answers to one question would then give you away; that is why each question is answered once a year at most, and asking it often brings nothing. Across all questions together, up to 8 answers a year would each tell their little.',

  'insights.receipts': 'What was answered so far',
  'insights.receipts.none': 'Nothing yet.',
  'insights.receipts.cost':
    '{bytes, plural, one {# byte} other {# bytes}}, {epsilon, plural, one {# unit} other {# units}} of privacy',
  'insights.receipts.waiting': 'Waits to be sent',
  'insights.receipts.counted': 'Sent and counted',
  'insights.receipts.refused': 'Refused by the receiver',
  'insights.receipts.bytes': 'Its bytes',

  'insights.questions': 'All questions and answers there are',
  'insights.questions.chance': 'Said truly {p} of the time',

  'insights.metric.interface-language': 'Which language does Echo speak to you?',
  'insights.metric.action-undone': 'In the last 30 days, did you undo something Echo did?',
  'insights.metric.compute-backend': 'What does the learning run on?',
  'insights.metric.takes-per-phrase': 'How many recordings does a phrase of yours have, typically?',
  'insights.metric.phrases-taught': 'How many phrases have you taught?',
  'insights.metric.corrections-needed': 'In the last 30 days, how often did you have to correct Echo?',
  'insights.metric.not-recognised': 'In the last 30 days, how often was nothing recognised?',
  'insights.metric.failing-feature': 'In the last 30 days, what failed most often?',

  'insights.answer.en': 'English',
  'insights.answer.zh-CN': 'Simplified Chinese',
  'insights.answer.backend-none': 'Neither of these',
  'insights.answer.takes-none': 'No phrase has any',
  'insights.answer.takes': '{count, plural, one {# recording} other {# recordings}}',
  'insights.answer.takes-4-5': '4 or 5 recordings',
  'insights.answer.takes-6': '6 recordings or more',
  'insights.answer.phrases-0': 'None',
  'insights.answer.phrases-range': '{from} to {to}',
  'insights.answer.phrases-81': '81 or more',
  'insights.answer.share-few': 'Fewer than 20 things were said',
  'insights.answer.share-none': 'Never',
  'insights.answer.share-to': 'Up to {most} of the time',
  'insights.answer.share-over': 'More than {least} of the time',
  'insights.answer.failing-nothing': 'Nothing',
  'insights.answer.failing-recording-quality': 'Recordings too poor to recognise',
  'insights.answer.failing-webhook': 'Calling a webhook',
  'insights.answer.failing-link': 'Opening a link',
  'insights.answer.failing-copying': 'Copying text',
  'insights.answer.failing-speaking': 'Speaking aloud',
  'insights.answer.failing-storage': 'Storing, for want of space',
  'insights.answer.failing-several-equally': 'Several things equally often',

  'audit.insights-joined': 'You began to take part in insights.',
  'audit.insights-left': 'You stopped taking part in insights; the record of it was destroyed.',
  'audit.insights-reported':
    'A blurred answer was made: {bytes, plural, one {# byte} other {# bytes}}, {epsilon, plural, one {# unit} other {# units}} of privacy.',
  'privacy.promise.insights':
    'Insights are off unless you take part. Then only blurred answers go out, without anything that names you; the network still sees your address and the time.',
  'status.insights': 'Only the blurred answers you agreed to leave this device',
} as const satisfies Readonly<Record<string, string>>;

export type InsightsMessageKey = keyof typeof enInsights;
