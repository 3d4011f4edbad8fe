import '../styles/phrases.css';
import { useId, useState } from 'react';
import type { PhraseId } from '../../core/ids';
import type { ActionSpec, Clash } from '../../echo';
import { actionProblem, canSave } from '../action-check';
import { ActionEditor } from '../components/action-editor';
import { ClashWarning } from '../components/clash-warning';
import { Screen } from '../components/screen';
import { TakeRecorder } from '../components/take-recorder';
import { useEcho, useEchoState } from '../echo-context';
import { useDrafts } from '../hooks/use-drafts';
import { useLocalisation } from '../i18n/localisation';
import { worstClash } from '../phrase-strength';
import { goToSaved, hrefOf } from '../router';
import { vaultErrorText } from '../vault-error-text';

/** Teaching in three steps on one page: name it, say it, choose what should happen. */
export function Teach({ withSample }: { readonly withSample: boolean }) {
  const echo = useEcho();
  const { text, language } = useLocalisation();
  const nameId = useId();
  const { policy } = useEchoState();
  const drafts = useDrafts(0);
  const [name, setName] = useState('');
  const [action, setAction] = useState<ActionSpec>({ kind: 'none' });
  const [clash, setClash] = useState<Clash>();
  const [problem, setProblem] = useState<string>();
  const [isSaving, setIsSaving] = useState(false);

  const missing = [
    ...(name.trim() === '' ? [text('teach.needs.name')] : []),
    ...(drafts.takes.length === 0 ? [text('teach.needs.take')] : []),
    ...(canSave(actionProblem(action, policy)) ? [] : [text('teach.needs.action')]),
  ];
  const isReady = missing.length === 0 && !drafts.isBusy;

  async function save() {
    let made: PhraseId | undefined;
    const isSaved = await drafts.save(async (takes) => {
      const saved = await echo.phrases.save({ name: name.trim(), action, drafts: takes });
      setIsSaving(false);
      if (saved.ok) made = saved.value;
      else setProblem(vaultErrorText(text, saved.error));
      return saved.ok;
    });
    if (isSaved && made !== undefined) goToSaved({ screen: 'phrase', id: made });
  }

  async function check() {
    setIsSaving(true);
    setProblem(undefined);
    const alike = worstClash(await echo.phrases.clashes(drafts.takes.map((take) => take.id)));
    if (alike === undefined) return save();
    setIsSaving(false);
    setClash(alike);
  }

  return (
    <Screen title={text('teach.title')} back={{ route: { screen: 'phrases' }, place: text('nav.phrases') }}>
      <ol className="steps">
        <li className="step">
          <h2>
            <label htmlFor={nameId}>{text('teach.step.name')}</label>
          </h2>
          <input
            id={nameId}
            className="input"
            maxLength={120}
            value={name}
            placeholder={text('teach.nameHint')}
            onChange={(event) => setName(event.target.value)}
          />
        </li>
        <li className="step">
          <h2>{text('teach.step.say')}</h2>
          <TakeRecorder
            drafts={drafts}
            opensSamples={withSample}
            onSample={(group) => {
              if (name.trim() === '') setName(group.phrase);
            }}
          />
        </li>
        <li className="step">
          <h2>{text('teach.step.action')}</h2>
          <ActionEditor action={action} onChange={setAction} />
        </li>
      </ol>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="save-bar">
        <button
          type="button"
          className="button button-primary"
          disabled={!isReady || isSaving}
          onClick={() => void check()}
        >
          {text(isSaving ? 'teach.saving' : 'teach.save')}
        </button>
        <a className="button button-quiet" href={hrefOf({ screen: 'phrases' })}>
          {text('common.cancel')}
        </a>
        {missing.length > 0 && (
          <p className="small quiet">
            {text('teach.missing', {
              what: new Intl.ListFormat(language, { type: 'conjunction' }).format(missing),
            })}
          </p>
        )}
      </div>
      {clash !== undefined && (
        <ClashWarning
          clash={clash}
          onChange={() => setClash(undefined)}
          onAnyway={() => {
            setClash(undefined);
            setIsSaving(true);
            void save();
          }}
        />
      )}
    </Screen>
  );
}
