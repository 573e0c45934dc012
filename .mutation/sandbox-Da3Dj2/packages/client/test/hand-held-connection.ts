// @ts-nocheck
import type { CallOptions, ConnectionEvent } from '@bercon/core'
import type { CommandRequest, Connection } from '@bercon/core/kit'
import { VirtualClock } from '@bercon/core/testing'
import { AsyncRconClient } from '../src/async-rcon-client.js'

/** A connection that a test controls, in virtual time: each command takes as long as the test says. */
export function newConnection() {
  const clock = new VirtualClock()
  const asked: (CallOptions & { readonly text: string })[] = []
  let listener: (event: ConnectionEvent) => void = () => {}
  let end: (reason: Error | undefined) => void = () => {}
  const closed = new Promise<Error | undefined>((resolve) => {
    end = resolve
  })
  const connection: Connection = {
    state: 'connected',
    statistics: new AsyncRconClient().statistics,
    closed,
    refusal: undefined,
    open: async () => {},
    exchange: async ({ text }: CommandRequest, options = {}) => {
      asked.push({ text, ...options })
      clock.advance(700)
      return text === 'bans' ? 'GUID Bans:\n\nIP Bans:\n0 192.0.2.7 perm\n1 192.0.2.7 perm\n' : ''
    },
    close: () => end(undefined),
    subscribe: (given) => {
      listener = given
      return () => {}
    },
  }
  const client = new AsyncRconClient({ connection, clock })
  const say = (text: string) => listener({ type: 'message', at: 0, text, sequence: 0, number: 0 })
  return { client, connection, clock, asked, say, end }
}
