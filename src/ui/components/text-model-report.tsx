import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';

/** Which space typed texts are compared in, and why it is not the one that the operator hosts. */
export function TextModelReport() {
  const { text, formats } = useLocalisation();
  const { textModel, policy } = useEchoState();
  const folder = policy.textModel ?? '';
  return (
    <section className="card">
      <h2>{text('textModel.title')}</h2>
      <p role="status">
        {textModel.kind === 'hosted'
          ? text('textModel.hosted', { folder, dimensions: formats.number(textModel.dimensions) })
          : textModel.kind === 'failed'
            ? text(`textModel.failed.${textModel.reason}`, { folder })
            : text(`textModel.${textModel.kind}`, { folder })}
      </p>
    </section>
  );
}
