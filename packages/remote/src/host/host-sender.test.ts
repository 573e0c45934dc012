import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { ScriptedConnection } from '../../test/scripted-connection.js'
import type { ClientMessage, HostMessage } from '../wire/message.js'
import type { MessageCarrier } from '../wire/message-carrier.js'
import { hostConnection, hostMessages } from './host-connection.js'

/** What carries messages as they are, with what the host has sent. */
function scriptedCarrier() {
  const sent: HostMessage[] = []
  let hear: (message: ClientMessage) => void = () => {}
  let announceRoom = () => {}
  return {
    sent,
    room: 'free' as MessageCarrier['room'],
    hear: (message: ClientMessage) => hear(message),
    announceRoom: () => announceRoom(),
    send: (message: HostMessage) => sent.push(message) > 0,
    onMessage: (listener: (message: ClientMessage) => void) => {
      hear = listener
    },
    onRoom: (listener: () => void) => {
      announceRoom = listener
    },
    onClose: () => {},
    close: () => {},
  }
}

const HELLO = { type: 'hello', version: 1 }
const PLAYERS = { type: 'exchange', id: 1, text: 'players', resend: true, timeoutMs: 1_000 }

describe('the end of a hosted channel', () => {
  it('follows nothing that comes after its end, and says the end once', async () => {
    const sent: { type: string }[] = []
    let hear: (text: string) => void = () => {}
    const raw = {
      send: (text: string) => sent.push(JSON.parse(text)),
      onText: (listener: (text: string) => void) => {
        hear = listener
      },
      onClose: () => {},
      close: () => {},
    }
    const clock = new VirtualClock()
    const hosted = new ScriptedConnection()
    // One that does not stop at once, as over a thread.
    hosted.subscribe = (listener) => {
      ScriptedConnection.prototype.subscribe.call(hosted, listener)
      return () => {}
    }
    const channel = hostConnection(hosted, raw, { clock })
    hear(JSON.stringify(HELLO))
    channel.close(new Error('enough'))
    channel.close(new Error('really'))
    for (const message of ['{', HELLO, PLAYERS, { type: 'close' }]) hear(JSON.stringify(message))
    hosted.message('late')
    await clock.run(10)
    expect(sent).toMatchObject([{ type: 'state' }, { type: 'close', error: { message: 'enough' } }])
    expect([await channel.ended, hosted.asked.length, clock.timers]).toEqual([new Error('enough'), 0, 0])
  })

  it('ends with its own reason on a channel that reports the end as it is closed', async () => {
    let hearEnd: () => void = () => {}
    const raw = {
      send: () => {},
      onText: () => {},
      onClose: (listener: () => void) => {
        hearEnd = listener
      },
      close: () => hearEnd(),
    }
    const channel = hostConnection(new ScriptedConnection(), raw, { clock: new VirtualClock() })
    channel.close(new Error('enough'))
    expect(await channel.ended).toEqual(new Error('enough'))
  })

  it('ends when the channel throws what it is given', async () => {
    const carrier = scriptedCarrier()
    const channel = hostMessages(new ScriptedConnection(), carrier, { clock: new VirtualClock() })
    carrier.send = () => {
      throw new Error('the pipe is broken')
    }
    carrier.hear({ type: 'hello', version: 1 })
    expect(await channel.ended).toEqual(new Error('the pipe is broken'))
  })
})

describe('a slow reader', () => {
  it('is sent what waits as soon as its carrier has room, where that says so', () => {
    const carrier = scriptedCarrier()
    const clock = new VirtualClock()
    const hosted = new ScriptedConnection()
    const channel = hostMessages(hosted, carrier, { clock, limits: { silenceMs: Number.POSITIVE_INFINITY } })
    carrier.hear({ type: 'hello', version: 1 })
    carrier.room = 'full'
    hosted.message('one')
    carrier.announceRoom()
    // Only the statistics are still to come: nobody looks for room.
    expect([carrier.sent.length, clock.timers]).toEqual([1, 1])
    carrier.room = 'free'
    carrier.announceRoom()
    expect(carrier.sent[1]).toMatchObject({ type: 'event', event: { text: 'one' } })
    channel.close()
  })

  it('is owed a bounded number of events; the oldest are dropped, counted and reported', async () => {
    const clock = new VirtualClock()
    const hosted = new ScriptedConnection()
    const texts: string[] = []
    const reader = { unsent: 0 }
    const channel = hostConnection(
      hosted,
      {
        get unsent() {
          return reader.unsent
        },
        send: (text) => texts.push(text),
        onText: (listener) => listener(JSON.stringify(HELLO)),
        onClose: () => {},
        close: () => {},
      },
      { clock, limits: { maxUnsent: 1_000, maxQueuedEvents: 10 } },
    )
    reader.unsent = 1_001
    for (let number = 0; number < 100; number++) hosted.message(`${number}`, number)
    await clock.run(10_000)
    const events = () => texts.map((text) => JSON.parse(text)).flatMap(({ event }) => (event ? [event] : []))
    expect([events(), channel.droppedEvents]).toEqual([[], 90])
    reader.unsent = 0
    await clock.run(50)
    expect(events()).toMatchObject([
      { type: 'eventsDropped', count: 90 },
      ...Array.from({ length: 10 }, (_, index) => ({ number: 90 + index })),
    ])
    reader.unsent = 8_001
    hosted.tell({ type: 'disconnect', at: 0, reason: 'forgotten' }, 'reconnecting')
    expect((await channel.ended)?.message).toMatch(/reads too slowly/)
    expect(clock.timers).toBe(0)
  })
})
