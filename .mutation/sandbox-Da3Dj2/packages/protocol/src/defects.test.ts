// @ts-nocheck
// For each defect of other clients in this layer, a test that fails if it is introduced here. Defects 3 and 9, about
// parts and hostile datagrams, are in `defects-datagrams.test.ts`.
import { describe, expect, it } from 'vitest'
import { loggedInClient, PATIENT, summaries } from '../test/logged-in.js'
import type { ClientSession } from './client/client-session.js'
import { Wire } from './testing/wire.js'
import { decodeText, encodeText } from './text/text.js'
import { decodeClientPacket } from './wire/decode.js'
import { encodeServerPacket } from './wire/encode.js'

const again = { resend: true } as const
const once = { resend: false } as const

const response = (sequence: number, text: string) =>
  encodeServerPacket({ type: 'response', sequence, bytes: encodeText(text) })
const message = (sequence: number, text: string) =>
  encodeServerPacket({ type: 'message', sequence, bytes: encodeText(text) })

/** Sends `count` commands over a link, one after another or all at once, each answered with its own text. */
function exchange(count: number, inTurn: boolean, loss: number): string[] {
  const replies: string[] = []
  const wire = new Wire({
    link: { seed: 30, loss, minDelayMs: 5, maxDelayMs: 40 },
    onServerEvent: (event) => event.type === 'command' && wire.server.reply(event.id, event.bytes),
    onClientEvent: (event) => {
      if (event.type !== 'reply' || event.id === 0) return
      replies.push(`${event.id} ${decodeText(event.bytes)}`)
      if (inTurn && event.id < count) wire.client.sendCommand(encodeText(`${event.id + 1}`), again, wire.now)
    },
  })
  wire.login()
  for (let i = 1; i <= (inTurn ? 1 : count); i++) wire.client.sendCommand(encodeText(`${i}`), again, wire.now)
  wire.run(120_000)
  return replies.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
}

