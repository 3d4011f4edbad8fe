import type { AnswerOdds } from '../echo';
import type { Localisation } from './i18n/localisation';

type MetricId = AnswerOdds['metric'];

const FAILING = [
  'nothing',
  'recording-quality',
  'webhook',
  'link',
  'copying',
  'speaking',
  'storage',
  'several-equally',
] as const;

/** An answer in words. One that is not known is shown as it is. */
export function answerText(localisation: Localisation, metric: MetricId, bucket: string): string {
  const { text } = localisation;
  switch (metric) {
    case 'interface-language':
      return text(bucket === 'en' ? 'insights.answer.en' : 'insights.answer.zh-CN');
    case 'action-undone':
      return text(bucket === 'yes' ? 'insights.picture.yes' : 'insights.picture.no');
    case 'compute-backend':
      return bucket === 'webgpu' || bucket === 'webgl' || bucket === 'wasm'
        ? text(`backend.${bucket}`)
        : text('insights.answer.backend-none');
    case 'takes-per-phrase':
      if (bucket === 'none') return text('insights.answer.takes-none');
      if (bucket === '4-5') return text('insights.answer.takes-4-5');
      if (bucket === '6-or-more') return text('insights.answer.takes-6');
      return text('insights.answer.takes', { count: Number(bucket) });
    case 'phrases-taught': {
      const [from, to] = bucket.split('-');
      if (bucket === '0') return text('insights.answer.phrases-0');
      if (bucket === '81-or-more' || from === undefined || to === undefined)
        return text('insights.answer.phrases-81');
      return text('insights.answer.phrases-range', { from, to });
    }
    case 'corrections-needed':
    case 'not-recognised':
      return shareText(localisation, bucket);
    case 'failing-feature':
      return text(`insights.answer.failing-${FAILING.find((known) => known === bucket) ?? 'nothing'}`);
  }
}

function shareText({ text, formats }: Localisation, bucket: string): string {
  if (bucket === 'under-20-utterances') return text('insights.answer.share-few');
  if (bucket === 'none') return text('insights.answer.share-none');
  const [side, percent] = bucket.split('-');
  const limit = formats.percent(Number(percent) / 100);
  return side === 'to'
    ? text('insights.answer.share-to', { most: limit })
    : text('insights.answer.share-over', { least: limit });
}
