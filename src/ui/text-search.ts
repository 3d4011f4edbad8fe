/** Whether a text contains what was typed, whatever the case, the accents and the width of the letters. */
export function containsText(text: string, typed: string): boolean {
  return folded(text).includes(folded(typed.trim()));
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
