import {
  ClientSession,
  decodeText,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
  ServerSession,
} from '@bercon/protocol'
import type { Provocation } from '../provocation.js'

const bytes = encodeText('players')
const never = (value: unknown) => value as never

export const PROTOCOL: readonly Provocation[] = [
  { call: 'encodeClientPacket(5)', provoke: () => encodeClientPacket(never(5)) },
  {
    call: "encodeClientPacket({ type: 'hello' })",
    provoke: () => encodeClientPacket(never({ type: 'hello' })),
  },
  {
    call: "encodeClientPacket({ type: 'command', sequence: 256, bytes })",
    provoke: () => encodeClientPacket({ type: 'command', sequence: 256, bytes }),
  },
  {
    call: "encodeClientPacket({ type: 'command', sequence: 0, bytes: 'players' })",
    provoke: () => encodeClientPacket({ type: 'command', sequence: 0, bytes: never('players') }),
  },
  {
    call: "encodeClientPacket({ type: 'command', sequence: 0, bytes: new Uint8Array(70_000) })",
    provoke: () => encodeClientPacket({ type: 'command', sequence: 0, bytes: new Uint8Array(70_000) }),
  },
  {
    call: "encodeClientPacket({ type: 'login', bytes })",
    when: 'the bytes contain NUL',
    provoke: () => encodeClientPacket({ type: 'login', bytes: encodeText('hunter2\0') }),
  },
  {
    call: "encodeClientPacket({ type: 'login', bytes: new Uint8Array(70_000).fill(65) })",
    provoke: () => encodeClientPacket({ type: 'login', bytes: new Uint8Array(70_000).fill(65) }),
  },
  {
    call: "encodeServerPacket({ type: 'login', accepted: 1 })",
    provoke: () => encodeServerPacket({ type: 'login', accepted: never(1) }),
  },
  {
    call: 'decodeText(bytes, { encoding: 5 })',
    provoke: () => decodeText(Uint8Array.of(200), { encoding: never(5) }),
  },
  { call: 'new ClientSession({ maxInFlight: 0 })', provoke: () => new ClientSession({ maxInFlight: 0 }) },
  {
    call: 'new ClientSession({ maxInFlght: 3 })',
    provoke: () => new ClientSession(never({ maxInFlght: 3 })),
  },
  { call: 'session.handleTimeout(Number.NaN)', provoke: () => new ClientSession().handleTimeout(Number.NaN) },
  {
    call: 'session.login(password, now)',
    when: 'it was called before',
    provoke: () => {
      const session = new ClientSession()
      session.login(bytes, 0)
      session.login(bytes, 0)
    },
  },
  {
    call: 'session.sendCommand(bytes, { resend: true }, now)',
    when: 'the session is closed',
    provoke: () => {
      const session = new ClientSession()
      session.close(0)
      session.sendCommand(bytes, { resend: true }, 0)
    },
  },
  {
    call: 'session.reply(id, new Uint8Array(20_000_000))',
    when: 'the session is a ServerSession',
    provoke: () => {
      const session = new ServerSession(encodeText('hunter2'))
      session.receive(encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') }), 0)
      session.receive(encodeClientPacket({ type: 'command', sequence: 0, bytes }), 0)
      for (const event of session.takeEvents())
        if (event.type === 'command') session.reply(event.id, new Uint8Array(20_000_000))
    },
  },
]
