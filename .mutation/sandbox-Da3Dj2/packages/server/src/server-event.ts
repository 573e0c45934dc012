// @ts-nocheck
import type { Problem } from '@bercon/protocol'
import type { Peer } from './peer.js'

/** The events that an {@link RconServer} emits. */
export type RconServerEvent =
  | { readonly type: 'login'; readonly peer: Peer }
  /** Emitted once for each peer that was logged in. */
  | { readonly type: 'forgotten'; readonly peer: Peer; readonly reason: ForgottenReason }
  /** A login with a wrong password. */
  | { readonly type: 'refused'; readonly address: string; readonly port: number }
  /**
   * A datagram was not answered: it came from somebody who is not logged in, or was a login from a peer with another
   * password than it logged in with.
   */
  | {
      readonly type: 'ignored'
      readonly address: string
      readonly port: number
      readonly reason: IgnoredReason
    }
  /** A message was lost because the peer's queue is full; `count` is how many this peer has lost so far. */
  | { readonly type: 'messageDropped'; readonly peer: Peer; readonly count: number }
  /** A datagram that is not a packet, from a peer or from anybody else. */
  | {
      readonly type: 'malformed'
      readonly address: string
      readonly port: number
      readonly problem: Problem
      /** Length of the datagram in bytes. */
      readonly length: number
    }
  /**
   * `onCommand` failed for this command or returned too long a reply. Without a command, the socket or `onEvent`
   * failed.
   */
  | { readonly type: 'error'; readonly error: unknown; readonly command?: string; readonly peer?: Peer }

/**
 * Why a peer is no longer logged in: no command packet in time (P7), a message that it never acknowledged (P9),
 * `disconnect`, a new login from the same address and port, a login of another peer on a full server, `close`.
 */
export type ForgottenReason =
  | 'silent'
  | 'unacknowledged'
  | 'disconnected'
  | 'replaced'
  | 'displaced'
  | 'closed'

/**
 * Why a datagram was not answered: its sender is not logged in, the server is full (with `whenFull: 'ignore'`), too
 * many wrong passwords, a server without a password.
 */
export type IgnoredReason = 'not-logged-in' | 'full' | 'throttled' | 'no-password'
