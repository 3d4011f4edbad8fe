import '../styles/facts.css';
import { useState } from 'react';
import { AuditSection } from '../components/audit-section';
import { BackupSection } from '../components/backup-section';
import { DeleteEverythingDialog } from '../components/delete-everything-dialog';
import { Icon } from '../components/icon';
import { InsightsSection } from '../components/insights-section';
import { KeysSection } from '../components/keys-section';
import { Promises } from '../components/promises';
import { Screen } from '../components/screen';
import { StoredSection } from '../components/stored-section';
import { WaysInSection } from '../components/ways-in-section';
import { useText } from '../i18n/localisation';

/** What is stored, how it is protected, and every way to take it along or be rid of it. */
export function Privacy() {
  const text = useText();
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <Screen title={text('privacy.title')} aside={<Promises />}>
      <WaysInSection />
      <StoredSection />
      <KeysSection />
      <AuditSection />
      <BackupSection />
      <InsightsSection />
      <section className="card">
        <h2>{text('privacy.delete')}</h2>
        <p>{text('privacy.deleteIntro')}</p>
        <div>
          <button type="button" className="button button-danger" onClick={() => setIsDeleting(true)}>
            <Icon name="delete" />
            {text('privacy.delete')}
          </button>
        </div>
        {isDeleting && <DeleteEverythingDialog onClose={() => setIsDeleting(false)} />}
      </section>
    </Screen>
  );
}
