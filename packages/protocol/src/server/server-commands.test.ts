import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from '../text/text.js'
import { decodeServerPacket } from '../wire/decode.js'
import { encodeClientPacket } from '../wire/encode.js'
import type { ServerSessionOptions } from './server-options.js'
import { ServerSession } from './server-session.js'

function loggedIn(options: Partial<ServerSessionOptions> = {}): ServerSession {
  const session = new ServerSession(encodeText('hunter2'), options)
  session.receive(encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') }), 0)
  session.takeDatagrams()
  session.takeEvents()
  return session
}

const command = (sequence: number, text: string) =>
  encodeClientPacket({ type: 'command', sequence, bytes: encodeText(text) })
const executed = (session: ServerSession) =>
  session.takeEvents().map((event) => (event.type === 'command' ? decodeText(event.bytes) : event.type))
const sent = (session: ServerSession) => session.takeDatagrams().map(decodeServerPacket)

describe('a command received by a server', () => {
  it('is emitted once, and answered with its sequence (P5, P6)', () => {
    const session = loggedIn()
    session.receive(command(200, 'players'), 1)
    expect(session.takeEvents()).toEqual([
      { type: 'command', id: 1, sequence: 200, bytes: encodeText('players') },
    ])
    session.reply(1, encodeText('nobody'))
    expect(sent(session)).toEqual([{ type: 'response', sequence: 200, bytes: encodeText('nobody') }])
    session.reply(1, encodeText('twice'))
    session.reply(7, encodeText('unknown'))
    expect(sent(session)).toEqual([])
  })

  it('is a keep-alive when it is empty (P7)', () => {
    const session = loggedIn()
    session.receive(command(0, ''), 1)
    expect(session.takeEvents()).toEqual([{ type: 'command', id: 1, sequence: 0, bytes: new Uint8Array() }])
  })

  it('is answered at once, however long another reply takes', () => {
    const session = loggedIn({ partBytes: 100, replyBurstBytes: 100, replyBurstIntervalMs: 5 })
    session.receive(command(0, 'bans'), 1)
    session.receive(command(1, 'players'), 1)
    session.reply(1, new Uint8Array(1_000))
    sent(session)
    session.reply(2, encodeText('nobody'))
    expect(sent(session)).toEqual([{ type: 'response', sequence: 1, bytes: encodeText('nobody') }])
  })

  it('that was abandoned is not answered if it is repeated, and an unknown one has no effect', () => {
    const session = loggedIn({ recognizeRepeats: true })
    session.receive(command(0, 'bans'), 1)
    session.abandon(1)
    session.abandon(9)
    session.takeEvents()
    session.receive(command(0, 'bans'), 2)
    expect([sent(session), session.takeEvents()]).toEqual([[], []])
  })

  it('is answered again at once if it is a repeat, however long another reply takes', () => {
    const session = loggedIn({
      recognizeRepeats: true,
      partBytes: 100,
      replyBurstBytes: 100,
      replyBurstIntervalMs: 5,
    })
    session.receive(command(0, 'players'), 1)
    session.reply(1, encodeText('nobody'))
    session.receive(command(1, 'bans'), 1)
    session.reply(2, new Uint8Array(1_000))
    sent(session)
    session.receive(command(0, 'players'), 2)
    expect(sent(session)).toEqual([{ type: 'response', sequence: 0, bytes: encodeText('nobody') }])
  })

  it('may be answered later than newer commands', () => {
    const session = loggedIn()
    session.receive(command(0, 'a'), 1)
    session.receive(command(1, 'b'), 1)
    session.reply(2, encodeText('B'))
    session.reply(1, encodeText('A'))
    expect(sent(session)).toMatchObject([{ sequence: 1 }, { sequence: 0 }])
  })

  it('is answered in parts if the reply exceeds one datagram (P6)', () => {
    const session = loggedIn({ partBytes: 4 })
    session.receive(command(3, 'bans'), 1)
    session.reply(1, encodeText('0123456789'))
    expect(sent(session)).toMatchObject([
      { sequence: 3, total: 3, index: 0, bytes: encodeText('0123') },
      { sequence: 3, total: 3, index: 1, bytes: encodeText('4567') },
      { sequence: 3, total: 3, index: 2, bytes: encodeText('89') },
    ])
  })

  it('can be answered with another reply if the first is too large (W14)', () => {
    const session = loggedIn()
    session.receive(command(0, 'dump'), 1)
    expect(() => session.reply(1, new Uint8Array(255 * 65_495 + 1))).toThrow(
      expect.objectContaining({ code: 'reply-too-large' }),
    )
    expect(sent(session)).toEqual([])
    session.reply(1, encodeText('Too much'))
    expect(sent(session)).toMatchObject([{ type: 'response', bytes: encodeText('Too much') }])
  })
})

describe('a repeated command', () => {
  it('is not executed while the first is, and both get the same answer', () => {
    const session = loggedIn()
    session.receive(command(0, 'removeBan 3'), 0)
    session.receive(command(0, 'removeBan 3'), 100)
    expect(executed(session)).toEqual(['removeBan 3'])
    expect(sent(session)).toEqual([])
    session.reply(1, encodeText('done'))
    expect(sent(session)).toMatchObject([{ bytes: encodeText('done') }])
  })

  it('is executed again after the answer, as real servers probably do (W7)', () => {
    const session = loggedIn()
    session.receive(command(0, 'removeBan 3'), 0)
    session.reply(1, encodeText('done'))
    session.receive(command(0, 'removeBan 3'), 100)
    session.reply(2, encodeText('other'))
    expect(executed(session)).toEqual(['removeBan 3', 'removeBan 3'])
    expect(sent(session)).toMatchObject([{ bytes: encodeText('done') }, { bytes: encodeText('other') }])
  })

  it('is executed again after the first was abandoned', () => {
    const session = loggedIn()
    session.receive(command(0, 'removeBan 3'), 0)
    session.abandon(1)
    session.receive(command(0, 'removeBan 3'), 100)
    expect(executed(session)).toEqual(['removeBan 3', 'removeBan 3'])
  })
})

describe('a repeated command with `recognizeRepeats`', () => {
  it('is answered again and not executed again', () => {
    const session = loggedIn({ recognizeRepeats: true })
    session.receive(command(0, 'removeBan 3'), 0)
    session.receive(command(0, 'removeBan 3'), 100)
    expect(sent(session)).toEqual([])
    session.reply(1, encodeText('done'))
    session.receive(command(0, 'removeBan 3'), 200)
    expect(sent(session)).toMatchObject([{ bytes: encodeText('done') }, { bytes: encodeText('done') }])
    expect(executed(session)).toEqual(['removeBan 3'])
  })

  it('is answered again with all parts', () => {
    const session = loggedIn({ recognizeRepeats: true, partBytes: 4 })
    session.receive(command(0, 'bans'), 0)
    session.reply(1, encodeText('0123456789'))
    const first = session.takeDatagrams()
    session.receive(command(0, 'bans'), 100)
    expect(session.takeDatagrams()).toEqual(first)
    expect(first).toHaveLength(3)
  })

  it('is executed again after the window', () => {
    const session = loggedIn({ recognizeRepeats: true, repeatWindowMs: 5_000 })
    session.receive(command(0, 'a'), 0)
    session.reply(1, encodeText('done'))
    session.receive(command(0, 'a'), 4_999)
    expect(executed(session)).toEqual(['a'])
    session.receive(command(0, 'a'), 5_000)
    expect(executed(session)).toEqual(['a'])
  })

  it('is a new command if its text or sequence differs', () => {
    const session = loggedIn({ recognizeRepeats: true })
    session.receive(command(0, 'a'), 0)
    session.receive(command(0, 'b'), 1)
    session.receive(command(1, 'b'), 2)
    expect(executed(session)).toEqual(['a', 'b', 'b'])
  })

  it('is neither executed nor answered if there was no room to keep its answer', () => {
    const session = loggedIn({ recognizeRepeats: true, maxAnswerBytes: 50 })
    session.receive(command(0, 'a'), 0)
    session.reply(1, new Uint8Array(20).fill(1))
    session.receive(command(1, 'b'), 0)
    session.reply(2, new Uint8Array(20).fill(1))
    session.takeDatagrams()
    executed(session)
    session.receive(command(0, 'a'), 100)
    expect(sent(session)).toEqual([])
    session.receive(command(1, 'b'), 100)
    expect(sent(session)).toHaveLength(1)
    expect(executed(session)).toEqual([])
  })
})

describe('limits on a peer', () => {
  it('a command beyond `maxOpenCommands` is not executed, but is when it is sent again later', () => {
    const session = loggedIn({ maxOpenCommands: 2 })
    for (let i = 0; i < 3; i++) session.receive(command(i, 'x'), 0)
    expect(executed(session)).toHaveLength(2)
    session.reply(1, encodeText('done'))
    session.receive(command(2, 'x'), 1_000)
    expect(executed(session)).toHaveLength(1)
  })

  it('a command longer than `maxCommandBytes` is not executed; one of exactly that length is (W8)', () => {
    const session = loggedIn({ maxCommandBytes: 10 })
    session.receive(command(0, 'x'.repeat(11)), 0)
    expect(executed(session)).toEqual([])
    session.receive(command(1, 'x'.repeat(10)), 0)
    expect(executed(session)).toHaveLength(1)
  })
})

describe('clients of other authors', () => {
  const answerAll = (session: ServerSession) => {
    const texts: string[] = []
    for (const event of session.takeEvents()) {
      if (event.type !== 'command') continue
      texts.push(decodeText(event.bytes))
      session.reply(event.id, encodeText(`${texts.length}`))
    }
    return texts
  }

  it.each([false, true])(
    '400 × `removeBan 0` are 400 executions (answers remembered: %s)',
    (recognizeRepeats) => {
      const session = loggedIn({ recognizeRepeats })
      let executions = 0
      for (let number = 0; number < 400; number++) {
        session.receive(command(number % 256, 'removeBan 0'), number / 10)
        executions += answerAll(session).length
      }
      expect(executions).toBe(400)
      expect(sent(session)).toHaveLength(400)
    },
  )

  it.each([false, true])(
    '700 commands with the same text, 64 in flight, are all executed (recognizeRepeats: %s)',
    (recognizeRepeats) => {
      const session = loggedIn({ recognizeRepeats })
      const open: number[] = []
      let executions = 0
      for (let number = 0; number < 700; number++) {
        session.receive(command(number % 256, 'players'), number / 100)
        for (const event of session.takeEvents()) if (event.type === 'command') open.push(event.id)
        if (open.length < 64) continue
        executions++
        session.reply(open.shift() as number, encodeText('nobody'))
      }
      expect(executions + open.length).toBe(700)
    },
  )

  it('one that uses sequence 0 for every command has each executed', () => {
    const session = loggedIn()
    const texts = ['players', 'players', 'say -1 hi', 'say -1 hi', 'players', 'bans', 'bans', '']
    const executions = texts.flatMap((text, index) => {
      session.receive(command(0, text), index)
      return answerAll(session)
    })
    expect(executions).toEqual(texts)
    expect(sent(session)).toHaveLength(texts.length)
  })
})
