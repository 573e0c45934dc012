import {
  decodeClientPacket,
  decodeServerPacket,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
} from '@bercon/protocol'
import type { ClientReport } from '../src/client-kit/adapter.js'
import { framed } from '../src/framed.js'
import type { ClientPeer, ClientTwist, WrongWays } from './client-peer.js'
import { countUp, onClientPacket, onServerPacket, unchecked } from './twists.js'

/** A client that breaks one rule, and the cases that must find it wrong. */
export interface WrongClient {
  readonly does: string
  readonly caughtBy: readonly string[]
  readonly ways: WrongWays
}

const NOTHING = new Uint8Array(0)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Reports of one kind are changed, dropped or repeated. */
function reporting<Kind extends ClientReport['report']>(
  kind: Kind,
  change: (report: Extract<ClientReport, { report: Kind }>, client: ClientPeer) => readonly ClientReport[],
): WrongWays['reporting'] & {} {
  return (report, client) =>
    report.report === kind ? change(report as Extract<ClientReport, { report: Kind }>, client) : [report]
}

function isCommand(datagram: Uint8Array): boolean {
  const packet = decodeClientPacket(datagram)
  return packet.type === 'command' && packet.bytes.length > 0
}

export const WRONG_CLIENTS: readonly WrongClient[] = [
  {
    does: 'reports a login that was accepted as refused',
    caughtBy: ['login-accepted'],
    ways: { reporting: reporting('logged-in', () => [{ report: 'login-failed' }]) },
  },
  {
    does: 'trims replies',
    caughtBy: ['odd-rows'],
    ways: { reporting: reporting('reply', (reply) => [{ ...reply, text: reply.text.trim() }]) },
  },
  {
    does: 'trims messages',
    caughtBy: ['odd-names'],
    ways: { reporting: reporting('message', (message) => [{ ...message, text: message.text.trim() }]) },
  },
  {
    does: 'ends its password with NUL',
    caughtBy: ['login-accepted'],
    ways: {
      outgoing: (datagram) =>
        decodeClientPacket(datagram).type === 'login'
          ? [framed(Uint8Array.of(...datagram.subarray(7), 0))]
          : [datagram],
    },
  },
  {
    does: 'reports each reply twice',
    caughtBy: ['settles-once'],
    ways: { reporting: reporting('reply', (reply) => [reply, reply]) },
  },
  {
    does: 'reports a failure after each reply',
    caughtBy: ['settles-once'],
    ways: { reporting: reporting('reply', (reply) => [reply, { report: 'failure', id: reply.id }]) },
  },
  {
    does: 'frames its acknowledgments badly',
    caughtBy: ['frame', 'acknowledges', 'acknowledges-repeats', 'message-wrap', 'early-message'],
    ways: {
      outgoing: (datagram) =>
        decodeClientPacket(datagram).type === 'acknowledgement'
          ? [datagram.map((byte, at) => (at === 2 ? byte ^ 1 : byte))]
          : [datagram],
    },
  },
  {
    does: 'begins with a keep-alive',
    caughtBy: ['login-first', 'silent-until-login'],
    ways: {
      outgoing: (datagram, client) =>
        countUp(client, 'sent') === 0
          ? [encodeClientPacket({ type: 'command', sequence: 0, bytes: NOTHING }), datagram]
          : [datagram],
    },
  },
  {
    does: 'sends commands before the login is accepted',
    caughtBy: ['silent-until-login'],
    ways: {
      ordered(order, client) {
        if (order.do !== 'command' || client.memory.has('in')) return [order]
        client.send(encodeClientPacket({ type: 'command', sequence: 0, bytes: encodeText(order.text) }))
        return []
      },
      reporting: (report, client) => {
        if (report.report === 'logged-in') countUp(client, 'in')
        return [report]
      },
    },
  },
  {
    does: 'sends its login once',
    caughtBy: ['login-repeated'],
    ways: { session: { loginResendIntervalMs: 60_000, loginTimeoutMs: 50_000 } },
  },
  {
    does: 'gives a login up after 2 s',
    caughtBy: ['late-login-answer'],
    ways: { session: { loginTimeoutMs: 2_000 } },
  },
  {
    does: 'takes a second answer to the login for a refusal',
    caughtBy: ['login-answered-twice'],
    ways: {
      incoming(datagram, { memory, clock }) {
        if (decodeServerPacket(datagram).type !== 'login') return memory.has('out') ? [] : [datagram]
        if (clock.now() - (memory.get('in') ?? Number.NEGATIVE_INFINITY) < 10_000) memory.set('out', 1)
        memory.set('in', clock.now())
        return [datagram]
      },
    },
  },
  {
    does: 'does not report a refusal',
    caughtBy: ['login-refused'],
    ways: {
      reporting: reporting('login-failed', ({ reason }) =>
        reason === 'login-refused' ? [] : [{ report: 'login-failed' }],
      ),
    },
  },
  {
    does: 'tries a refused password again and again',
    caughtBy: ['refused-not-retried'],
    ways: { reconnects: () => true, backOffMs: 2_000 },
  },
  {
    does: 'waits for the answer to a login without an end',
    caughtBy: ['login-not-answered'],
    ways: { session: { loginTimeoutMs: 1e9 } },
  },
  {
    does: 'hears nothing from a host that it was given by name',
    caughtBy: ['host-name'],
    ways: {
      ordered(order, client) {
        if (order.do === 'login' && order.host === 'localhost') countUp(client, 'by name')
        return [order]
      },
      incoming: (datagram, client) => (client.memory.has('by name') ? [] : [datagram]),
    },
  },
  {
    does: 'gives up when the server has restarted',
    caughtBy: ['server-restart'],
    ways: { reconnects: () => false },
  },
  {
    does: 'begins with sequence 1',
    caughtBy: ['first-sequence'],
    ways: {
      outgoing: onClientPacket((packet) =>
        packet.type === 'command' ? [{ ...packet, sequence: (packet.sequence + 1) & 0xff }] : undefined,
      ),
      incoming: onServerPacket((packet) =>
        packet.type === 'response' || packet.type === 'response-part'
          ? [{ ...packet, sequence: (packet.sequence + 255) & 0xff }]
          : undefined,
      ),
    },
  },
  {
    does: 'counts sequences by three',
    caughtBy: ['next-sequence'],
    ways: {
      outgoing: onClientPacket((packet) =>
        packet.type === 'command' ? [{ ...packet, sequence: (packet.sequence * 3) & 0xff }] : undefined,
      ),
      // 171 times 3 is 513, which is 1 in a byte.
      incoming: onServerPacket((packet) =>
        packet.type === 'response' || packet.type === 'response-part'
          ? [{ ...packet, sequence: (packet.sequence * 171) & 0xff }]
          : undefined,
      ),
    },
  },
  {
    does: 'loses the reply of sequence 255',
    caughtBy: ['one-by-one', 'at-once'],
    ways: {
      incoming: onServerPacket((packet) =>
        packet.type === 'response' && packet.sequence === 255 ? [] : undefined,
      ),
    },
  },
  {
    does: 'sends a character for each byte',
    caughtBy: ['command-bytes'],
    ways: {
      outgoing: onClientPacket((packet) =>
        packet.type === 'command'
          ? [{ ...packet, bytes: packet.bytes.slice(0, text(packet.bytes).length) }]
          : undefined,
      ),
    },
  },
  {
    does: 'takes an empty reply for none',
    caughtBy: ['empty-reply'],
    ways: { reporting: reporting('reply', (report) => (report.text === '' ? [] : [report])) },
  },
  {
    does: 'drops the rows of a list that it cannot read',
    caughtBy: ['odd-rows'],
    ways: {
      reporting: reporting('reply', (report) => [
        { ...report, text: report.text.replaceAll(/^.*(?: -1 |\(\?\)| perm *$).*\n?/gm, '') },
      ]),
    },
  },
  {
    does: 'takes a name up to the last colon',
    caughtBy: ['odd-names'],
    ways: {
      reporting: reporting('message', (report) => [
        { ...report, text: report.text.replace(/^(\(.+?\) ).*: (.+: )/, '$1$2') },
      ]),
    },
  },
  {
    does: 'reads replies as Latin-1',
    caughtBy: ['reply-text', 'cut-character'],
    ways: {
      reporting: reporting('reply', (report) => [
        { ...report, text: Buffer.from(report.text).toString('latin1') },
      ]),
    },
  },
  {
    does: 'fails after 3 s',
    caughtBy: ['slow-reply'],
    ways: { session: { sentOnceCommandTimeoutMs: 3_000, resentCommandTimeoutMs: 20_000 } },
  },
  {
    does: 'takes any response for the reply to the last command',
    caughtBy: [
      'foreign-response',
      'late-copies',
      'at-once',
      'parts-interleaved',
      'part-of-another',
      'slow-reply',
    ],
    ways: {
      outgoing(datagram, { memory }) {
        const packet = decodeClientPacket(datagram)
        if (packet.type === 'command') memory.set('last', packet.sequence)
        return [datagram]
      },
      incoming: onServerPacket((packet, { memory }: ClientPeer) =>
        packet.type === 'response' || packet.type === 'response-part'
          ? [{ ...packet, sequence: memory.get('last') ?? 0 }]
          : undefined,
      ),
    },
  },
  {
    does: 'takes a message for the reply with its sequence',
    caughtBy: ['message-is-no-reply'],
    ways: {
      incoming: onServerPacket((packet) =>
        packet.type === 'message' ? [packet, { ...packet, type: 'response' }] : undefined,
      ),
    },
  },
  {
    does: 'does not look at checksums',
    caughtBy: ['reply-checksum', 'hostile-datagrams'],
    ways: { incoming: (datagram) => (datagram[0] === 0x42 ? unchecked(datagram) : [datagram]) },
  },
  {
    does: 'ends with a short datagram',
    caughtBy: ['hostile-datagrams'],
    ways: {
      incoming(datagram, client) {
        if (datagram.length < 8) client.report({ report: 'broken', reason: 'ended by itself' })
        return [datagram]
      },
    },
  },
  {
    does: 'uses the sequence of a command that waits',
    caughtBy: ['sequence-in-use', 'next-sequence'],
    ways: {
      outgoing: onClientPacket((packet) =>
        packet.type === 'command' ? [{ ...packet, sequence: packet.sequence & 0x7f }] : undefined,
      ),
      incoming: (datagram, client) => {
        const packet = decodeServerPacket(datagram)
        if (packet.type !== 'response') return [datagram]
        return [datagram, encodeServerPacket({ ...packet, sequence: packet.sequence | 0x80 })].slice(
          0,
          client.memory.size + 2,
        )
      },
    },
  },
  {
    does: 'never sends a command again',
    caughtBy: ['sent-again'],
    ways: { ordered: (order) => [order.do === 'command' ? { ...order, resend: false } : order] },
  },
  {
    does: 'sends every command again',
    caughtBy: ['sent-once'],
    ways: { ordered: (order) => [order.do === 'command' ? { ...order, resend: true } : order] },
  },
  {
    does: 'lets a command that is not answered wait without an end',
    caughtBy: ['lost-reply'],
    ways: { reporting: reporting('failure', (report) => (report.reason === 'closed' ? [report] : [])) },
  },
  {
    does: 'joins parts as they come',
    caughtBy: ['parts-out-of-order'],
    ways: {
      incoming: onServerPacket((packet, client: ClientPeer) =>
        packet.type === 'response-part' &&
        text(packet.bytes) !== 'late' &&
        packet.total === 4 &&
        !isKnown(packet, client)
          ? [{ ...packet, index: countUp(client, `part of ${packet.sequence}`) % packet.total }]
          : undefined,
      ),
    },
  },
  {
    does: 'counts a part that comes twice twice',
    caughtBy: ['parts-repeated'],
    ways: {
      incoming: onServerPacket((packet, client: ClientPeer) => {
        if (packet.type !== 'response-part' || packet.total !== 4) return undefined
        return isKnown(packet, client) ? [{ ...packet, index: 3, bytes: encodeText('again') }] : undefined
      }),
    },
  },
  {
    does: 'gives a reply out without the part that is missing after half a second',
    caughtBy: ['last-part-missing', 'first-part-missing'],
    ways: {
      incoming: onServerPacket((packet, { clock, memory, receive }: ClientPeer) => {
        if (packet.type !== 'response-part' || packet.total !== 4) return undefined
        const part = (index: number) => `part ${packet.sequence} ${index}`
        memory.set(part(packet.index), 1)
        for (const index of [0, 3]) {
          const empty = encodeServerPacket({ ...packet, index, bytes: NOTHING })
          clock.setTimer(() => !memory.has(part(index)) && receive(empty), 500)
        }
        return undefined
      }),
    },
  },
  {
    does: 'takes the first part for the reply',
    caughtBy: [
      'parts',
      'parts-out-of-order',
      'parts-repeated',
      'cut-character',
      'part-of-another',
      'part-index',
      'parts-255',
      'parts-interleaved',
      'last-part-missing',
    ],
    ways: {
      incoming: onServerPacket((packet) =>
        packet.type === 'response-part' && packet.index === 0 ? [{ ...packet, type: 'response' }] : undefined,
      ),
    },
  },
  {
    does: 'reads a single part as a text',
    caughtBy: ['part-of-one'],
    ways: {
      reporting: reporting('reply', (report) => [
        report.text === 'alone' ? { ...report, text: `\0\u0001\0alone` } : report,
      ]),
    },
  },
  {
    does: 'decodes each part by itself',
    caughtBy: ['cut-character'],
    ways: {
      incoming: onServerPacket((packet) =>
        packet.type === 'response-part' ? [{ ...packet, bytes: encodeText(text(packet.bytes)) }] : undefined,
      ),
    },
  },
  {
    does: 'keeps 100 parts',
    caughtBy: ['parts-255'],
    ways: {
      incoming: onServerPacket((packet) =>
        packet.type === 'response-part' && packet.index >= 100 ? [] : undefined,
      ),
    },
  },
  {
    does: 'ends with a part whose number is impossible',
    caughtBy: ['part-index', 'hostile-datagrams'],
    ways: {
      incoming(datagram, client) {
        if (decodeServerPacket(datagram).type === 'malformed' && datagram[7] === 1 && datagram[9] === 0)
          client.report({ report: 'broken', reason: 'ended by itself' })
        return [datagram]
      },
    },
  },
  {
    does: 'acknowledges no message above 127',
    caughtBy: ['acknowledges', 'message-wrap'],
    ways: {
      outgoing: onClientPacket((packet) =>
        packet.type === 'acknowledgement' && packet.sequence > 127 ? [] : undefined,
      ),
    },
  },
  {
    does: 'acknowledges a message once',
    caughtBy: ['acknowledges-repeats', 'message-wrap'],
    ways: {
      outgoing: onClientPacket((packet, client: ClientPeer) =>
        packet.type === 'acknowledgement' && countUp(client, `acknowledged ${packet.sequence}`) > 0
          ? []
          : undefined,
      ),
    },
  },
  {
    does: 'reports every copy of a message',
    caughtBy: ['repeat-reported-once', 'late-repeat-reported-once'],
    ways: repeats(() => true),
  },
  {
    does: 'knows the last five messages only',
    caughtBy: ['late-repeat-reported-once'],
    ways: repeats((age) => age > 5),
  },
  {
    does: 'takes the same text for a repeat',
    caughtBy: ['same-text-twice', 'message-wrap'],
    ways: {
      reporting: reporting('message', (report, client) => (countUp(client, report.text) > 0 ? [] : [report])),
    },
  },
  {
    does: 'takes a sequence that comes around for a repeat',
    caughtBy: ['message-wrap'],
    ways: {
      incoming: onServerPacket((packet, client: ClientPeer) => {
        if (packet.type === 'message' && countUp(client, `reported ${packet.sequence}`) > 0)
          client.memory.set('repeat', 1)
        return undefined
      }),
      reporting: reporting('message', (report, { memory }) => (memory.delete('repeat') ? [] : [report])),
    },
  },
  {
    does: 'loses a message that comes before the answer to the login',
    caughtBy: ['early-message'],
    ways: {
      reporting: (report, client) => {
        if (report.report === 'message' && report.text === 'early') return []
        countUp(client, report.report)
        return [report]
      },
    },
  },
  {
    does: 'loses a message that is not UTF-8',
    caughtBy: ['message-not-utf8'],
    ways: { reporting: reporting('message', (report) => (report.text.startsWith('caf') ? [] : [report])) },
  },
  {
    does: 'reads messages as Latin-1',
    caughtBy: ['message-text'],
    ways: {
      reporting: reporting('message', (report) => [
        { ...report, text: Buffer.from(report.text).toString('latin1') },
      ]),
    },
  },
  {
    does: 'sends no keep-alive',
    caughtBy: ['keep-alive', 'keep-alive-beside-messages', 'keep-alive-lost', 'server-restart'],
    ways: {
      outgoing: (datagram) =>
        decodeClientPacket(datagram).type === 'command' && !isCommand(datagram) ? [] : [datagram],
      reconnects: () => false,
    },
  },
  {
    does: 'puts the keep-alive off with each message',
    caughtBy: ['keep-alive-beside-messages'],
    ways: {
      incoming: onServerPacket((packet, { memory, clock }: ClientPeer) => {
        if (packet.type === 'message') memory.set('heard', clock.now())
        return undefined
      }),
      outgoing(datagram, { memory, clock }) {
        const isKeepAlive = decodeClientPacket(datagram).type === 'command' && !isCommand(datagram)
        return isKeepAlive && clock.now() - (memory.get('heard') ?? Number.NEGATIVE_INFINITY) < 8_000
          ? []
          : [datagram]
      },
      session: { forgottenAfterMs: 75_000 },
    },
  },
  {
    does: 'sends a keep-alive every 40 s and none again',
    caughtBy: ['keep-alive-lost', 'server-restart'],
    ways: everyFortySeconds(),
  },
  {
    does: 'sends on after it is closed',
    caughtBy: ['close'],
    ways: {
      ordered(order, client) {
        if (order.do !== 'close' || !client.memory.has('in')) return [order]
        const ping = () => {
          client.send(encodeClientPacket({ type: 'command', sequence: 9, bytes: NOTHING }))
          client.clock.setTimer(ping, 1_000)
        }
        if (client.memory.has('asked')) ping()
        return [order]
      },
      reporting: (report, client) => {
        if (report.report === 'logged-in') countUp(client, 'in')
        if (report.report === 'reply') countUp(client, 'asked')
        return [report]
      },
    },
  },
  {
    does: 'forgets what waits when it is closed',
    caughtBy: ['close-settles'],
    ways: { reporting: reporting('failure', (report) => (report.reason === 'closed' ? [] : [report])) },
  },
  {
    does: 'closes when the login is over',
    caughtBy: ['close-while-logging-in'],
    ways: {
      ordered: (order, client) => (order.do === 'close' && !client.memory.has('in') ? [] : [order]),
      reporting: (report, client) => {
        if (report.report === 'logged-in') countUp(client, 'in')
        return [report]
      },
    },
  },
]

