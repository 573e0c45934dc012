import type { ClientMessage, HostMessage } from './message.js'
import type { Fault } from './read-message.js'

/**
 * Carries the messages of one channel, at the host's side: as JSON over a {@link TextChannel}, or as they are to another
 * thread.
 */
export interface MessageCarrier {
  /** Whether events can be sent now, have to wait, or so much is unsent that the channel is given up. */
  readonly room: 'free' | 'full' | 'exceeded'
  /** Returns `false` for a message that is too long, and does not send it. */
  send(message: HostMessage): boolean
  /** Calls the listener with every message of the other side, or with what is wrong with it. */
  onMessage(listener: (message: ClientMessage | Fault) => void): void
  /** Calls the listener when there may be room again; leave it out if nobody knows, and the host looks now and then. */
  onRoom?(listener: () => void): void
  /** Calls the listener once, when the channel has ended. */
  onClose(listener: (error?: Error) => void): void
  /** Ends the channel after what was sent. */
  close(): void
}
