import type { Aggregate, Aggregates, MetricAggregates } from '../aggregate/aggregates';
import { type PeriodKind, periodKinds } from '../aggregate/periods';
import { type PointInTime, shareChart, timeChart } from './charts';
import { en } from './en';
import { type Html, html, nothing } from './html';
import type { DashboardTexts, Language } from './texts';
import { zhCn } from './zh-cn';

const catalogue: Readonly<Record<Language, DashboardTexts>> = { en, 'zh-CN': zhCn };
const languages = Object.keys(catalogue) as readonly Language[];

/** Words and numbers of one language. */
interface Voice {
  readonly language: Language;
  readonly texts: DashboardTexts;
  readonly count: (value: number) => string;
  readonly share: (value: number) => string;
  readonly points: (share: number) => string;
}

function voiceOf(language: Language): Voice {
  const whole = new Intl.NumberFormat(language);
  const oneDigit = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return {
    language,
    texts: catalogue[language],
    count: (value) => whole.format(value),
    share: (value) => percent.format(value),
    points: (share) => oneDigit.format(share * 100),
  };
}

/** @param header as browsers send `Accept-Language`, the one they like best first */
export function languageOf(asked: unknown, header: string | undefined): Language {
  const chosen = languages.find((language) => language === asked);
  if (chosen !== undefined) return chosen;
  return /^\s*zh\b/i.test(header ?? '') ? 'zh-CN' : 'en';
}

/** The whole page. `undefined` when the numbers cannot be read. */
export function dashboardPage(
  aggregates: Aggregates | undefined,
  kind: PeriodKind,
  language: Language,
): string {
  const voice = voiceOf(language);
  const { texts } = voice;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${texts.title}</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="styles.css">
</head>
<body>
<header>
<h1>${texts.title}</h1>
<nav aria-label="${texts.languages}">${languages.map((other) => choice(catalogue[other].name, { lang: other, period: kind }, other === language, other))}</nav>
</header>
<main>
<p class="lead">${texts.intro}</p>
${aggregates === undefined ? unavailable(texts) : numbers(aggregates, kind, voice)}
</main>
</body>
</html>
`.text;
}

function choice(
  name: string,
  query: Readonly<Record<string, string>>,
  isCurrent: boolean,
  language?: Language,
): Html {
  const href = `?${new URLSearchParams(query)}`;
  const lang = language === undefined ? nothing : html` lang="${language}" hreflang="${language}"`;
  return html`<a href="${href}"${lang}${isCurrent ? html` aria-current="true"` : nothing}>${name}</a>`;
}

function unavailable(texts: DashboardTexts): Html {
  return html`<section class="card" role="alert"><h2>${texts.unavailableTitle}</h2><p>${texts.unavailable}</p></section>`;
}

function numbers(aggregates: Aggregates, kind: PeriodKind, voice: Voice): Html {
  const { texts, language } = voice;
  const periods = periodKinds.map((other) =>
    choice(texts.periodNames[other], { lang: language, period: other }, other === kind),
  );
  return html`<section class="card card-soft">
<h2>${texts.caveatTitle}</h2><p>${texts.caveat}</p>
<h2>${texts.howTitle}</h2><p>${texts.how}</p>
</section>
<nav class="periods" aria-label="${texts.periods}"><span aria-hidden="true">${texts.periods}</span>${periods}</nav>
${aggregates.metrics.map((metric) => metricSection(metric, aggregates.day, voice))}`;
}

function metricSection(metric: MetricAggregates, today: string, voice: Voice): Html {
  const { texts } = voice;
  return html`<section class="card" aria-labelledby="${metric.metric}">
<h2 id="${metric.metric}">${texts.questions[metric.metric]}</h2>
${metric.total.kind === 'estimate' ? estimates(metric, metric.total, today, voice) : tooFew(metric, metric.total, voice)}
</section>`;
}

function tooFew(
  { metric, leastReports }: MetricAggregates,
  { reports, missing }: Extract<Aggregate, { kind: 'not-enough-data' }>,
  { texts, count }: Voice,
): Html {
  return html`<p>${texts.notEnough(count(reports), count(leastReports), count(missing))}</p>
<progress max="${leastReports}" value="${reports}" aria-labelledby="${metric}"></progress>`;
}

function estimates(
  metric: MetricAggregates,
  total: Extract<Aggregate, { kind: 'estimate' }>,
  today: string,
  voice: Voice,
): Html {
  const { texts, count, share, points } = voice;
  const rows = total.cells.map((cell, index) => {
    const course = metric.periods.map(
      ({ aggregate }): PointInTime => (aggregate.kind === 'estimate' ? aggregate.cells[index] : undefined),
    );
    const answer = bucketText(texts, metric.metric, cell.bucket);
    const published = course.filter((point) => point !== undefined).length;
    const over = timeChart(course, texts.cellOverTime(answer, published, course.length));
    return html`<tr><th scope="row">${answer}</th>
<td class="share"><span class="figure">${share(cell.share)}</span> <span class="range">${texts.between(share(cell.low), share(cell.high))}</span>${shareChart(cell)}</td>
<td class="course-cell">${over}</td></tr>`;
  });
  return html`<p class="quiet">${texts.answers(count(total.reports))} ${texts.movedBy(points(metric.movedByOnePercentFakes))}</p>
<table><thead><tr><th scope="col">${texts.answer}</th><th scope="col">${texts.share}</th><th scope="col">${texts.overTime}</th></tr></thead>
<tbody>${rows}</tbody></table>
${periodTable(metric, today, voice)}`;
}

function periodTable(metric: MetricAggregates, today: string, voice: Voice): Html {
  const { texts, count, share } = voice;
  const rows = metric.periods.map(({ from, to, aggregate }) => {
    const running = to >= today ? html` <span class="quiet">(${texts.running})</span>` : nothing;
    const cells =
      aggregate.kind === 'estimate'
        ? aggregate.cells.map(
            (cell) =>
              html`<td>${share(cell.share)}<br><span class="range">${texts.between(share(cell.low), share(cell.high))}</span></td>`,
          )
        : [
            html`<td colspan="${metric.buckets.length}" class="quiet">${texts.missing(count(aggregate.missing))}</td>`,
          ];
    return html`<tr><th scope="row">${texts.spanned(from, to)}${running}</th><td>${count(aggregate.reports)}</td>${cells}</tr>`;
  });
  const heads = metric.buckets.map(
    (bucket) => html`<th scope="col">${bucketText(texts, metric.metric, bucket)}</th>`,
  );
  return html`<details><summary>${texts.eachPeriod}</summary>
<div class="scroll" tabindex="0" role="group" aria-label="${texts.eachPeriod}">
<table><thead><tr><th scope="col">${texts.period}</th><th scope="col">${texts.reports}</th>${heads}</tr></thead><tbody>${rows}</tbody></table>
</div></details>`;
}

/** The catalogue has every bucket, or it would not compile; what is looked up here is a name from the registry. */
function bucketText(texts: DashboardTexts, metric: MetricAggregates['metric'], bucket: string): string {
  const words: Readonly<Record<string, string>> = texts.buckets[metric];
  return words[bucket] ?? bucket;
}
