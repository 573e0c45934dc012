import { asError } from '../channel-error.js'
import type { TextChannel } from '../channels/text-channel.js'
import { Bundle } from '../wire/bundle.js'
import type { MessageCarrier } from '../wire/message-carrier.js'
import { readClientMessages } from '../wire/read-message.js'
import type { HostSettings } from './host-options.js'

// A reader is this much slower than it may be before its channel is ended: answers cannot be dropped, as events can.
const TOO_SLOW = 8

/** Messages as JSON, within the limits. */
export function textCarrier(
  channel: TextChannel,
  { limits: { maxMessageLength, maxUnsent }, turnEnd }: Pick<HostSettings, 'limits' | 'turnEnd'>,
): MessageCarrier {
  let onBroken: (error?: Error) => void = () => {}
  // A list is sent at the end of a turn, where nobody would catch what the channel throws.
  const send = (text: string) => {
    try {
      channel.send(text)
    } catch (error) {
      onBroken(asError(error))
    }
  }
  const bundle = new Bundle(send, turnEnd ?? ((flush) => flush()))
  return {
    get room() {
      const unsent = (channel.unsent ?? 0) + bundle.length
      if (unsent > maxUnsent * TOO_SLOW) return 'exceeded'
      return unsent > maxUnsent ? 'full' : 'free'
    },
    send: (message) => {
      const text = JSON.stringify(message)
      if (text.length > maxMessageLength) return false
      bundle.add(text)
      return true
    },
    onMessage: (listener) =>
      channel.onText((text) => {
        for (const message of readClientMessages(text, maxMessageLength)) {
          if (message.type === 'hello') bundle.allow(message.bundle ?? 0)
          listener(message)
        }
      }),
    onClose: (listener) => {
      onBroken = listener
      channel.onClose(listener)
    },
    close: () => {
      bundle.flush()
      channel.close()
    },
  }
}
