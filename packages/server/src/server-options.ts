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

/** Whom a server lets in. */
export interface AdmissionOptions {
  /**
   * Peers logged in at the same time, from 1 to 1,000,000.
   * @default 64
   */
  readonly maxPeers: number
  /**
   * What a login finds where `maxPeers` are in. `'displace'`: with the right password it takes the seat of the peer that
   * has been silent for longest, of its own address (its /64) if one is in from there, because a client that leaves
   * cannot say so (W2). `'ignore'`: it is not answered until somebody is forgotten.
   * @default 'displace'
   */
  readonly whenFull: 'displace' | 'ignore'
  /**
   * Wrong passwords from one address that are looked at within `loginWindowMs`, from 1 to 1,000. After that no login
   * from there is looked at or answered until the first of them is that old; who is logged in from there stays in.
   * An address of IPv6 counts as its /64.
   * @default 10
   */
  readonly maxLoginAttempts: number
  /**
   * For how long a wrong password counts, in ms.
   * @default 60000
   */
  readonly loginWindowMs: number
  /**
   * Addresses of wrong passwords that are remembered, from 1 to 1,000,000; the oldest are forgotten.
   * @default 10000
   */
  readonly maxTrackedAddresses: number
}

/** Everything about an {@link RconServer} that has a default, except what it is plugged into. */
export interface RconServerSettings extends ServerSessionOptions, AdmissionOptions {
  /**
   * Whether everybody logged in gets `RCon admin #N (IP:PORT) logged in` after a login, as from a game (W2); the new
   * peer as its first message. Some clients wait for it.
   * @default true
   */
  readonly announceLogins: boolean
}

/** What an {@link RconServer} is made with. */
export interface RconServerOptions extends Partial<RconServerSettings> {
  /**
   * What peers log in with; with an empty one no login is answered, as on a server without a password (P4). Pass
   * either this or `authenticate`.
   */
  readonly password?: string | undefined
  /**
   * Returns who a password belongs to, or `undefined` if the login is to be refused; the name becomes `peer.name`. It
   * is called for every login of an address that has not sent too many wrong passwords, and must answer at once: a
   * promise would hold something for every stranger who asks. Keep hashes in memory, and compare them in constant
   * time. If it throws, or returns anything else, the login is not answered and `onEvent` receives an `error`.
   */
  readonly authenticate?: ((password: string, from: Endpoint) => Identity | undefined) | undefined
  /**
   * Gives the reply to a command. When it throws or rejects, the peer gets no reply (a false one could not be told
   * from a true one) and `onEvent` an `error`. Keep-alives are answered without it (P7).
   */
  readonly onCommand: (command: string, peer: Peer) => Reply | Promise<Reply>
  /** Is told what happens; should it throw, or give a promise that rejects, it is told that as an `error`. */
  readonly onEvent?: (event: RconServerEvent) => void
  /**
   * Faults between the server and each of its peers, both ways, to test a client against a bad network. Each peer has
   * a link of its own, whose seed comes from `seed` and the order in which the peers appear, and whose `maxInTransit` is
   * 1,000 unless told otherwise. Beyond 16 MiB on all links together datagrams are lost.
   */
  readonly network?: Partial<LinkOptions>
  /** @default the clock of this process */
  readonly clock?: Clock
  /** @default a socket of `node:dgram` */
  readonly openSocket?: OpenSocket
}

/** Who a password belongs to. */
export interface Identity {
  /** Becomes `peer.name`. */
  readonly name: string
}

/** Where to listen. */
export interface ListenOptions {
  /**
   * An address or host name; what it means decides between IPv4 and IPv6.
   * @default '127.0.0.1'
   */
  readonly host?: string
  /**
   * 0 for any port that is free.
   * @default 0
   */
  readonly port?: number
}

/** The text of a reply or message, sent as UTF-8 (W6), or its bytes, sent as they are. */
export type Reply = string | Uint8Array

const ADMISSION_DEFAULTS: AdmissionOptions = {
  maxPeers: 64,
  whenFull: 'displace',
  maxLoginAttempts: 10,
  loginWindowMs: 60_000,
  maxTrackedAddresses: 10_000,
}

/** What a server does unless told otherwise. */
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

/** @throws `InvalidArgumentError` naming what a server cannot be plugged into. */
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
 * What is for the admission, checked, and what is for the sessions, which check it themselves.
 *
 * @throws `InvalidArgumentError` naming the option that is out of range.
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
