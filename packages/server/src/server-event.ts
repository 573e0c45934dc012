import type { Problem } from '@bercon/protocol'
import type { Peer } from './peer.js'

/** What an {@link RconServer} has to tell. */
export type RconServerEvent =
  | { readonly type: 'login'; readonly peer: Peer }
  /** Told once of each peer that was logged in. */
  | { readonly type: 'forgotten'; readonly peer: Peer; readonly reason: ForgottenReason }
  /** A login with a wrong password. */
  | { readonly type: 'refused'; readonly address: string; readonly port: number }
  /**
   * A datagram from somebody who is not logged in, or a login from somebody who is with another password than the one
   * that peer logged in with, was left unanswered.
   */
  | {
      readonly type: 'ignored'
      readonly address: string
      readonly port: number
      readonly reason: IgnoredReason
    }
  /** Messages to a peer whose queue is full are lost; `count` is how many this peer has lost so far. */
  | { readonly type: 'messageDropped'; readonly peer: Peer; readonly count: number }
  /** A datagram that is no packet; from a peer, or from anybody. */
  | {
      readonly type: 'malformed'
      readonly address: string
      readonly port: number
      readonly problem: Problem
      /** Of the datagram in bytes. */
      readonly length: number
    }
  /** `onCommand` failed at this command or gave too long a reply; without a command, the socket or `onEvent` failed. */
  | { readonly type: 'error'; readonly error: unknown; readonly command?: string; readonly peer?: Peer }

/**
 * Why a peer is no longer logged in: no command packet in time (P7), a message that it never acknowledged (P9),
 * `disconnect`, a new login from the same address and port, a login of another peer where the server was full, `close`.
 */
export type ForgottenReason =
  | 'silent'
  | 'unacknowledged'
  | 'disconnected'
  | 'replaced'
  | 'displaced'
  | 'closed'

/** Why a datagram was left unanswered: no login, no room (with `whenFull: 'ignore'`), too many wrong passwords, a server without a password. */
export type IgnoredReason = 'not-logged-in' | 'full' | 'throttled' | 'no-password'
