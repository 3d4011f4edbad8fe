import { useState } from 'react';
import { useText } from '../i18n/localisation';
import { DeleteEverythingDialog } from './delete-everything-dialog';

/** The other way out of a closed vault, folded away until it is looked for. */
export function DeleteInstead({ summary, body }: { readonly summary: string; readonly body: string }) {
  const text = useText();
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <details className="gate-more">
      <summary>{summary}</summary>
      <div className="stack">
        <p className="quiet">{body}</p>
        <div className="row">
          <button type="button" className="button button-danger" onClick={() => setIsDeleting(true)}>
            {text('privacy.delete')}
          </button>
        </div>
      </div>
      {isDeleting && <DeleteEverythingDialog onClose={() => setIsDeleting(false)} />}
    </details>
  );
}
