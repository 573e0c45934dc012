import { idleStatistics } from '@bercon/core/kit'
import type { Random } from '@bercon/protocol/link'

const STATES = ['idle', 'connecting', 'connected', 'unresponsive', 'reconnecting', 'refused', 'closed']
const CODES = [
  'login-refused',
  'closed',
  'command-timeout',
  'channel-failure',
  'constructor',
  '__proto__',
  'x',
]
const TEXTS = ['', 'players', 'a\0b', '\u202e', '\ud800', '__proto__', 'x'.repeat(3_000), '(Global) Rook: gg']
// What stands where something else should.
const ODD = ['null', 'true', '-1', '0', '1.5', '1e308', '""', '"x"', '[]', '{}', '[[]]', '{"length":1e9}']

type Fields = Record<string, unknown>

/**
 * A text as a hostile peer may send it: a message of its side, sometimes of the other, often with something wrong in it, or
 * no message at all. `id` is one that may be right.
 */
export function hostileText(random: Random, from: 'user' | 'host', id: number): string {
  if (random() < 0.01) return noise(random)
  const isUser = (from === 'user') === random() < 0.99
  const message = isUser ? clientMessage(random, idNear(random, id)) : hostMessage(random, idNear(random, id))
  if (random() < 0.1) spoil(message, random)
  const text = JSON.stringify(message)
  return random() < 0.01 ? text.slice(0, Math.floor(random() * text.length)) : text
}

/** A `hello` or a `state`, after which more is legal. */
export function greeting(random: Random, from: 'user' | 'host'): string {
  return JSON.stringify(from === 'user' ? { type: 'hello', version: 1 } : state(random))
}

function clientMessage(random: Random, id: unknown): Fields {
  return oneOf(random, [
    { type: 'hello', version: random() < 0.97 ? 1 : 2 },
    random() < 0.3
      ? { type: 'open', id, target: { host: text(random), port: 2306, password: text(random) } }
      : { type: 'exchange', id, text: 'players', resend: true, timeoutMs: 1 },
    {
      type: 'exchange',
      id,
      text: text(random),
      resend: random() < 0.5,
      timeoutMs: random() < 0.1 ? null : random() * 500,
    },
    {
      type: 'exchange',
      id,
      text: text(random),
      resend: true,
      timeoutMs: 100,
      hasTotal: true,
      verifyEnd: false,
    },
    { type: 'cancel', id: typeof id === 'number' ? id - 1 : id },
    random() < 0.1
      ? { type: 'close', error: error(random) }
      : { type: 'cancel', id: typeof id === 'number' ? id - 1 : id },
  ])
}

function hostMessage(random: Random, id: unknown): Fields {
  return oneOf(random, [
    state(random),
    // Before a command there is nothing to answer.
    ...(id === 0
      ? []
      : [
          { type: 'answer', id, reply: text(random) },
          { type: 'answer', id, error: error(random) },
        ]),
    { type: 'event', event: event(random) },
    { type: 'event', event: event(random) },
    random() < 0.1 ? { type: 'close', error: error(random) } : { type: 'event', event: event(random) },
  ])
}

function state(random: Random): Fields {
  return {
    type: 'state',
    version: 1,
    at: random() * 1e12,
    state: oneOf(random, random() < 0.7 ? ['connected'] : STATES),
    control: random() < 0.5,
    window: 1 + Math.floor(random() * 5),
    statistics: idleStatistics(),
    ...(random() < 0.2 ? { refusal: error(random) } : undefined),
  }
}

function event(random: Random): Fields {
  const at = random() * 1e12
  return oneOf(random, [
    { type: 'connect', at, address: text(random), attempts: 1, elapsedMs: 1 },
    {
      type: 'disconnect',
      at,
      reason: oneOf(random, ['forgotten', 'channel-lost', 'closed', 'refused', 'constructor']),
    },
    { type: 'reconnecting', at, attempt: random() * 9, delayMs: random() * 9 },
    {
      type: 'message',
      at,
      text: text(random),
      sequence: random() * 300,
      number: random() * 9,
      bytes: [1, 255, 256],
    },
    { type: 'message', at, text: text(random), sequence: 1, number: Math.floor(random() * 99) },
    {
      type: 'command',
      at,
      text: oneOf(random, ['players', text(random)]),
      reply: text(random),
      sentAfter: 0,
    },
    { type: 'eventsDropped', at, from: random() * 1e12, count: 1 },
    { type: 'malformed', at, problem: text(random), length: 1 },
    { type: 'unresponsive', at, unanswered: 1, silentMs: 1 },
  ])
}

function error(random: Random): Fields {
  const facts = {
    command: odd(random),
    outcome: 'not-sent',
    host: text(random),
    value: odd(random),
  }
  return { code: oneOf(random, CODES), name: text(random), message: text(random), facts }
}

/** Puts something else in the place of a field, takes it away, or adds one; inside too. */
function spoil(value: Fields, random: Random): void {
  const names = Object.keys(value)
  const name = oneOf(random, names)
  const inner = value[name]
  if (typeof inner === 'object' && inner !== null && random() < 0.5) {
    if (Object.keys(inner).length > 0) spoil(inner as Fields, random)
    return
  }
  const chance = random()
  if (chance < 0.2) delete value[name]
  else value[chance < 0.4 ? oneOf(random, CODES) : name] = odd(random)
}

function noise(random: Random): string {
  const chance = random()
  if (chance < 0.2) return '['.repeat(1 + Math.floor(random() * 20_000))
  if (chance < 0.4) return `{"type":"hello","version":${'9'.repeat(400)}}`
  if (chance < 0.5) return 'x'.repeat(70_000)
  return Array.from({ length: Math.floor(random() * 40) }, () => String.fromCharCode(random() * 65_536)).join(
    '',
  )
}

function idNear(random: Random, id: number): unknown {
  return random() < 0.99 ? id : odd(random)
}

/** Each time another object, because it may be spoiled too. */
function odd(random: Random): unknown {
  return JSON.parse(oneOf(random, ODD))
}

function text(random: Random): string {
  return oneOf(random, TEXTS)
}

function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T
}
