/** `scheme://user:password@`, also behind `view-source:` and `blob:`. */
const userInfo = /^((?:view-source:|blob:|filesystem:)*[a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i;

/**
 * Removes the user name and the password from an address. Every address that is shown, stored or logged goes through
 * here. Chromium keeps the credentials for its own requests.
 */
export function withoutCredentials(address: string): string {
  return address.includes('@') ? address.replace(userInfo, '$1') : address;
}
