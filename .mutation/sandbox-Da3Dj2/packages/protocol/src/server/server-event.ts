// @ts-nocheck
import type { MalformedPacket } from '../wire/packet.js'

/** The events that a server's session emits about its peer. */
export type ServerSessionEvent =
  /** Also emitted when a peer that is logged in logs in again: the earlier login has ended. */
  | { readonly type: 'login'; readonly accepted: boolean }
  | {
      readonly type: 'command'
      /** Pass it to `reply`. */
      readonly id: number
      readonly sequence: number
      /** Empty for a keep-alive (P7). */
      readonly bytes: Uint8Array
    }
  | { readonly type: 'acknowledged'; readonly number: number; readonly sequence: number }
  /** There is room again after a message was refused. */
  | { readonly type: 'writable' }
  /** The peer is forgotten: it sent no command packet in time (P7), or never acknowledged a message (P9). */
  | { readonly type: 'expired'; readonly reason: 'silent' | 'unacknowledged' }
  | MalformedPacket