function isKnown(
  { sequence, index }: { readonly sequence: number; readonly index: number },
  client: ClientPeer,
): boolean {
  return countUp(client, `seen ${sequence} ${index}`) > 0
}

/** Reports a message that its session takes for a repeat, if it is so many messages old. */
function repeats(isForgotten: (age: number) => boolean): WrongWays {
  return {
    incoming: onServerPacket((packet, client: ClientPeer) => {
      if (packet.type !== 'message') return undefined
      const { memory } = client
      const newest = memory.get('newest') ?? -1
      const isRepeat = memory.has(`m${packet.sequence}`) && packet.sequence <= newest && newest < 20
      if (isRepeat && isForgotten(newest - packet.sequence + 1))
        client.report({ report: 'message', text: text(packet.bytes) })
      memory.set(`m${packet.sequence}`, 1).set('newest', Math.max(newest, packet.sequence))
      return undefined
    }),
  }
}

function everyFortySeconds(): WrongWays {
  const keeps: ClientTwist = (datagram, { memory, clock }) => {
    if (decodeClientPacket(datagram).type !== 'command' || isCommand(datagram)) return [datagram]
    const last = memory.get('kept') ?? 0
    if (clock.now() - last < 40_000) return []
    memory.set('kept', clock.now())
    return [datagram]
  }
  return { outgoing: keeps, session: { forgottenAfterMs: Number.POSITIVE_INFINITY } }
}
