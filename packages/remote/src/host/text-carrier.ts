import type { TextChannel } from '../channels/text-channel.js'
import type { MessageCarrier } from '../wire/message-carrier.js'
import { readClientMessage } from '../wire/read-message.js'
import type { HostLimits } from './host-options.js'

// A reader is this much slower than it may be before its channel is ended: answers cannot be dropped, as events can.
const TOO_SLOW = 8

/** Messages as JSON, within the limits. */
export function textCarrier(
  channel: TextChannel,
  { maxMessageLength, maxUnsent }: HostLimits,
): MessageCarrier {
  return {
    get room() {
      const { unsent = 0 } = channel
      if (unsent > maxUnsent * TOO_SLOW) return 'exceeded'
      return unsent > maxUnsent ? 'full' : 'free'
    },
    send: (message) => {
      const text = JSON.stringify(message)
      if (text.length > maxMessageLength) return false
      channel.send(text)
      return true
    },
    onMessage: (listener) => channel.onText((text) => listener(readClientMessage(text, maxMessageLength))),
    onClose: (listener) => channel.onClose(listener),
    close: () => channel.close(),
  }
}
