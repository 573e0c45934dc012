// @ts-nocheck
import type { ClientMessage } from '../wire/message.js'

/** Where the host's side of a channel stands; the last is final. */
export type HostState = 'greeting' | 'serving' | 'ended'

/** What moves it: a message of the other side, or the end of the channel. */
export type HostMove = ClientMessage['type'] | 'end'

/** Every legal move, and where it leads. A message that has none here is out of turn, and ends the channel. */
export const HOST_MOVES: {
  readonly [State in HostState]: { readonly [Move in HostMove]?: HostState }
} = {
  greeting: { hello: 'serving', close: 'ended', end: 'ended' },
  serving: {
    hello: 'serving',
    open: 'serving',
    exchange: 'serving',
    cancel: 'serving',
    close: 'ended',
    end: 'ended',
  },
  ended: {},
}
