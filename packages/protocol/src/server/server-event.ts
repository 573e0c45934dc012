import type { MalformedPacket } from '../wire/packet.js'

/** What a server's session has to tell of its peer. */
export type ServerSessionEvent =
  /** Emitted again when a peer that is logged in comes anew: the earlier login is over. */
  | { readonly type: 'login'; readonly accepted: boolean }
  | {
      readonly type: 'command'
      /** To be given to `reply`. */
      readonly id: number
      readonly sequence: number
      /** Empty for a keep-alive (P7). */
      readonly bytes: Uint8Array
    }
  | { readonly type: 'acknowledged'; readonly number: number; readonly sequence: number }
  /** There is room again for a message that was refused. */
  | { readonly type: 'writable' }
  /** The peer is forgotten: no command packet in time (P7), or a message that it never acknowledged (P9). */
  | { readonly type: 'expired'; readonly reason: 'silent' | 'unacknowledged' }
  | MalformedPacket
