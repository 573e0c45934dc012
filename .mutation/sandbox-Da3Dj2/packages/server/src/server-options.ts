// @ts-nocheck
import {
  checkMethods,
  checkNames,
  checkOptions,
  InvalidArgumentError,
  SERVER_SESSION_DEFAULTS,
  type ServerSessionOptions,
  unshownArgument,
} from '@bercon/protocol'
import type { Clock } from '@bercon/protocol/driver'
import type { LinkOptions } from '@bercon/protocol/link'
import type { Endpoint, OpenSocket } from './bound-socket.js'
import type { Peer } from './peer.js'
import type { RconServerEvent } from './server-event.js'

/** Options about logins. */
export interface AdmissionOptions {
  /**
   * Most peers logged in at the same time, from 1 to 1,000,000.
   * @default 64
   */
  readonly maxPeers: number
  /**
   * What happens to a login when `maxPeers` are logged in. `'displace'`: with the right password it takes the seat of
   * the peer that has been silent for longest, of its own address (its /64) if there is one, because a client that
   * leaves cannot log out (W2). `'ignore'`: it is not answered until a peer is forgotten.
   * @default 'displace'
   */
  readonly whenFull: 'displace' | 'ignore'
  /**
   * Most wrong passwords checked from one address within `loginWindowMs`, from 1 to 1,000. After that no login from
   * there is checked or answered until the first of them is that old; peers from there stay logged in. An IPv6 address
   * counts as its /64.
   * @default 10
   */
  readonly maxLoginAttempts: number
  /**
   * How long a wrong password counts, in ms.
   * @default 60000
   */
  readonly loginWindowMs: number
  /**
   * Most addresses with wrong passwords that are remembered, from 1 to 1,000,000; the oldest are dropped.
   * @default 10000
   */
  readonly maxTrackedAddresses: number
}

/** All options of an {@link RconServer} with a default, except handlers and platform. */
export interface RconServerSettings extends ServerSessionOptions, AdmissionOptions {
  /**
   * Whether all peers get `RCon admin #N (IP:PORT) logged in` after each login, like from a game (W2), the new peer as
   * its first message. Some clients wait for it.
   * @default true
   */
  readonly announceLogins: boolean
}

/** Options of an {@link RconServer}. */
export interface RconServerOptions extends Partial<RconServerSettings> {
  /**
   * The password for everybody. With an empty one no login is answered, like on a server without a password (P4). Pass
   * either this or `authenticate`.
   */
  readonly password?: string | undefined
  /**
   * Returns who a password belongs to, or `undefined` to refuse the login. The name becomes `peer.name`. It is called
   * for every login, unless the address sent too many wrong passwords, and must return without a promise, which would
   * use memory for every stranger. Keep hashes in memory, and compare them in constant time. If it throws, or returns
   * anything else, the login is not answered and `onEvent` receives an `error`.
   */
  readonly authenticate?: ((password: string, from: Endpoint) => Identity | undefined) | undefined
  /**
   * Returns the reply to a command. If it throws or rejects, the peer gets no reply, because it could not distinguish an
   * invented one, and `onEvent` receives an `error`. The server answers keep-alives by itself (P7).
   */
  readonly onCommand: (command: string, peer: Peer) => Reply | Promise<Reply>
  /** Receives all events. If it throws, or returns a promise that rejects, it receives that as an `error`. */
  readonly onEvent?: (event: RconServerEvent) => void
  /**
   * Faults between the server and each of its peers, in both directions, to test a client on an unreliable network. Each
   * peer has its own link, with a seed derived from `seed` and the order in which the peers appear, and a `maxInTransit`
   * of 1,000 by default. Beyond 16 MiB on all links together datagrams are lost.
   */
  readonly network?: Partial<LinkOptions>
  /** @default the clock of this process */
  readonly clock?: Clock
  /** @default a socket of `node:dgram` */
  readonly openSocket?: OpenSocket
}

