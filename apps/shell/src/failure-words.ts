const becauseOf: Readonly<Record<string, FailureWord>> = {
  ERR_NAME_NOT_RESOLVED: 'failedNoName',
  ERR_CONNECTION_REFUSED: 'failedRefused',
  ERR_INTERNET_DISCONNECTED: 'failedOffline',
  ERR_ADDRESS_UNREACHABLE: 'failedOffline',
  ERR_TIMED_OUT: 'failedTimedOut',
  ERR_CONNECTION_TIMED_OUT: 'failedTimedOut',
  ERR_CONNECTION_RESET: 'failedReset',
  ERR_CONNECTION_CLOSED: 'failedReset',
  ERR_EMPTY_RESPONSE: 'failedReset',
  ERR_FILE_NOT_FOUND: 'failedNoFile',
  ERR_ACCESS_DENIED: 'failedNoAccess',
  ERR_INVALID_URL: 'failedAddress',
  ERR_UNKNOWN_URL_SCHEME: 'failedAddress',
  ERR_DISALLOWED_URL_SCHEME: 'failedAddress',
};

export type FailureWord =
  | 'failedNoName'
  | 'failedRefused'
  | 'failedOffline'
  | 'failedTimedOut'
  | 'failedReset'
  | 'failedNoFile'
  | 'failedNoAccess'
  | 'failedCertificate'
  | 'failedAddress'
  | 'failedOther';

/** Returns the key of the string that explains a net error, given Chromium's name of the error. */
export function failureWord(name: string): FailureWord {
  const known = Object.hasOwn(becauseOf, name) ? becauseOf[name] : undefined;
  return known ?? (name.startsWith('ERR_CERT_') ? 'failedCertificate' : 'failedOther');
}
