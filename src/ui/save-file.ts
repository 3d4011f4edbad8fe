/** How long a browser may take to start reading a download before its address is withdrawn. */
const KEEP_ADDRESS_MS = 60_000;

/** Offers a blob to the person as a file to keep. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_ADDRESS_MS);
}
