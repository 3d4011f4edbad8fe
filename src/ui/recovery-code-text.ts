/** The groups of a recovery code, as they are shown and written down. */
export function codeGroups(code: string): readonly string[] {
  return code.split('-');
}

/** Whether somebody typed the last group, however they write: it shows that they have the code before them. */
export function isLastGroup(typed: string, code: string): boolean {
  const asWritten = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return asWritten === codeGroups(code).at(-1);
}
