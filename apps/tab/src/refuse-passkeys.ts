import { webFrame } from 'electron';

/**
 * Refuses passkeys at once. Electron has no dialog to ask the user for one, and leaves the page's promise pending. The
 * browser switches off the API by which pages detect passkeys. This is for pages that ask anyway.
 */
export function refusePasskeys(): void {
  void webFrame.executeJavaScript(`(${refuse})()`);
}

/** Runs in the page's world before the page's first script. */
function refuse(): void {
  // Only secure contexts have this class.
  if (typeof CredentialsContainer === 'undefined') return;
  const { prototype } = CredentialsContainer;
  const { apply } = Reflect;
  const Refusal = DOMException;
  const message = 'This browser has no passkeys.';
  const originals = { get: prototype.get, create: prototype.create };
  // Methods, so that they look like those of the platform.
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
