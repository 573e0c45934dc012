import { sameBytes } from '../wire/bytes.js'
import type { ResponsePartPacket } from '../wire/packet.js'

// Of a reply of 100 parts over a link that loses every second of them, seven sendings have all; more than these are
// held only while the reply changes under way.
const MOST_SENDINGS = 32
const CLOSED = -1

/** What has come of the answer to one sending. */
interface Collection {
  /** The sending's, or `CLOSED` where that went out again since. */
  sequence: number
  readonly parts: (Uint8Array | undefined)[]
  count: number
  bytes: number
  /** Those that have the same bytes in a part that both have, and those that have others. */
  readonly agrees: Set<Collection>
  readonly contradicts: Set<Collection>
}

/** What a part makes of a reply: nothing yet, the answer to one sending, or one joined from several. */
export type Completion = 'none' | 'whole' | 'mixed'

/**
 * The parts of one reply, in whatever order they come (P6, W4). Bytes are joined before anybody decodes them (W5).
 *
 * A server executes a command that is sent again once more (W7), and may answer otherwise, so parts are kept by
 * sending. Where no sending is answered whole, those are joined that agree in their total, in a part that both have, and
 * in every such part.
 */
export class Reassembly {
  #collections: Collection[] = []
  #bytes = 0
  #joined: readonly (Uint8Array | undefined)[] = []

  /** Bytes held; a part that several sendings have in common counts once. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Takes a part in; the reply is there with the first that does not return `none`. `isShared` says that several
   * sendings went out with the part's sequence, so that nobody knows which of them it answers.
   */
  add(part: ResponsePartPacket, isShared: boolean): Completion {
    const { index, total } = part
    const own = this.#collectionOf(part)
    if (own.parts[index] !== undefined) return 'none'
    const bytes = this.#known(own, part)
    own.parts[index] = bytes ?? part.bytes
    own.count++
    own.bytes += part.bytes.length
    if (bytes === undefined) this.#bytes += part.bytes.length
    if (own.count < total) return this.#joins(own) ? 'mixed' : 'none'
    this.#joined = own.parts
    return isShared && total > 1 ? 'mixed' : 'whole'
  }

  /** Bytes of the answer to one sending. */
  bytesOf(sequence: number): number {
    return this.#collections.find((one) => one.sequence === sequence)?.bytes ?? 0
  }

  /** The sequence goes out again: what has come with it is kept apart from what will. */
  close(sequence: number): void {
    for (const one of this.#collections) if (one.sequence === sequence) one.sequence = CLOSED
  }

  /** Lets everything go but what has come for one sending. */
  keepOnly(sequence: number): void {
    for (const one of [...this.#collections]) if (one.sequence !== sequence) this.#drop(one)
  }

  /** All parts in the order of their index. */
  join(): Uint8Array {
    const whole = new Uint8Array(this.#joined.reduce((bytes, part) => bytes + (part?.length ?? 0), 0))
    let at = 0
    for (const part of this.#joined) {
      if (part === undefined) continue
      whole.set(part, at)
      at += part.length
    }
    return whole
  }

  /** Where a part belongs; what was there is let go where the part contradicts it. */
  #collectionOf({ sequence, total, index, bytes }: ResponsePartPacket): Collection {
    const before = this.#collections.find((one) => one.sequence === sequence)
    if (before !== undefined) {
      const held = before.parts[index]
      if (before.parts.length === total && (held === undefined || sameBytes(held, bytes))) return before
      this.#drop(before)
    } else if (this.#collections.length === MOST_SENDINGS) this.#drop(this.#collections[0] as Collection)
    const parts = new Array<Uint8Array | undefined>(total).fill(undefined)
    const collection = {
      sequence,
      parts,
      count: 0,
      bytes: 0,
      agrees: new Set<Collection>(),
      contradicts: new Set<Collection>(),
    }
    this.#collections.push(collection)
    return collection
  }

  /** The same part as another sending has it, so that it is held once; notes who agrees with whom. */
  #known(own: Collection, { total, index, bytes }: ResponsePartPacket): Uint8Array | undefined {
    let known: Uint8Array | undefined
    for (const other of this.#collections) {
      const held = other.parts[index]
      if (other === own || held === undefined || other.parts.length !== total) continue
      const isSame = held === known || sameBytes(held, bytes)
      if (isSame) known = held
      const relation = isSame ? 'agrees' : 'contradicts'
      own[relation].add(other)
      other[relation].add(own)
    }
    return known
  }

  /** Whether the parts of this sending and of those that go with it are all that there are. */
  #joins(own: Collection): boolean {
    if (own.agrees.size === 0) return false
    const joined = [...own.parts]
    let missing = joined.length - own.count
    const members = [own]
    for (const member of members) {
      for (const other of member.agrees) {
        if (members.includes(other) || members.some((one) => one.contradicts.has(other))) continue
        members.push(other)
        for (const [index, part] of other.parts.entries()) {
          if (part === undefined || joined[index] !== undefined) continue
          joined[index] = part
          if (--missing === 0) {
            this.#joined = joined
            return true
          }
        }
      }
    }
    return false
  }

  #drop(collection: Collection): void {
    this.#collections.splice(this.#collections.indexOf(collection), 1)
    for (const other of this.#collections) {
      other.agrees.delete(collection)
      other.contradicts.delete(collection)
    }
    const held = new Set(this.#collections.flatMap(({ parts }) => parts))
    this.#bytes = 0
    for (const part of held) this.#bytes += part?.length ?? 0
  }
}
