import { decodeClientPacket, decodeServerPacket, encodeServerPacket, encodeText } from '@bercon/protocol'
import { framed } from '../src/framed.js'
import { SERVER_PASSWORD, type ServerPeer, type ServerTwist, type Twist, usualAnswer } from './server-peer.js'
import { countUp, onClientPacket, onServerPacket, unchecked } from './twists.js'

/** A server that breaks one rule, and the cases that must find it wrong. */
export interface WrongServer {
  readonly does: string
  readonly caughtBy: readonly string[]
  readonly twist: ServerTwist
}

const PASSWORD = encodeText(SERVER_PASSWORD)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const isUnframed = (at: number, good: number) => (datagram: Uint8Array) =>
  datagram.length > 7 && datagram[at] !== good

function header(ignoring: (datagram: Uint8Array) => boolean): Twist {
  return (datagram) => (ignoring(datagram) ? unchecked(datagram) : [datagram])
}

/** A server that takes other passwords for the right one. */
function lets(isIn: (given: string) => boolean): Twist {
  return onClientPacket((packet) =>
    packet.type === 'login' && isIn(text(packet.bytes)) ? [{ type: 'login', bytes: PASSWORD }] : undefined,
  )
}

/** A datagram that a session sends is dropped, if it is a packet of this kind. */
function drops(isIt: (packet: ReturnType<typeof decodeServerPacket>, peer: ServerPeer) => boolean): Twist {
  return (datagram, peer) => (isIt(decodeServerPacket(datagram), peer) ? [] : [datagram])
}

