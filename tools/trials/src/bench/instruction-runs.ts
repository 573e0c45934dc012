import { AsyncRconClient } from '@bercon/client'
import {
  decodeServerPacket,
  decodeText,
  encodeClientPacket,
  encodeServerPacket,
  encodeText,
} from '@bercon/protocol'

const TEXT = 'say -1 the server restarts in 5 minutes!'
const GUID = '0123456789abcdef0123456789abcdef'
const SEQUENCES = 256
const SEQUENCE_AT = 8

type Receive = (datagram: Uint8Array) => void

/** A server of prepared datagrams, so that nearly every instruction is the client's: it answers when it is asked to. */
class PreparedPeer {
  #receive: Receive = () => {}
  #sequence = 0
  readonly #replies: readonly Uint8Array[]

  constructor(reply: string) {
    const bytes = encodeText(reply)
    this.#replies = everySequence((sequence) => encodeServerPacket({ type: 'response', sequence, bytes }))
  }

  readonly transport = {
    resolve: async (host: string) => [host],
    open: async (_address: string, _port: number, receiver: { readonly onDatagram: Receive }) => {
      this.#receive = receiver.onDatagram
      return { send: this.send, close: () => {} }
    },
  }

  readonly send = (datagram: Uint8Array): void => {
    this.#sequence = datagram[SEQUENCE_AT] as number
  }

  /** Uses another receiver than a client. */
  attach(receive: Receive): void {
    this.#receive = receive
  }

  /** Answers the last command. */
  answer(): void {
    this.#receive(this.#replies[this.#sequence] as Uint8Array)
  }

  deliver(datagram: Uint8Array): void {
    this.#receive(datagram)
  }
}

function everySequence(make: (sequence: number) => Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: SEQUENCES }, (_, sequence) => new Uint8Array(make(sequence)))
}

async function loggedIn(peer: PreparedPeer): Promise<AsyncRconClient> {
  const client = new AsyncRconClient({ transport: peer.transport, playersIntervalMs: 0 })
  const connected = client.connect('192.0.2.7', 2306, 'hunter2')
  await new Promise((resolve) => setTimeout(resolve, 1))
  peer.deliver(encodeServerPacket({ type: 'login', accepted: true }))
  return connected
}

/** A client uses no sequence twice within 250 ms until 256 answers have shown whether the network repeats datagrams. */
function sequencesRested(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300))
}

async function command(count: number): Promise<void> {
  const peer = new PreparedPeer('done')
  const client = await loggedIn(peer)
  for (let i = 0; i < count; i++) {
    if (i === SEQUENCES) await sequencesRested()
    const reply = client.sendCommand(TEXT)
    peer.answer()
    await reply
  }
  await client.close()
}

/** The same without a client: a promise for each command, and the peer. */
async function commandFloor(count: number): Promise<void> {
  const peer = new PreparedPeer('done')
  const datagrams = everySequence((sequence) =>
    encodeServerPacket({ type: 'message', sequence, bytes: encodeText(TEXT) }),
  )
  let settle: (reply: string) => void = () => {}
  peer.attach(() => settle('done'))
  for (let i = 0; i < count; i++) {
    const reply = new Promise<string>((resolve) => {
      settle = resolve
    })
    peer.send(datagrams[i % SEQUENCES] as Uint8Array)
    peer.answer()
    await reply
  }
}

/** The same with the codec of both directions. */
async function commandCodec(count: number): Promise<void> {
  const peer = new PreparedPeer('done')
  let settle: (reply: string) => void = () => {}
  peer.attach((datagram) => {
    const packet = decodeServerPacket(datagram)
    if (packet.type === 'response') settle(decodeText(packet.bytes))
  })
  for (let i = 0; i < count; i++) {
    const reply = new Promise<string>((resolve) => {
      settle = resolve
    })
    peer.send(encodeClientPacket({ type: 'command', sequence: i % SEQUENCES, bytes: encodeText(TEXT) }))
    peer.answer()
    await reply
  }
}

async function message(count: number): Promise<void> {
  const peer = new PreparedPeer('')
  const client = await loggedIn(peer)
  const bytes = encodeText('(Side) Survivor: two at the gate: hurry')
  const messages = everySequence((sequence) => encodeServerPacket({ type: 'message', sequence, bytes }))
  let heard = 0
  client.listen('playerMessage', () => {
    heard++
  })
  for (let i = 0; i < count; i++) peer.deliver(messages[i % SEQUENCES] as Uint8Array)
  if (heard !== count) throw new Error(`${heard} messages of ${count} reached the listener`)
  await client.close()
}

async function players(count: number): Promise<void> {
  const peer = new PreparedPeer(playersReply(64))
  const client = await loggedIn(peer)
  for (let i = 0; i < count; i++) {
    if (i === SEQUENCES) await sequencesRested()
    const players = client.fetchPlayers()
    peer.answer()
    const { length } = await players
    if (length !== 64) throw new Error(`${length} players`)
  }
  await client.close()
}

function playersReply(rows: number): string {
  const lines = Array.from({ length: rows }, (_, slot) => {
    const address = `192.0.2.${slot}:${2_304 + slot}`.padEnd(21)
    return `${String(slot).padEnd(3)} ${address} ${String(slot).padEnd(4)} ${GUID}(OK) Survivor ${slot}`
  })
  const head = 'Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n'
  return `${head}${'-'.repeat(50)}\n${lines.join('\n')}\n(${rows} players in total)`
}

const RUNS: Readonly<Record<string, (count: number) => Promise<void>>> = {
  command,
  commandFloor,
  commandCodec,
  message,
  players,
}

const [name = '', count] = process.argv.slice(2)
await RUNS[name]?.(Number(count))
