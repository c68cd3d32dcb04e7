/**
 * One end of a message channel, as rpc needs it: messages are ordered and whole, and ports travel beside them. Adapters
 * have some thirty lines and are in src/endpoints.
 */
export interface Endpoint {
  /**
   * Sends one message. Does nothing if the peer is gone, because no kind of port reports that. The other end gets the
   * message after this returns, never before.
   * @param message anything that can be cloned
   * @param ports that travel beside the message, of the endpoint's own kind
   * @throws if the message cannot be cloned; then nothing was sent
   */
  post(message: unknown, ports: readonly unknown[]): void;
  /**
   * Sets the listener: once, before start(). A message that could not be read arrives as null.
   * @param listener gets each message and the ports beside it
   */
  onMessage(listener: (message: unknown, ports: readonly unknown[]) => void): void;
  /**
   * Sets the listener: once, before start(). Called after the last message, when the other end is closed or gone.
   * @param listener called once
   */
  onClose(listener: () => void): void;
  /** Starts to deliver. No message arrives before this, and no close. */
  start(): void;
  /** Closes this end. Messages that were posted before are still delivered. */
  close(): void;
}
