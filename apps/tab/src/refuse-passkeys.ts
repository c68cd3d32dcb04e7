import { webFrame } from 'electron';

/**
 * Refuses passkeys at once. The runtime has no window to ask the user for one, and leaves the page's promise pending.
 * The browser switches the interface off by which pages find out; this is for pages that ask all the same.
 */
export function refusePasskeys(): void {
  void webFrame.executeJavaScript(`(${refuse})()`);
}

/** Runs in the page's world before the page's first script. */
function refuse(): void {
  // Only secure pages have it.
  if (typeof CredentialsContainer === 'undefined') return;
  const { prototype } = CredentialsContainer;
  const { apply } = Reflect;
  const Refusal = DOMException;
  const message = 'This browser has no passkeys.';
  const originals = { get: prototype.get, create: prototype.create };
  // As methods, so that they look like those of the platform.
  const replacements = {
    async get(this: unknown, options?: CredentialRequestOptions) {
      if (options?.publicKey) throw new Refusal(message, 'NotAllowedError');
      return apply(originals.get, this, [options]);
    },
    async create(this: unknown, options?: CredentialCreationOptions) {
      if (options?.publicKey) throw new Refusal(message, 'NotAllowedError');
      return apply(originals.create, this, [options]);
    },
  };
  Object.assign(prototype, replacements);
}
