import { describe, expect, it } from 'vitest'
import { HOST_LIMITS } from './host-options.js'
import { textCarrier } from './text-carrier.js'

const CLOSE = { type: 'close' } as const

/** A carrier over a channel whose reader takes as much as the test says, with the ends of its turns. */
function scene(limits: Partial<typeof HOST_LIMITS>, unsent: number | undefined) {
  const sent: string[] = []
  const turns: (() => void)[] = []
  let hear: (text: string) => void = () => {}
  const channel = {
    ...(unsent !== undefined && { unsent }),
    send: (text: string) => sent.push(text),
    onText: (listener: (text: string) => void) => {
      hear = listener
    },
    onClose: () => {},
    close: () => {},
  }
  const carrier = textCarrier(channel, {
    limits: { ...HOST_LIMITS, ...limits },
    turnEnd: (end) => turns.push(end),
  })
  carrier.onMessage(() => {})
  const endTurn = () => {
    for (const end of turns.splice(0)) end()
  }
  return { carrier, sent, endTurn, say: (message: object) => hear(JSON.stringify(message)) }
}

describe('textCarrier', () => {
  it.each([
    [undefined, 'free'],
    [1_000, 'free'],
    [1_001, 'full'],
    [8_000, 'full'],
    [8_001, 'exceeded'],
  ])('to a reader who is owed %s has the room %s', (unsent, room) => {
    expect(scene({ maxUnsent: 1_000 }, unsent).carrier.room).toBe(room)
  })

  it('counts what waits for the end of the turn', () => {
    const { carrier, say, endTurn } = scene({ maxUnsent: 1_000 }, 990)
    say({ type: 'hello', version: 1, bundle: 2_000 })
    carrier.send(CLOSE)
    expect(carrier.room).toBe('full')
    endTurn()
    expect(carrier.room).toBe('free')
  })

  it('sends a message of exactly the most characters, and refuses a longer one', () => {
    const { length } = JSON.stringify(CLOSE)
    const longest = scene({ maxMessageLength: length }, 0)
    expect([longest.carrier.send(CLOSE), longest.sent.length]).toEqual([true, 1])
    const longer = scene({ maxMessageLength: length - 1 }, 0)
    expect([longer.carrier.send(CLOSE), longer.sent.length]).toEqual([false, 0])
  })

  it('sends lists from a hello that takes them, whatever is said after it', () => {
    const { carrier, sent, say, endTurn } = scene({}, 0)
    say({ type: 'hello', version: 1, bundle: 2_000 })
    say({ type: 'cancel', id: 1 })
    carrier.send(CLOSE)
    carrier.send(CLOSE)
    endTurn()
    expect(sent).toEqual([JSON.stringify([CLOSE, CLOSE])])
  })
})
