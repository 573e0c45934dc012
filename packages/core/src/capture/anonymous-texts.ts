import { parsePlayers } from '../parsers/players-reply.js'
import { parseServerMessage } from '../parsers/server-message.js'
import { firstFields } from '../parsers/table-rows.js'

const GUID = /\b[0-9a-f]{32}\b/gi
const IPV4 = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g
// What no list and no line of the game contains but as an address.
const IPV6 = /(?<![0-9a-z:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![0-9a-z:])/gi
const SPECIAL = /[.*+?^${}()|[\]\\/]/g

/**
 * Replaces the names, GUIDs and addresses of players and admins in texts of one capture, each always by the same
 * invented one. The names are those that a list or a line of the server contains; a name that appears in chat alone
 * stays.
 */
export class AnonymousTexts {
  readonly #names = new Map<string, string>()
  readonly #guids = new Map<string, string>()
  readonly #addresses = new Map<string, string>()
  #pattern: RegExp | undefined

  /** Learns the names in a server's text. Call it with all texts before the first is changed. */
  learn(text: string): void {
    const list = parsePlayers(text)
    for (const { name } of list?.players ?? []) this.#addName(name)
    for (const row of list?.badRows ?? []) this.#addName(nameInBadRow(row))
    const message = parseServerMessage(text, { names: [...this.#names.keys()] })
    if ('name' in message) this.#addName(message.name)
    if ('to' in message && message.to !== undefined) this.#addName(message.to)
  }

  /** The text with invented names, GUIDs and addresses. */
  changed(text: string): string {
    return this.#withNames(text)
      .replace(GUID, (guid) =>
        kept(this.#guids, guid.toLowerCase(), (number) => number.toString(16).padStart(32, 'a')),
      )
      .replace(IPV4, (address) => this.address(address))
      .replace(IPV6, (address) => this.address(address))
  }

  /** An invented address, of the ranges for benchmarks and for documentation (RFC 2544, RFC 3849). */
  address(address: string): string {
    if (address === '127.0.0.1') return address
    return kept(this.#addresses, address, (number) =>
      address.includes(':')
        ? `2001:db8:0:0:0:0:0:${number.toString(16)}`
        : `198.18.${(number >> 8) & 0xff}.${number & 0xff}`,
    )
  }

  #addName(name: string): void {
    if (name.trim() === '') return
    kept(this.#names, name, (number) => `Player ${number}`)
    this.#pattern = undefined
  }

  #withNames(text: string): string {
    this.#pattern ??= patternOf([...this.#names.keys()])
    return text.replace(this.#pattern, (name) => this.#names.get(name) ?? name)
  }
}

/** What stands in the column of the name, such as that of a player who is joining. */
function nameInBadRow(row: string): string {
  const start = firstFields(row, 4)?.end ?? row.length
  return row
    .slice(start)
    .replace(/ \(Lobby\)$/, '')
    .trim()
}

/** The longest name first, and never a part of a word: a player can be called "a". */
function patternOf(names: readonly string[]): RegExp {
  const escaped = [...names].sort((a, b) => b.length - a.length).map((name) => name.replace(SPECIAL, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
}

function kept(known: Map<string, string>, original: string, invent: (number: number) => string): string {
  const before = known.get(original)
  if (before !== undefined) return before
  const invented = invent(known.size + 1)
  known.set(original, invented)
  return invented
}
