import { type Connection, checkMethods, errorToData } from '@bercon/core/kit'
import type { TextChannel } from '../channels/text-channel.js'
import type { MessageCarrier } from '../wire/message-carrier.js'
import { ConnectionHost } from './connection-host.js'
import { type HostOptions, hostOptions } from './host-options.js'
import { textCarrier } from './text-carrier.js'

/** A channel on which a connection is hosted. */
export interface HostedChannel {
  /** Settles once, when the channel has ended: with nothing if one side was done, else with the error. */
  readonly ended: Promise<Error | undefined>
  /** Events dropped so far, because the other side read too slowly. */
  readonly droppedEvents: number
  /** Ends the channel, not the connection; the other side is given the error, and comes back unless it is `login-refused`. */
  close(error?: Error): void
}

/**
 * Serves a connection to the {@link RemoteConnection} at the other end of a channel. Any number of channels can share one
 * connection: the end of a channel gives up its own commands only. Whatever comes over the channel, nothing throws.
 *
 * @throws {@link InvalidArgumentError} naming an argument or option that is wrong.
 *
 * @example
 * ```ts
 * import { MessageChannel } from 'node:worker_threads'
 * import { systemClock, UdpTransport } from '@bercon/client'
 * import { ServerConnection } from '@bercon/core/kit'
 * import { hostConnection, messagePortChannel } from '@bercon/remote'
 *
 * const connection = new ServerConnection({ transport: new UdpTransport(), clock: systemClock })
 * const { port1, port2 } = new MessageChannel()
 * const hosted = hostConnection(connection, messagePortChannel(port1), { allow: ({ text }) => text === 'players' })
 * port2.close()
 * console.log(await hosted.ended) // undefined
 * ```
 */
export function hostConnection(
  connection: Connection,
  channel: TextChannel,
  options: HostOptions = {},
): HostedChannel {
  checkMethods('connection', connection, ['exchange', 'subscribe', 'open', 'close'])
  checkMethods('channel', channel, ['send', 'onText', 'onClose', 'close'])
  const settings = hostOptions(options)
  return hosted(new ConnectionHost(connection, textCarrier(channel, settings), settings))
}

/** As {@link hostConnection}, for what carries messages without making texts of them. */
export function hostMessages(
  connection: Connection,
  carrier: MessageCarrier,
  options: HostOptions = {},
): HostedChannel {
  return hosted(new ConnectionHost(connection, carrier, hostOptions(options)))
}

function hosted(host: ConnectionHost): HostedChannel {
  return {
    ended: host.ended,
    get droppedEvents() {
      return host.droppedEvents
    },
    close: (error) => host.close(error),
  }
}

/**
 * Ends a channel before anything is hosted on it, and gives the other side the reason. A `login-refused` error is final:
 * the `RemoteConnection` does not come back.
 */
export function refuseChannel(channel: TextChannel, error: Error): void {
  channel.onClose(() => {})
  channel.send(JSON.stringify({ type: 'close', error: errorToData(error) }))
  channel.close()
}
