import { describe, expect, it } from 'vitest'
import { encodeText } from '../text/text.js'
import { decodeServerPacket } from '../wire/decode.js'
import { encodeClientPacket } from '../wire/encode.js'
import { ServerSession } from './server-session.js'

const login = (password: string) => encodeClientPacket({ type: 'login', bytes: encodeText(password) })
const command = encodeClientPacket({ type: 'command', sequence: 0, bytes: encodeText('players') })
const answers = (session: ServerSession) => session.takeDatagrams().map(decodeServerPacket)

describe('a server’s login', () => {
  it('accepts its password (P4)', () => {
    const session = new ServerSession(encodeText('hunter2'))
    session.receive(login('hunter2'), 0)
    expect(answers(session)).toEqual([{ type: 'login', accepted: true }])
    expect(session.takeEvents()).toEqual([{ type: 'login', accepted: true }])
    expect(session.state).toBe('logged-in')
  })

  it.each(['refuses another password: %j', 'hunter', 'hunter22', 'HUNTER2', 'hunter3'])(
    'refuses another: %j',
    (password) => {
      const session = new ServerSession(encodeText('hunter2'))
      session.receive(login(password), 0)
      expect(answers(session)).toEqual([{ type: 'login', accepted: false }])
      expect(session.takeEvents()).toEqual([{ type: 'login', accepted: false }])
      expect(session.state).toBe('waiting')
      session.receive(login('hunter2'), 10)
      expect(session.state).toBe('logged-in')
    },
  )

  it('without a password neither answers nor emits anything (P4)', () => {
    const session = new ServerSession(new Uint8Array())
    session.receive(login(''), 0)
    session.receive(login('x'), 0)
    session.receive(command, 0)
    expect(session.takeDatagrams()).toEqual([])
    expect(session.takeEvents()).toEqual([])
    expect(session.state).toBe('waiting')
  })

  it('answers a repeated login again, and emits it once (W1)', () => {
    const session = new ServerSession(encodeText('hunter2'))
    for (let i = 0; i < 3; i++) session.receive(login('hunter2'), i * 1_000)
    expect(answers(session)).toHaveLength(3)
    expect(session.takeEvents()).toHaveLength(1)
  })

  it('treats a login after a command as a new one, with an empty memory', () => {
    const session = new ServerSession(encodeText('hunter2'), { recognizeRepeats: true })
    session.receive(login('hunter2'), 0)
    session.receive(command, 10)
    session.reply(1, encodeText('nobody'))
    session.takeEvents()
    session.receive(login('hunter2'), 20)
    session.receive(command, 30)
    expect(session.takeEvents()).toMatchObject([
      { type: 'login', accepted: true },
      { type: 'command', id: 2, sequence: 0 },
    ])
  })

  it('treats a login without earlier commands as a new one after a client would have stopped trying', () => {
    const session = new ServerSession(encodeText('hunter2'))
    for (const now of [0, 5_000, 14_999, 24_999]) session.receive(login('hunter2'), now)
    expect(session.takeEvents()).toHaveLength(2)
  })

  it('does not answer a command of a new login with a reply to the earlier login', () => {
    const session = new ServerSession(encodeText('hunter2'))
    session.receive(login('hunter2'), 0)
    session.receive(command, 10)
    session.receive(login('hunter2'), 20)
    session.receive(encodeClientPacket({ type: 'command', sequence: 0, bytes: encodeText('bans') }), 30)
    answers(session)
    session.reply(1, encodeText('players, late'))
    session.reply(2, encodeText('bans'))
    expect(answers(session)).toMatchObject([{ sequence: 0, bytes: encodeText('bans') }])
  })

  it('answers a command even if a copy of its login overtakes it', () => {
    const session = new ServerSession(encodeText('hunter2'))
    session.receive(login('hunter2'), 0)
    session.receive(command, 10)
    session.receive(login('hunter2'), 20)
    answers(session)
    session.reply(1, encodeText('nobody'))
    expect(answers(session)).toMatchObject([{ sequence: 0, bytes: encodeText('nobody') }])
  })

  it('a repeated login restarts nothing: messages continue their sequence', () => {
    const session = new ServerSession(encodeText('hunter2'))
    session.receive(login('hunter2'), 0)
    session.sendMessage(encodeText('a'), 1)
    session.receive(login('hunter2'), 2)
    session.sendMessage(encodeText('b'), 3)
    expect(answers(session).filter(({ type }) => type === 'message')).toMatchObject([
      { sequence: 0 },
      { sequence: 1 },
    ])
    expect(session.openMessages).toBe(2)
  })

  it('a wrong password does not end the login of a peer that is logged in', () => {
    const session = new ServerSession(encodeText('hunter2'))
    session.receive(login('hunter2'), 0)
    session.receive(login('wrong'), 1)
    expect(session.takeEvents()).toEqual([
      { type: 'login', accepted: true },
      { type: 'login', accepted: false },
    ])
    expect(session.state).toBe('logged-in')
  })

  it('before the login, commands and acknowledgments have no effect, and no message can be sent', () => {
    const session = new ServerSession(encodeText('hunter2'))
    session.receive(command, 0)
    session.receive(encodeClientPacket({ type: 'acknowledgement', sequence: 0 }), 0)
    expect(session.sendMessage(encodeText('x'), 0)).toBe(false)
    expect(session.takeEvents()).toEqual([])
    expect(session.takeDatagrams()).toEqual([])
    expect(session.nextTimeout()).toBeUndefined()
  })

  it('emits a malformed datagram, and does nothing else', () => {
    const session = new ServerSession(encodeText('hunter2'))
    session.receive(Uint8Array.of(1, 2, 3), 0)
    expect(session.takeEvents()).toEqual([{ type: 'malformed', problem: 'too-short', length: 3 }])
    expect(session.takeDatagrams()).toEqual([])
  })

  it('a closed session receives, sends and emits nothing', () => {
    const session = new ServerSession(encodeText('hunter2'))
    session.receive(login('hunter2'), 0)
    session.receive(command, 0)
    session.takeEvents()
    session.takeDatagrams()
    session.close()
    session.close()
    session.receive(login('hunter2'), 1)
    session.receive(Uint8Array.of(1), 1)
    session.reply(1, encodeText('late'))
    session.handleTimeout(100_000)
    expect(session.sendMessage(encodeText('x'), 1)).toBe(false)
    expect(session.takeEvents()).toEqual([])
    expect(session.takeDatagrams()).toEqual([])
    expect(session).toMatchObject({ state: 'closed' })
    expect(session.nextTimeout()).toBeUndefined()
  })

  it.each([
    ['clientTimeoutMs', 0],
    ['messageAttempts', 0],
    ['partBytes', 65_496],
    ['recognizeRepeats', 1],
    ['maxAnswerBytes', -1],
    ['maxAnswerBytes', 0.5],
    ['partBytes', 1.5],
    ['maxPacedBytes', 0.5],
    ['passwort', 'x'],
  ])('a bad option is refused by name: %s', (argument, value) => {
    expect(() => new ServerSession(encodeText('x'), { [argument]: value })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument }),
    )
  })
})
