// @ts-nocheck
import type { HostMessage } from '../wire/message.js'

/** Where the user's side of a channel stands; the last is final. */
export type LinkState = 'opening' | 'greeting' | 'attached' | 'leaving' | 'ended'

/** What moves it: the channel, a message of the host, or the end of the use. */
export type LinkMove = 'opened' | HostMessage['type'] | 'leave' | 'end'

/** Every legal move, and where it leads. A message that has none here is out of turn, and ends the channel. */
export const LINK_MOVES: {
  readonly [State in LinkState]: { readonly [Move in LinkMove]?: LinkState }
} = {
  opening: { opened: 'greeting', leave: 'ended', end: 'ended' },
  greeting: { state: 'attached', close: 'ended', leave: 'leaving', end: 'ended' },
  attached: {
    state: 'attached',
    answer: 'attached',
    event: 'attached',
    close: 'ended',
    leave: 'leaving',
    end: 'ended',
  },
  // What was on its way comes still, and is nobody's.
  leaving: { state: 'leaving', answer: 'leaving', event: 'leaving', close: 'ended', end: 'ended' },
  ended: {},
}
