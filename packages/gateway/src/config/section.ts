import type { InvalidArgumentError } from '@bercon/client'
import { suggestion, unshownArgument } from '@bercon/core/kit'

/** The host and port of `HOST:PORT`. */
export interface HostPort {
  readonly host: string
  readonly port: number
}

type Table = Readonly<Record<string, unknown>>

const MAX_PORT = 65_535
const ADDRESS = /^(?:\[([0-9A-Fa-f:.%a-z]+)\]|([^:[\]\s]+)):([0-9]{1,5})$/

/** A table of the file, whose errors name the key by its whole path; no value is shown, because it may be a secret. */
export class Section {
  readonly #path: string
  readonly #table: Table

  /** @throws {@link InvalidArgumentError} for what is no table, and for a key that does not exist. */
  constructor(path: string, value: unknown, keys?: readonly string[]) {
    if (!isTable(value)) throw unshownArgument(path, value, 'a table', `${path} must be a table, [${path}]`)
    this.#path = path
    this.#table = value
    if (keys === undefined) return
    const unknown = Object.keys(value).find((key) => !keys.includes(key))
    if (unknown === undefined) return
    const hint = suggestion(unknown, keys) || `; there are ${keys.join(', ')}`
    const sentence = `There is no ${this.#name(unknown)}${hint}`
    throw unshownArgument(this.#name(unknown), value[unknown], 'a key that exists', sentence)
  }

  /** The tables in this one, by name. */
  tables(): readonly (readonly [name: string, value: unknown])[] {
    return Object.entries(this.#table)
  }

  text(key: string): string {
    return this.maybeText(key) ?? this.#missing(key)
  }

  maybeText(key: string): string | undefined {
    const value = this.#table[key]
    if (value === undefined || (typeof value === 'string' && value !== '')) return value
    throw this.#wrong(key, value, 'a text that is not empty')
  }

  maybeTexts(key: string): readonly string[] | undefined {
    const value = this.#table[key]
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
    throw this.#wrong(key, value, 'a list of texts, such as ["players", "say"]')
  }

  texts(key: string): readonly string[] {
    return this.maybeTexts(key) ?? this.#missing(key)
  }

  maybeFlag(key: string): boolean | undefined {
    const value = this.#table[key]
    if (value === undefined || typeof value === 'boolean') return value
    throw this.#wrong(key, value, 'true or false')
  }

  /** A whole number of at least 1. */
  maybeCount(key: string, max: number, min = 1): number | undefined {
    const value = this.#table[key]
    if (value === undefined) return undefined
    const count = Number.isInteger(value) ? Number(value) : Number.NaN
    if (count >= min && count <= max) return count
    throw this.#wrong(key, value, `a whole number from ${min} to ${max}`)
  }

  port(key: string): number {
    return this.maybeCount(key, MAX_PORT) ?? this.#missing(key)
  }

  maybeOneOf<Choice extends string>(key: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.#table[key]
    const choice = choices.find((one) => one === value)
    if (value === undefined || choice !== undefined) return choice
    throw this.#wrong(key, value, `one of ${choices.map((one) => `"${one}"`).join(', ')}`)
  }

  /** `HOST:PORT`, with brackets around an IPv6 address. */
  maybeAddress(key: string): HostPort | undefined {
    const value = this.maybeText(key)
    if (value === undefined) return undefined
    const [, v6, host = v6, digits] = ADDRESS.exec(value) ?? []
    const port = Number(digits)
    if (host !== undefined && port <= MAX_PORT) return { host, port }
    throw this.#wrong(key, value, 'an address with a port, such as "127.0.0.1:2406"')
  }

  #name(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`
  }

  #wrong(key: string, value: unknown, expected: string): InvalidArgumentError {
    return unshownArgument(this.#name(key), value, expected)
  }

  #missing(key: string): never {
    const name = this.#name(key)
    throw unshownArgument(name, undefined, 'there', `${name} is missing`)
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
