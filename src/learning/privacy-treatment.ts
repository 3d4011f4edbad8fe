import { type DataPrivacyLevel, dataPrivacyLevels } from './data-privacy-level';

/** What may be done with data of one privacy level. */
export interface PrivacyTreatment {
  /** Whether a value computed from it may go into an insight, which may leave the device if opted in. */
  readonly mayEnterInsights: boolean;
  /** Whether a file that is not encrypted may carry it: a debug export, a CSV. Backups are always encrypted. */
  readonly mayBeExportedPlain: boolean;
  /** Whether it may stay opened in memory after the call that asked for it, until the vault locks. */
  readonly mayStayOpened: boolean;
}

/**
 * The one place that says what a privacy level means. Each level is sealed under data keys of its own, so that
 * losing one opens nothing of another. The table only loosens downwards: what a level forbids, every closer
 * level forbids too.
 *
 * | level          | insights              | plain export | stays opened in memory |
 * | -------------- | --------------------- | ------------ | ---------------------- |
 * | `public`       | yes                   | yes          | yes                    |
 * | `internal`     | yes                   | yes          | yes                    |
 * | `private`      | yes, as bucketed, noisy counts only | no | yes               |
 * | `confidential` | no                    | no           | no                     |
 */
export const privacyTreatments: Readonly<Record<DataPrivacyLevel, PrivacyTreatment>> = {
  public: { mayEnterInsights: true, mayBeExportedPlain: true, mayStayOpened: true },
  internal: { mayEnterInsights: true, mayBeExportedPlain: true, mayStayOpened: true },
  private: { mayEnterInsights: true, mayBeExportedPlain: false, mayStayOpened: true },
  confidential: { mayEnterInsights: false, mayBeExportedPlain: false, mayStayOpened: false },
};

/** The levels that may be treated so, from the least to the most personal. */
export const levelsThat = (treatment: keyof PrivacyTreatment): readonly DataPrivacyLevel[] =>
  dataPrivacyLevels.filter((level) => privacyTreatments[level][treatment]);
