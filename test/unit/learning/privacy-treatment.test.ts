import { describe, expect, it } from 'vitest';
import { dataPrivacyLevels } from '../../../src/learning/data-privacy-level';
import {
  levelsThat,
  type PrivacyTreatment,
  privacyTreatments,
} from '../../../src/learning/privacy-treatment';

const treatments = Object.keys(privacyTreatments.public) as (keyof PrivacyTreatment)[];

describe('privacy treatments', () => {
  it('never allow a closer level what they forbid a less personal one', () => {
    for (const treatment of treatments) {
      const allowed = dataPrivacyLevels.map((level) => privacyTreatments[level][treatment]);
      expect(allowed).toEqual([...allowed].sort((a, b) => Number(b) - Number(a)));
    }
  });

  it('allow nothing that is confidential out of the vault, in whatever form', () => {
    expect(Object.values(privacyTreatments.confidential)).toEqual(treatments.map(() => false));
  });

  it('let a file that is not encrypted carry nothing about the person', () => {
    expect(levelsThat('mayBeExportedPlain')).toEqual(['public', 'internal']);
  });
});
