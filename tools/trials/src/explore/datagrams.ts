import { decodeClientPacket, decodeServerPacket, decodeText } from '@bercon/protocol'
import { hashOf } from './history.js'
import type { Ledger } from './ledger.js'

/** Who receives a datagram. */
export type Side = 'client' | 'server'

/** A datagram on its way. */
export interface Datagram {
  readonly id: number
  readonly to: Side
  /** The client's socket that it comes from or goes to. */
  readonly socket: number
  readonly bytes: Uint8Array
}

/** A datagram arrives, is lost, or is copied. */
export interface DatagramChoice {
  readonly do: 'deliver' | 'lose' | 'copy'
  readonly datagram: number
}

/** The datagrams on their way, which the world delivers in any order, or not. */
export class Datagrams {
  #all: readonly Datagram[] = []
  #last = 0

  get first(): Datagram | undefined {
    return this.#all[0]
  }

  /** Equal if the same datagrams are on their way. */
  get fingerprint(): string {
    return `${this.#all.map(({ to, socket, bytes }) => `${to[0]}${socket} ${hashOf(0, bytes)}`).sort()}`
  }

  /** Whether a login is on its way to the server. */
  get hasLogin(): boolean {
    return this.#all.some(({ to, bytes }) => to === 'server' && decodeClientPacket(bytes).type === 'login')
  }

  send(to: Side, bytes: Uint8Array, socket = 0): void {
    this.#all = [...this.#all, { id: ++this.#last, to, socket, bytes }]
  }

  /** What can become of them. Of those that are the same it does not matter which one arrives. */
  choices(canLose: boolean, canCopy: boolean): readonly DatagramChoice[] {
    const choices: DatagramChoice[] = []
    const alike = new Set<string>()
    for (const { id: datagram, to, socket, bytes } of this.#all) {
      const key = `${to}${socket} ${bytes}`
      if (alike.has(key)) continue
      alike.add(key)
      choices.push({ do: 'deliver', datagram })
      if (canLose) choices.push({ do: 'lose', datagram })
      if (canCopy) choices.push({ do: 'copy', datagram })
    }
    return choices
  }

  /** Takes one out, because it arrives or is lost. */
  take(id: number): Datagram {
    const datagram = this.#find(id)
    this.#all = this.#all.filter((each) => each !== datagram)
    return datagram
  }

  /** Copies one, and notes it where it is a command. */
  copy(id: number, { commands }: Ledger): Datagram {
    const original = this.#find(id)
    this.#all = [...this.#all, { ...original, id: ++this.#last }]
    const packet = original.to === 'server' ? decodeClientPacket(original.bytes) : undefined
    const text = packet?.type === 'command' ? decodeText(packet.bytes) : undefined
    const command = commands.find((each) => each.text === text)
    if (command !== undefined) command.copies++
    return original
  }

  /** Loses those that nobody can receive any more. */
  drop(isLost: (datagram: Datagram) => boolean): void {
    this.#all = this.#all.filter((datagram) => !isLost(datagram))
  }

  #find(id: number): Datagram {
    const datagram = this.#all.find((each) => each.id === id)
    if (datagram === undefined) throw new Error(`datagram ${id} is not on its way`)
    return datagram
  }
}

/** A datagram's packet, for people. */
export function inWords({ to, bytes }: Datagram): string {
  const packet = to === 'server' ? decodeClientPacket(bytes) : decodeServerPacket(bytes)
  switch (packet.type) {
    case 'malformed':
      return packet.problem
    case 'login':
      return 'accepted' in packet ? `login ${packet.accepted ? 'accepted' : 'refused'}` : 'login'
    case 'acknowledgement':
      return `acknowledgment ${packet.sequence}`
    case 'response-part':
      return `response ${packet.sequence}, part ${packet.index} of ${packet.total}`
    default:
      return `${packet.type} ${packet.sequence} ${decodeText(packet.bytes)}`
  }
}

/** Its way, for people. */
export function wayOf(datagram: Datagram): string {
  return `client ${datagram.to === 'server' ? '--->' : '<---'} server  ${inWords(datagram)}`
}