const ownReplies = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1} ${i + 1}`)

describe('defect 1: sending again can never succeed', () => {
  it('every command is answered with a loss of 30 % in each direction', () => {
    expect(exchange(300, false, 0.3)).toEqual(ownReplies(300))
  })
})

describe('defect 2: sequences', () => {
  it('one in flight is not assigned again', () => {
    const session = loggedInClient()
    const slow = session.sendCommand(encodeText('slow'), again, 0)
    for (let i = 1; i <= 300; i++) {
      session.sendCommand(encodeText('quick'), again, i)
      const [datagram] = session.takeDatagrams().slice(-1)
      const packet = decodeClientPacket(datagram as Uint8Array)
      if (packet.type === 'command') session.receive(response(packet.sequence, 'quick'), i)
    }
    expect(summaries(session)).toEqual(Array.from({ length: 300 }, (_, i) => `${i + 2}: quick`))
    session.receive(response(0, 'slow'), 400)
    expect(summaries(session)).toEqual([`${slow}: slow`])
  })

  it('none is leaked: a thousand commands are answered', () => {
    expect(exchange(1_000, false, 0)).toEqual(ownReplies(1_000))
  })

  it('the wrap from 255 to 0 has no effect', () => {
    expect(exchange(600, true, 0)).toEqual(ownReplies(600))
  })
})

describe('defect 4: a keep-alive timer reset by traffic that does not count (P7)', () => {
  const keepAliveAfter = (act: (session: ClientSession) => void) => {
    const session = loggedInClient()
    act(session)
    session.takeDatagrams()
    session.handleTimeout(30_000)
    return session.takeDatagrams().map(decodeClientPacket)
  }
  const keepAlive = { type: 'command', bytes: new Uint8Array() }

  it('not by acknowledgments', () => {
    expect(keepAliveAfter((session) => session.receive(message(0, 'hi'), 20_000))).toMatchObject([keepAlive])
  })

  it('not by received traffic', () => {
    expect(keepAliveAfter((session) => session.receive(response(9, ''), 20_000))).toMatchObject([keepAlive])
  })

  it('not by a command packet that was lost', () => {
    expect(keepAliveAfter((session) => session.sendCommand(encodeText('say'), once, 20_000))).toMatchObject([
      keepAlive,
    ])
  })
})

describe('defect 5: a packet about message N taken for the reply to command N', () => {
  it('a message, its acknowledgment and its repeat do not answer the command', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('players'), once, 0)
    session.receive(message(0, 'hi'), 1)
    session.receive(message(0, 'hi'), 2)
    expect(summaries(session)).toEqual(['message'])
    session.receive(response(0, 'nobody'), 3)
    expect(summaries(session)).toEqual(['1: nobody'])
  })
})

describe('defect 6: characters and bytes', () => {
  it('all bytes of a text are sent', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('say -1 привет'), once, 0)
    const [datagram] = session.takeDatagrams()
    const packet = decodeClientPacket(datagram as Uint8Array)
    expect(packet.type === 'command' && new TextDecoder().decode(packet.bytes)).toBe('say -1 привет')
  })

  it('a reply is not decoded part by part (W5)', () => {
    const bytes = encodeText('привет')
    const session = loggedInClient()
    session.sendCommand(encodeText('players'), once, 0)
    for (let index = 0; index < bytes.length; index++) {
      const one = bytes.subarray(index, index + 1)
      session.receive(
        encodeServerPacket({ type: 'response-part', sequence: 0, total: 12, index, bytes: one }),
        1,
      )
    }
    expect(summaries(session)).toEqual(['1: привет'])
  })
})

describe('defect 7: an empty reply treated as no reply', () => {
  it('an empty reply is a reply (W3)', () => {
    const session = loggedInClient()
    session.sendCommand(encodeText('say'), once, 0)
    session.receive(response(0, ''), 1)
    expect(summaries(session)).toEqual(['1: '])
  })
})

describe('defect 11: a command that is never answered', () => {
  it('fails at its deadline when its reply is lost', () => {
    const session = loggedInClient(PATIENT)
    session.sendCommand(encodeText('kick 3'), once, 0)
    session.handleTimeout(session.nextTimeout() as number)
    expect(summaries(session)).toEqual(['1 timed-out unknown'])
  })

  it('fails when the session is closed, in flight or queued', () => {
    const session = loggedInClient()
    for (let i = 0; i < 65; i++) session.sendCommand(encodeText('say'), once, 0)
    session.close(1)
    const unknown = Array.from({ length: 64 }, (_, i) => `${i + 1} closed unknown`)
    expect(summaries(session)).toEqual([...unknown, '65 closed not-sent'])
  })

  it('fails if the server restarted and does not know the client', () => {
    const reasons: string[] = []
    const wire = new Wire({
      onClientEvent: (event) => event.type === 'failure' && reasons.push(event.reason),
    })
    wire.login()
    wire.server.close()
    const forEver = { resend: true, timeoutMs: Number.POSITIVE_INFINITY }
    wire.client.sendCommand(encodeText('players'), forEver, wire.now)
    wire.run(600_000)
    expect(reasons).toEqual(['forgotten'])
  })
})

describe('defect 12: repeated logins with a wrong password', () => {
  it('one refusal ends the attempt', () => {
    let logins = 0
    const wire = new Wire({
      link: { minDelayMs: 20 },
      onServerDatagram: (datagram) => decodeClientPacket(datagram).type === 'login' && logins++,
    })
    wire.client.login(encodeText('wrong'), 0)
    wire.run(120_000)
    expect(logins).toBe(1)
    expect(wire.client.state).toBe('refused')
  })
})

describe('defect 14: a filter that knows only the last five messages', () => {
  it.each([1, 5, 6, 20, 64, 120])(
    'a repeat after %i newer messages is not delivered again (W10)',
    (newer) => {
      const session = loggedInClient()
      session.receive(message(0, 'first'), 1)
      for (let i = 1; i <= newer; i++) session.receive(message(i, `newer ${i}`), 2)
      expect(session.takeEvents()).toHaveLength(newer + 1)
      session.receive(message(0, 'first'), 3)
      expect(session.takeEvents()).toEqual([])
    },
  )
})