/** The owner of a password. */
export interface Identity {
  /** Becomes `peer.name`. */
  readonly name: string
}

/** Where to listen. */
export interface ListenOptions {
  /**
   * An address or host name, which also decides between IPv4 and IPv6.
   * @default '127.0.0.1'
   */
  readonly host?: string
  /**
   * The port; 0 for any free one.
   * @default 0
   */
  readonly port?: number
}

/** The text of a reply or message, sent as UTF-8 (W6), or its bytes, sent unchanged. */
export type Reply = string | Uint8Array

const ADMISSION_DEFAULTS: AdmissionOptions = {
  maxPeers: 64,
  whenFull: 'displace',
  maxLoginAttempts: 10,
  loginWindowMs: 60_000,
  maxTrackedAddresses: 10_000,
}

/** The default options of a server. */
export const RCON_SERVER_DEFAULTS: RconServerSettings = {
  ...SERVER_SESSION_DEFAULTS,
  ...ADMISSION_DEFAULTS,
  announceLogins: true,
}

/** The names of the options of a server. */
export const SERVER_OPTION_NAMES: readonly string[] = [
  ...['password', 'authenticate', 'onCommand', 'onEvent', 'network', 'clock', 'openSocket'],
  ...Object.keys(RCON_SERVER_DEFAULTS),
]

const MANY = { min: 1, max: 1_000_000, integer: true } as const

/** @throws `InvalidArgumentError` naming a handler or platform option of the wrong shape. */
export function checkPlugs(options: RconServerOptions): void {
  checkNames(options, SERVER_OPTION_NAMES)
  const { onCommand, onEvent, network, clock, openSocket, announceLogins = true, authenticate } = options
  if (authenticate !== undefined) checkFunction('authenticate', authenticate)
  if (authenticate !== undefined && options.password !== undefined)
    throw unshownArgument(
      'password',
      options.password,
      'left out beside authenticate',
      'password and authenticate exclude each other; pass one of them',
    )
  if (typeof announceLogins !== 'boolean')
    throw new InvalidArgumentError('announceLogins', announceLogins, 'true or false')
  checkFunction('onCommand', onCommand)
  if (onEvent !== undefined) checkFunction('onEvent', onEvent)
  if (openSocket !== undefined) checkFunction('openSocket', openSocket)
  if (network !== undefined && (typeof network !== 'object' || network === null))
    throw new InvalidArgumentError('network', network, 'an object with options of the network')
  if (clock !== undefined) checkMethods('clock', clock, ['now', 'setTimer'])
}

function checkFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw unshownArgument(name, value, 'a function')
}

/**
 * Splits the options into those about logins, which it checks, and those of the sessions, which check them.
 *
 * @throws `InvalidArgumentError` naming an option that is out of range.
 */
export function splitSettings(given: Partial<RconServerSettings>): {
  readonly admission: AdmissionOptions
  readonly session: Partial<ServerSessionOptions>
} {
  const entries = Object.entries(given)
  const admission = Object.fromEntries(entries.filter(([name]) => name in ADMISSION_DEFAULTS))
  const session = Object.fromEntries(entries.filter(([name]) => !(name in ADMISSION_DEFAULTS)))
  return { admission: admissionOptions(admission), session }
}

function admissionOptions(given: Partial<AdmissionOptions>): AdmissionOptions {
  const options = checkOptions(given, ADMISSION_DEFAULTS, {
    maxPeers: MANY,
    maxLoginAttempts: { min: 1, max: 1_000, integer: true },
    loginWindowMs: { min: 1, max: Number.POSITIVE_INFINITY },
    maxTrackedAddresses: MANY,
  })
  if (options.whenFull !== 'displace' && options.whenFull !== 'ignore')
    throw new InvalidArgumentError('whenFull', options.whenFull, "'displace' or 'ignore'")
  return options
}
