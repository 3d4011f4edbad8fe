/** Bytes WebCrypto takes: never backed by shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

export const utf8 = (text: string): Bytes => encoder.encode(text);

/**
 * Binds a ciphertext to what it is. JSON of a flat list is injective for strings and integers
 * (quotes and lone surrogates are escaped), so no two lists share their bytes, as joined text would.
 *
 * @param purpose keeps the kinds of ciphertext apart (`record`, `data-key`, `slot`, `backup`)
 */
export function associatedData(purpose: string, parts: readonly (string | number)[]): Bytes {
  return utf8(JSON.stringify(['claude-echo', purpose, ...parts]));
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
