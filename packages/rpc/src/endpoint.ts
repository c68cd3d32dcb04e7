/**
 * One end of a message channel, as rpc needs it: ordered, whole messages, ports beside them. Adapters are some thirty
 * lines; each is in src/endpoints.
 */
export interface Endpoint {
  /**
   * Sends one message. Silent when the peer is gone: no kind of port reports that. Throws when the message cannot be
   * cloned; then nothing was sent. The other end gets it after this has returned, never within.
   */
  post(message: unknown, ports: readonly unknown[]): void;
  /** Set once, before start(). A message that could not be read arrives as null. */
  onMessage(listener: (message: unknown, ports: readonly unknown[]) => void): void;
  /** Set once, before start(). Called when the other end is closed or its process is gone, after the last message. */
  onClose(listener: () => void): void;
  /** Nothing arrives before this, not even the close. */
  start(): void;
  /** What was posted before is still delivered. */
  close(): void;
}
