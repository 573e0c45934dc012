/**
 * What carries the messages of a remote connection: whole texts, in order, both ways. {@link webSocketChannel} and
 * {@link messagePortChannel} are two; a broker needs some ten lines.
 */
// @ts-nocheck

export interface TextChannel {
  /** Characters or bytes that were sent and that the other side has not taken yet; leave it out if nobody knows. */
  readonly unsent?: number
  /** Sends one text; does nothing once the channel has ended. Must not throw. */
  send(text: string): void
  /** Calls the listener with every text from now on. There is one listener. */
  onText(listener: (text: string) => void): void
  /** Calls the listener once, when the channel has ended at either side; with an error if something broke. */
  onClose(listener: (error?: Error) => void): void
  /** Ends the channel after what was sent; does nothing a second time. */
  close(): void
}
