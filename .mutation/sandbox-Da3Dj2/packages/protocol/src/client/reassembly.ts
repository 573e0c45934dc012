// @ts-nocheck
import { sameBytes } from '../wire/bytes.js'
import type { ResponsePartPacket } from '../wire/packet.js'

// With a reply of 100 parts and every second part lost, seven sendings together contain all parts. More are held only
// while the reply changes.
const MOST_SENDINGS = 32
const CLOSED = -1

/** The parts received for one sending. */
interface Collection {
  /** The sending's sequence, or `CLOSED` if the sequence was sent again. */
  sequence: number
  readonly parts: (Uint8Array | undefined)[]
  count: number
  bytes: number
  /** Other collections with the same bytes in a shared part, and those with different bytes. */
  readonly agrees: Set<Collection>
  readonly contradicts: Set<Collection>
}

/** The result of adding a part: incomplete, the answer to one sending, or joined from several sendings. */
export type Completion = 'none' | 'whole' | 'mixed'

/**
 * The parts of one reply, which arrive in any order (P6, W4). Their bytes are joined before they are decoded (W5).
 *
 * A server executes a command again each time it is sent (W7), and its answer may differ. So parts are kept by sending.
 * If no sending is answered completely, sendings are joined whose total is the same, which share at least one part, and
 * which agree on every part they share.
 */
export class Reassembly {
  #collections: Collection[] = []
  #bytes = 0
  #joined: readonly (Uint8Array | undefined)[] = []

  /** Bytes held; a part shared by several sendings counts once. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Adds a part. The reply is complete on the first result other than `none`. `isShared` means that several sendings
   * used the part's sequence, so it could answer any of them.
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

  /** Bytes held for one sending. */
  bytesOf(sequence: number): number {
    return this.#collections.find((one) => one.sequence === sequence)?.bytes ?? 0
  }

  /** The sequence is sent again: keeps parts that arrived before apart from later ones. */
  close(sequence: number): void {
    for (const one of this.#collections) if (one.sequence === sequence) one.sequence = CLOSED
  }

  /** Drops all parts except those of one sending. */
  keepOnly(sequence: number): void {
    for (const one of [...this.#collections]) if (one.sequence !== sequence) this.#drop(one)
  }

  /** All parts joined in the order of their index. */
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

  /** The collection a part belongs to. Drops an existing one that the part contradicts. */
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

  /** The same part from another sending, so that it is stored once. Also records which sendings agree. */
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

  /** Whether the parts of this sending and of those that agree with it are complete. */
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
