import type { Configuration } from './configuration';
import { isLoggedAt, type LogLevel, quieterLevel } from './log-level';
import type { OperatorPolicy } from './policy';
import type { Settings } from './settings';

/** What the operator's policy leaves of a configuration; every value is as strict as before, or stricter. */
export function restrictConfiguration(
  configuration: Configuration,
  policy: OperatorPolicy,
  builtInLearners: ReadonlySet<string>,
): Configuration {
  const { learning, logging } = configuration;
  return {
    ...configuration,
    learning: {
      ...learning,
      verboseLogging: learning.verboseLogging && isLoggedAt('debug', policy.logLevel),
      learners: Object.fromEntries(
        Object.entries(learning.learners).map(([name, learner]) => [
          name,
          isLearnerAllowed(policy, name, builtInLearners) ? learner : { ...learner, enabled: false },
        ]),
      ),
      dataManager: {
        ...learning.dataManager,
        retentionDays: allowedRetentionDays(policy, learning.dataManager.retentionDays),
      },
    },
    logging: { ...logging, level: quieterLevel(logging.level, policy.logLevel) },
  };
}

/** What the operator's policy leaves of a person's settings. */
export function restrictSettings(settings: Settings, policy: OperatorPolicy): Settings {
  const { privacy } = settings;
  return {
    ...settings,
    privacy: { ...privacy, retentionDays: allowedRetentionDays(policy, privacy.retentionDays) },
  };
}

/** Days that learning data is kept: the fewest that the deployment, the person and the operator say. */
export function effectiveRetentionDays(
  configuration: Configuration,
  settings: Settings,
  policy: OperatorPolicy,
): number {
  const { retentionDays } = configuration.learning.dataManager;
  return allowedRetentionDays(policy, Math.min(retentionDays, settings.privacy.retentionDays));
}

/** Whether a learner may be used: those that come with Echo always, others where the operator allows plugins. */
export function isLearnerAllowed(
  policy: OperatorPolicy,
  name: string,
  builtInLearners: ReadonlySet<string>,
): boolean {
  return policy.allowPlugins || builtInLearners.has(name);
}

/** Days that learning data may be kept, of the days that were asked for. */
export function allowedRetentionDays(policy: OperatorPolicy, wantedDays: number): number {
  return Math.min(wantedDays, policy.retentionDaysMaximum ?? wantedDays);
}

/** The level that the log is written at: `verboseLogging` goes before `level`, where the policy left it on. */
export function effectiveLogLevel({ learning, logging }: Configuration): LogLevel {
  return learning.verboseLogging ? 'debug' : logging.level;
}
