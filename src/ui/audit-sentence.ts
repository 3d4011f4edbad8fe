import type { AuditEntry } from '../echo';
import type { Text } from './i18n/localisation';

const LEVELS = ['public', 'internal', 'private', 'confidential'] as const;
const WAYS = ['passphrase', 'passkey', 'recovery-code'] as const;
const PROTECTIONS = ['passphrase', 'convenience'] as const;

/** One line of the audit log as a sentence. A detail that it does not know leaves the sentence shorter. */
export function auditSentence(text: Text, { event, detail }: AuditEntry): string {
  switch (event) {
    case 'unlocked': {
      const way = WAYS.find((known) => known === detail['with']);
      return way === undefined
        ? text('audit.unlocked')
        : text('audit.unlockedBy', { way: text(`audit.way.${way}`) });
    }
    case 'unlock-refused':
      return text('audit.unlock-refused', { attempts: countIn(detail['attempts']) });
    case 'protection-changed': {
      const to = PROTECTIONS.find((known) => known === detail['to']) ?? 'passphrase';
      return text(`audit.protection-changed.${to}`);
    }
    case 'key-rotated':
    case 'key-dropped': {
      const level = LEVELS.find((known) => known === detail['level']) ?? 'internal';
      return text(`audit.${event}`, { level: text(`audit.level.${level}`) });
    }
    case 'backup-exported':
    case 'backup-imported':
    case 'rows-quarantined':
      return text(`audit.${event}`, { count: countIn(detail['rows']) });
    case 'data-forgotten':
      return text(`audit.${event}`, { count: countIn(detail['records']) });
    case 'retention-applied':
      return text(`audit.${event}`, {
        count: Math.max(1, countIn(detail['learningData'], 0) + countIn(detail['interactions'], 0)),
      });
    case 'insights-reported':
      return text('audit.insights-reported', {
        bytes: countIn(detail['bytes']),
        epsilon: countIn(detail['epsilon']),
      });
    default:
      return text(`audit.${event}`);
  }
}

/** An entry without its number tells of something that happened at least once. */
function countIn(value: unknown, otherwise = 1): number {
  return typeof value === 'number' ? value : otherwise;
}
