import type { ClientClock, ConnectionEvent } from '@bercon/core'
import {
  ANY_DURATION,
  type CommandRequest,
  checkMethods,
  checkNames,
  checkOptions,
  SOME_COUNT,
  systemClock,
} from '@bercon/core/kit'

/** What one channel may make a host hold and do. */
export interface HostLimits {
  /**
   * The longest message either way, in characters. A longer one from the channel ends it; a longer reply becomes a
   * `reply-too-large` error, and a longer event is dropped and counted.
   * @default 1048576
   */
  readonly maxMessageLength: number
  /**
   * Commands under way at once; the other side keeps the rest.
   * @default 256
   */
  readonly maxExchanges: number
  /**
   * What the channel may owe a reader, in its own unit, before events wait; at eight times that the channel is ended.
   * @default 1048576
   */
  readonly maxUnsent: number
  /**
   * Events that wait for a slow reader. Beyond them the oldest are dropped, counted, and reported by an `eventsDropped`.
   * @default 1000
   */
  readonly maxQueuedEvents: number
  /**
   * The same for the texts of those events together, in characters.
   * @default 2097152
   */
  readonly maxQueuedCharacters: number
  /**
   * How long nothing may come from the channel, in ms, before it is ended; a `RemoteConnection` says something every 20 s.
   * @default 180000
   */
  readonly silenceMs: number
  /**
   * How often at most the statistics are sent while they change, in ms; 0 is with every answer and event.
   * @default 1000
   */
  readonly statisticsIntervalMs: number
}

/** The limits by default. */
export const HOST_LIMITS: HostLimits = {
  maxMessageLength: 1_048_576,
  maxExchanges: 256,
  maxUnsent: 1_048_576,
  maxQueuedEvents: 1_000,
  maxQueuedCharacters: 2_097_152,
  silenceMs: 180_000,
  statisticsIntervalMs: 1_000,
}

/** How a connection is hosted on one channel. */
export interface HostOptions {
  /**
   * Whether a command may be sent: `true`, or the refusal. `false` answers with a {@link CommandDisallowedError}, an error
   * with that error; so does one that is thrown.
   * @default every command
   */
  readonly allow?: ((request: CommandRequest) => boolean | Error) | undefined
  /**
   * Which `message`, `command` and `malformed` events the channel receives; what happens to the connection itself it
   * always does. A `command` event holds the text and the reply of anybody's command.
   * @default all
   */
  readonly events?: ((event: ConnectionEvent) => boolean) | undefined
  /**
   * Whether the other side may log in and close the connection itself; otherwise its `close` ends the channel only.
   * @default false
   */
  readonly control?: boolean | undefined
  readonly limits?: Partial<HostLimits> | undefined
  /**
   * Calls back at the end of a turn of the event loop, such as `setImmediate`: what was said during the turn is then sent
   * as one list, to sides that take lists.
   * @default each message is sent at once
   */
  readonly turnEnd?: ((callback: () => void) => unknown) | undefined
  /** @default the system clock */
  readonly clock?: ClientClock | undefined
}

/** The options with the defaults under them. */
export type HostSettings = {
  readonly [Name in Exclude<keyof HostOptions, 'limits' | 'turnEnd'>]-?: Exclude<HostOptions[Name], undefined>
} & Pick<HostOptions, 'turnEnd'> & { readonly limits: HostLimits }

/** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
export function hostOptions(given: HostOptions): HostSettings {
  checkNames(given, ['allow', 'events', 'control', 'limits', 'turnEnd', 'clock'])
  const { allow = () => true, events = () => true, control = false, turnEnd, clock = systemClock } = given
  checkMethods('options', { allow, events }, ['allow', 'events'])
  if (turnEnd !== undefined) checkMethods('options', { turnEnd }, ['turnEnd'])
  checkMethods('clock', clock, ['now', 'wallNow', 'setTimer'])
  const limits = checkOptions(given.limits ?? {}, HOST_LIMITS, {
    maxMessageLength: { min: 1_024, max: 2 ** 28, integer: true },
    maxExchanges: SOME_COUNT,
    maxUnsent: SOME_COUNT,
    maxQueuedEvents: SOME_COUNT,
    maxQueuedCharacters: SOME_COUNT,
    silenceMs: ANY_DURATION,
    statisticsIntervalMs: ANY_DURATION,
  })
  return { allow, events, control, turnEnd, clock, limits }
}
