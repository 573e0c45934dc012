import { type ClientClock, CONNECTION_DEFAULTS, type ConnectionOptions } from '@bercon/core'
import { checkMethods, checkOptions, connectionOptions, SOME_DURATION, systemClock } from '@bercon/core/kit'

/** How a remote connection behaves: its deadlines, and the waits between two channels. */
export interface RemoteSettings
  extends Pick<
    ConnectionOptions,
    | 'resentCommandTimeoutMs'
    | 'sentOnceCommandTimeoutMs'
    | 'reconnectDelayMs'
    | 'maxReconnectDelayMs'
    | 'reconnectJitter'
  > {
  /**
   * How long a channel may take, in ms, from its opening to the host's first message.
   * @default 10000
   */
  readonly channelTimeoutMs: number
  /**
   * How often the host is asked how things stand, in ms; when two such questions have no answer, the channel is lost.
   * @default 20000
   */
  readonly pingIntervalMs: number
  /**
   * The longest message that the host may send, in characters; a longer one ends the channel.
   * @default 1048576
   */
  readonly maxMessageLength: number
  /**
   * The name of the host, which the `connect` event has as its `address` where the host was logged in before.
   * @default 'remote'
   */
  readonly name: string
}

/** What a remote connection does by default. */
export const REMOTE_DEFAULTS: RemoteSettings = /* @__PURE__ */ remoteDefaults()

/** Options of a remote connection; each has a default. */
export interface RemoteOptions extends Partial<RemoteSettings> {
  /** @default the system clock */
  readonly clock?: ClientClock | undefined
  /** Numbers from 0 up to 1, for the jitter of the waits. @default Math.random */
  readonly random?: (() => number) | undefined
}

function remoteDefaults(): RemoteSettings {
  const {
    resentCommandTimeoutMs,
    sentOnceCommandTimeoutMs,
    reconnectDelayMs,
    maxReconnectDelayMs,
    reconnectJitter,
  } = CONNECTION_DEFAULTS
  return {
    resentCommandTimeoutMs,
    sentOnceCommandTimeoutMs,
    reconnectDelayMs,
    maxReconnectDelayMs,
    reconnectJitter,
    channelTimeoutMs: 10_000,
    pingIntervalMs: 20_000,
    maxMessageLength: 1_048_576,
    name: 'remote',
  }
}

/** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
export function remoteOptions({ clock = systemClock, random = Math.random, ...given }: RemoteOptions): {
  readonly settings: RemoteSettings
  readonly clock: ClientClock
  readonly random: () => number
} {
  checkMethods('clock', clock, ['now', 'wallNow', 'setTimer'])
  const settings = checkOptions(given, REMOTE_DEFAULTS, {
    channelTimeoutMs: SOME_DURATION,
    pingIntervalMs: SOME_DURATION,
    maxMessageLength: { min: 1_024, max: 2 ** 28, integer: true },
  })
  const { channelTimeoutMs, pingIntervalMs, maxMessageLength, name, ...shared } = settings
  connectionOptions(shared)
  return { settings, clock, random }
}