export const WRONG_SERVERS: readonly WrongServer[] = [
  {
    does: 'takes any checksum',
    caughtBy: ['bad-checksum'],
    twist: {
      incoming: header((datagram) => datagram[0] === 0x42 && datagram[1] === 0x45 && datagram[6] === 0xff),
    },
  },
  { does: 'takes any magic', caughtBy: ['bad-magic'], twist: { incoming: header(isUnframed(0, 0x42)) } },
  { does: 'takes any marker', caughtBy: ['bad-marker'], twist: { incoming: header(isUnframed(6, 0xff)) } },
  {
    does: 'sends a wrong checksum with replies in parts',
    caughtBy: ['frame'],
    twist: {
      outgoing: (datagram) =>
        decodeServerPacket(datagram).type === 'response-part'
          ? [datagram.map((byte, at) => (at === 2 ? byte ^ 1 : byte))]
          : [datagram],
    },
  },
  {
    does: 'stops for good after a datagram of 3 bytes',
    caughtBy: ['hostile-datagrams'],
    twist: {
      incoming(datagram, peer) {
        if (datagram.length === 3) countUp(peer, 'stopped')
        return peer.memory.has('stopped') ? [] : [datagram]
      },
    },
  },
  {
    does: 'reads an unknown type as a command',
    caughtBy: ['unknown-type'],
    twist: {
      incoming: (datagram) =>
        datagram[7] === 3 ? [framed(Uint8Array.of(1, ...datagram.subarray(8)))] : [datagram],
    },
  },
  { does: 'answers from another port', caughtBy: ['source-address'], twist: { pretendedPort: 1 } },
  {
    does: 'compares the beginning of the password',
    caughtBy: ['login-longer'],
    twist: { incoming: lets((given) => given.startsWith(SERVER_PASSWORD)) },
  },
  {
    does: 'compares as much as the client sends',
    caughtBy: ['login-prefix'],
    twist: { incoming: lets((given) => given !== '' && SERVER_PASSWORD.startsWith(given)) },
  },
  {
    does: 'lets in who sends no password',
    caughtBy: ['login-empty'],
    twist: { incoming: lets((given) => given === '') },
  },
  {
    does: 'compares the password in any case',
    caughtBy: ['login-other-case'],
    twist: { incoming: lets((given) => given.toLowerCase() === SERVER_PASSWORD) },
  },
  {
    does: 'takes sixteen clients, each until it is forgotten',
    caughtBy: [],
    twist: {
      incoming: (datagram, peer) => {
        const { memory, shared } = peer
        if (decodeClientPacket(datagram).type !== 'login' || memory.has('seat')) return [datagram]
        const seats = [...shared].filter(([name, until]) => name.startsWith('seat') && until > peer.now())
        if (seats.length >= 16) return []
        memory.set('seat', 1)
        shared.set(`seat ${peer.port}`, peer.now() + 45_000)
        return [datagram]
      },
    },
  },
  {
    does: 'stops for good after three hundred commands',
    caughtBy: ['same-text', 'sequence-zero'],
    twist: {
      incoming: (datagram, { shared }) => {
        const count = shared.get('commands') ?? 0
        if (decodeClientPacket(datagram).type === 'command') shared.set('commands', count + 1)
        return count > 300 ? [] : [datagram]
      },
    },
  },
  {
    does: 'does not answer a wrong password',
    caughtBy: ['login-refused'],
    twist: {
      outgoing: drops((packet) => packet.type === 'login' && 'accepted' in packet && !packet.accepted),
    },
  },
  {
    does: 'answers a login once',
    caughtBy: ['login-again'],
    twist: { outgoing: drops((packet, peer) => packet.type === 'login' && countUp(peer, 'answers') > 0) },
  },
  {
    does: 'forgets a client that logs in again',
    caughtBy: ['login-again-keeps', 'login-same-port'],
    twist: {
      incoming: (datagram, peer) => {
        const { type } = decodeClientPacket(datagram)
        if (type === 'login') countUp(peer, 'logins')
        return type === 'command' && (peer.memory.get('logins') ?? 0) > 1 ? [] : [datagram]
      },
    },
  },
  {
    does: 'lets nobody in',
    caughtBy: ['login-accepted'],
    twist: {
      outgoing: onServerPacket((packet) =>
        packet.type === 'login' ? [{ ...packet, accepted: false }] : undefined,
      ),
    },
  },
  {
    does: 'serves only the last to log in',
    caughtBy: ['two-clients'],
    twist: {
      incoming(datagram, { shared, port }) {
        const { type } = decodeClientPacket(datagram)
        if (type === 'login') shared.set('served', port)
        return shared.get('served') === port ? [datagram] : []
      },
    },
  },
  {
    does: 'answers commands before a login',
    caughtBy: ['command-before-login'],
    twist: {
      incoming(datagram, peer) {
        const packet = decodeClientPacket(datagram)
        if (packet.type === 'login') countUp(peer, 'logins')
        else if (packet.type === 'command' && !peer.memory.has('logins'))
          peer.send(encodeServerPacket({ type: 'response', sequence: packet.sequence, bytes: PASSWORD }))
        return [datagram]
      },
    },
  },
  {
    does: 'answers commands after a refused login',
    caughtBy: ['command-after-refusal'],
    twist: {
      outgoing: (datagram, peer) => {
        const packet = decodeServerPacket(datagram)
        if (packet.type === 'login' && 'accepted' in packet)
          peer.memory.set('refused', packet.accepted ? 0 : 1)
        return [datagram]
      },
      incoming(datagram, peer) {
        const packet = decodeClientPacket(datagram)
        if (packet.type === 'command' && peer.memory.get('refused') === 1)
          peer.send(encodeServerPacket({ type: 'response', sequence: packet.sequence, bytes: PASSWORD }))
        return [datagram]
      },
    },
  },
  {
    does: 'does not answer keep-alives of sequence 255',
    caughtBy: ['same-sequence', 'sequence-wrap'],
    twist: {
      outgoing: drops(
        (packet) => packet.type === 'response' && packet.sequence === 255 && packet.bytes.length === 0,
      ),
    },
  },
  {
    does: 'answers a keep-alive with a text',
    caughtBy: ['keep-alive'],
    twist: { answer: (given) => (given === '' ? 'OK' : usualAnswer(given)) },
  },
  {
    does: 'takes a command for a repeat for as long as it remembers 256 of them',
    caughtBy: ['same-text', 'sequence-zero'],
    twist: {
      incoming: (datagram, peer) => {
        const packet = decodeClientPacket(datagram)
        if (packet.type !== 'command' || packet.bytes.length === 0) return [datagram]
        return countUp(peer, `${packet.sequence} ${text(packet.bytes)}`) > 0 ? [] : [datagram]
      },
    },
  },
  {
    does: 'answers an unknown command with nothing',
    caughtBy: ['unknown-command'],
    twist: {
      answer: (given) => (['players', 'bans', 'admins', 'missions', 'version'].includes(given) ? given : ''),
    },
  },
  {
    does: 'does not answer what is not ASCII',
    caughtBy: ['non-ascii-command'],
    twist: {
      incoming: (datagram) =>
        datagram.some((byte, at) => at > 8 && byte > 0x7f) && decodeClientPacket(datagram).type === 'command'
          ? []
          : [datagram],
    },
  },
  {
    does: 'leaves the last part out',
    caughtBy: ['parts'],
    twist: {
      outgoing: drops((packet) => packet.type === 'response-part' && packet.index === packet.total - 1),
    },
  },
  {
    does: 'counts parts from 1',
    caughtBy: ['parts', 'frame'],
    twist: {
      outgoing: (datagram) => {
        const packet = decodeServerPacket(datagram)
        if (packet.type !== 'response-part') return [datagram]
        return [framed(Uint8Array.of(1, packet.sequence, 0, packet.total, packet.index + 1, ...packet.bytes))]
      },
    },
  },
  {
    does: 'announces a login in other words',
    caughtBy: ['own-login-message'],
    twist: { announce: () => 'An admin has come' },
  },
  {
    does: 'starts its messages at 1',
    caughtBy: ['first-message-sequence'],
    twist: {
      outgoing: onServerPacket((packet) =>
        packet.type === 'message' ? [{ ...packet, sequence: (packet.sequence + 1) & 0xff }] : undefined,
      ),
      incoming: onClientPacket((packet) =>
        packet.type === 'acknowledgement'
          ? [{ ...packet, sequence: (packet.sequence + 255) & 0xff }]
          : undefined,
      ),
    },
  },
  {
    does: 'counts its messages by two',
    caughtBy: ['next-message-sequence'],
    twist: {
      outgoing: onServerPacket((packet) =>
        packet.type === 'message' ? [{ ...packet, sequence: (packet.sequence * 2) & 0xff }] : undefined,
      ),
      incoming: onClientPacket((packet) =>
        packet.type === 'acknowledgement' ? [{ ...packet, sequence: packet.sequence >> 1 }] : undefined,
      ),
    },
  },
  {
    does: 'repeats what was acknowledged',
    caughtBy: ['acknowledged', 'late-acknowledgment'],
    twist: {
      incoming: onClientPacket((packet) => (packet.type === 'acknowledgement' ? [] : undefined)),
      session: { messageAttempts: Number.POSITIVE_INFINITY },
    },
  },
  {
    does: 'never repeats a message',
    caughtBy: ['repeated', 'foreign-acknowledgment', 'command-acknowledges-nothing'],
    twist: {
      outgoing: drops(
        (packet, peer) => packet.type === 'message' && countUp(peer, `m${packet.sequence}`) > 0,
      ),
    },
  },
  {
    does: 'gives a repeat a new sequence',
    caughtBy: ['repeated', 'foreign-acknowledgment', 'command-acknowledges-nothing'],
    twist: {
      outgoing: onServerPacket((packet, peer: ServerPeer) =>
        packet.type === 'message'
          ? [{ ...packet, sequence: packet.sequence + 10 * countUp(peer, `m${packet.sequence}`) }]
          : undefined,
      ),
    },
  },
  {
    does: 'takes any acknowledgment for that of the oldest message',
    caughtBy: ['foreign-acknowledgment'],
    twist: {
      incoming: onClientPacket((packet) =>
        packet.type === 'acknowledgement' ? [{ ...packet, sequence: packet.sequence % 100 }] : undefined,
      ),
    },
  },
  {
    does: 'takes a command for the acknowledgment of its sequence',
    caughtBy: ['command-acknowledges-nothing'],
    twist: {
      incoming: onClientPacket((packet) =>
        packet.type === 'command'
          ? [packet, { type: 'acknowledgement', sequence: packet.sequence }]
          : undefined,
      ),
    },
  },
  {
    does: 'drops a client after 30 s',
    caughtBy: ['keeps-silent-client'],
    twist: { session: { clientTimeoutMs: 30_000 } },
  },
  {
    does: 'takes an acknowledgment for a sign of life',
    caughtBy: ['drops-silent-client'],
    twist: {
      incoming: onClientPacket((packet, peer: ServerPeer) => {
        if (packet.type !== 'acknowledgement') return undefined
        countUp(peer, 'signs')
        return [packet, { type: 'command', sequence: 77, bytes: new Uint8Array(0) }]
      }),
      outgoing: drops((packet, { memory }) => {
        const signs = memory.get('signs') ?? 0
        if (signs === 0 || packet.type !== 'response' || packet.sequence !== 77) return false
        memory.set('signs', signs - 1)
        return true
      }),
    },
  },
]
