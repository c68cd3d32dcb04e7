/**
 * One end of a message channel, as rpc needs it: messages are ordered and whole, and ports travel beside them. Adapters
 * have some thirty lines and are in src/endpoints.
 */
export interface Endpoint {
  /**
   * Sends one message. Does nothing if the peer is gone, because no kind of port reports that. Throws if the message
   * cannot be cloned; then nothing was sent. The other end gets the message after this returns, never before.
   */
  post(message: unknown, ports: readonly unknown[]): void;
  /** Sets the listener: once, before start(). A message that could not be read arrives as null. */
  onMessage(listener: (message: unknown, ports: readonly unknown[]) => void): void;
  /** Sets the listener: once, before start(). Called after the last message, when the other end is closed or gone. */
  onClose(listener: () => void): void;
  /** Starts to deliver. No message arrives before this, and no close. */
  start(): void;
  /** Closes this end. Messages that were posted before are still delivered. */
  close(): void;
}
