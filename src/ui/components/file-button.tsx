import { type ReactNode, useRef } from 'react';

/** A button that lets the person choose files; the input itself stays out of sight. */
export function FileButton({
  accept,
  multiple = false,
  className = 'button',
  onFiles,
  children,
}: {
  readonly accept: string;
  readonly multiple?: boolean;
  readonly className?: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file may be chosen again.
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
