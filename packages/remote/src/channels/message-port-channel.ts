import { checkMethods } from '@bercon/core/kit'
import { channelError } from '../channel-error.js'
import type { TextChannel } from './text-channel.js'
import { ending } from './web-socket-channel.js'

/** What a channel needs of a `MessagePort`, in a browser or in Node; a `Worker` of a browser is one too. */
export interface MessagePortLike {
  /** Sends a value to the other end. */
  postMessage(value: unknown): void
  /** Subscribes to what arrives, to what cannot be read, and to the end of the port. */
  addEventListener(type: 'message' | 'messageerror' | 'close', listener: (event: object) => void): void
  /** Delivers the messages that arrived so far; a `Worker` does so without it. */
  start?(): void
  /** Closes both ends. */
  close?(): void
}

// How many characters are taken before the sender is sent that number: a port does not show what waits in it.
const ACKNOWLEDGED_AFTER = 65_536

/**
 * A channel over a message port, with another at the port's other end. Beside the texts a port carries numbers,
 * from which the sender knows how many characters were taken, and `null` for the end, which not every platform reports.
 */
export function messagePortChannel(port: MessagePortLike): TextChannel {
  checkMethods('port', port, ['postMessage', 'addEventListener'])
  const end = ending()
  let isOpen = true
  let unsent = 0
  let taken = 0
  let hear: (text: string) => void = () => {}
  const close = (error?: Error) => {
    if (!isOpen) return
    isOpen = false
    port.close?.()
    end.report(error)
  }
  const receive = (data: unknown) => {
    if (!isOpen) return
    if (data === null) close()
    else if (typeof data === 'number') unsent -= Math.min(unsent, Math.max(0, data || 0))
    else {
      // Anything else is no message, and as a text none either.
      const text = typeof data === 'string' ? data : ''
      taken += text.length
      if (taken >= ACKNOWLEDGED_AFTER) {
        port.postMessage(taken)
        taken = 0
      }
      hear(text)
    }
  }
  port.addEventListener('close', () => close())
  port.addEventListener('messageerror', () => close(channelError('A message of the port could not be read')))
  return {
    get unsent() {
      return unsent
    },
    send: (text) => {
      if (!isOpen) return
      unsent += text.length
      port.postMessage(text)
    },
    onText: (listener) => {
      hear = listener
      port.addEventListener('message', (event) => receive('data' in event ? event.data : undefined))
      port.start?.()
    },
    onClose: end.listen,
    close: () => {
      if (isOpen) port.postMessage(null)
      close()
    },
  }
}
