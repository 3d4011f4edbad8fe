/** Why there is no sound. Each has its own words and its own way out on the page. */
export type MicrophoneFault =
  | { readonly kind: 'no-microphone' }
  | { readonly kind: 'permission-refused' }
  /** Another program holds it, or the system refuses. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'unplugged' }
  /** Open, but only digital zeros arrive: muted or dead. */
  | { readonly kind: 'dead-track'; readonly silentMs: number }
  /** This browser has no microphone or no AudioWorklet (also: the page is not served securely). */
  | { readonly kind: 'unsupported' };
