import { Icon } from './icon';

/** The first letter of a name in a disc; a figure for somebody without one. Beside the name, never alone. */
export function PersonMark({ name }: { readonly name: string }) {
  const [initial] = new Intl.Segmenter().segment(name.trim());
  return (
    <span className="person-mark" aria-hidden="true">
      {initial === undefined ? <Icon name="you" size={20} /> : initial.segment.toLocaleUpperCase()}
    </span>
  );
}
