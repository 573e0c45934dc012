import type { Actor, AuditNote, AuditResult } from './audit-entry.js'

/**
 * Entries as lines of JSON. Every command has two, so they are put together from pieces: the time is formatted once a
 * millisecond, and an actor once.
 */
export class EntryFormat {
  readonly #actors = new WeakMap<Actor, string>()
  #formattedAt = Number.NaN
  #time = ''

  command(at: number, id: string, { actor, command }: Entry<{ command: string }>): string {
    return `${this.#head(at, id, actor)},"event":"command","command":${JSON.stringify(command)}}`
  }

  outcome(at: number, id: string, { actor, result }: Entry<{ result: AuditResult }>): string {
    const { outcome, code, elapsedMs } = result
    const why = code === undefined ? '' : `,"code":${JSON.stringify(code)}`
    const time = elapsedMs === undefined ? '' : `,"elapsedMs":${JSON.stringify(elapsedMs)}`
    return `${this.#head(at, id, actor)},"event":"outcome","outcome":${JSON.stringify(outcome)}${why}${time}}`
  }

  note(at: number, id: string, { actor, note }: Entry<{ note: AuditNote }>): string {
    return `${this.#head(at, id, actor)},${JSON.stringify(note).slice(1)}`
  }

  #head(at: number, id: string, actor: Actor): string {
    if (at !== this.#formattedAt) {
      this.#formattedAt = at
      this.#time = new Date(at).toISOString()
    }
    return `{"at":"${this.#time}","id":"${id}",${this.#actor(actor)}`
  }

  #actor(actor: Actor): string {
    const known = this.#actors.get(actor)
    if (known !== undefined) return known
    const { user, role, server, front, from } = actor
    const text = JSON.stringify({ user, role, server, front, from }).slice(1, -1)
    this.#actors.set(actor, text)
    return text
  }
}

type Entry<T> = { readonly actor: Actor } & Readonly<T>
