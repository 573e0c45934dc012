import { sameBytes } from '../same-bytes.js'
import type { ServerSessionOptions } from './server-options.js'

interface RememberedCommand {
  readonly id: number
  readonly bytes: Uint8Array
  readonly receivedAt: number
  /** Its answer; nothing while it is being executed, and when there was no room to keep it. */
  answer: readonly Uint8Array[] | undefined
}

/**
 * Commands received lately, one for each sequence, with their answers, so that a repeat is answered and not executed
 * again. It holds at most 256 commands of `maxCommandBytes`, and `maxAnswerBytes` of answers.
 */
export class AnswerMemory {
  readonly #options: ServerSessionOptions
  // By sequence, the oldest first.
  readonly #commands = new Map<number, RememberedCommand>()
  #answerBytes = 0

  constructor(options: ServerSessionOptions) {
    this.#options = options
  }

  /** Bytes of answers held. */
  get answerBytes(): number {
    return this.#answerBytes
  }

  /** What to send again for a repeat (nothing, while it has no answer that is kept); `undefined` for a new command. */
  recall(sequence: number, bytes: Uint8Array, now: number): readonly Uint8Array[] | undefined {
    this.#forgetExpired(now)
    const command = this.#commands.get(sequence)
    return command !== undefined && sameBytes(command.bytes, bytes) ? (command.answer ?? []) : undefined
  }

  /** Remembers a command that is going to be executed, in place of the one that had its sequence. */
  remember(id: number, sequence: number, bytes: Uint8Array, now: number): void {
    this.#forget(sequence)
    this.#commands.set(sequence, { id, bytes, receivedAt: now, answer: undefined })
  }

  /** Keeps the answer of a remembered command; the oldest answers make room for it. */
  keep(id: number, sequence: number, answer: readonly Uint8Array[]): void {
    const command = this.#commands.get(sequence)
    if (command?.id !== id) return
    command.answer = answer
    this.#answerBytes += size(answer)
    for (const oldest of this.#commands.values()) {
      if (this.#answerBytes <= this.#options.maxAnswerBytes) return
      this.#dropAnswer(oldest)
    }
  }

  #forgetExpired(now: number): void {
    for (const [sequence, { receivedAt }] of this.#commands) {
      if (now - receivedAt < this.#options.repeatWindowMs) return
      this.#forget(sequence)
    }
  }

  #forget(sequence: number): void {
    const command = this.#commands.get(sequence)
    if (command === undefined) return
    this.#dropAnswer(command)
    this.#commands.delete(sequence)
  }

  #dropAnswer(command: RememberedCommand): void {
    this.#answerBytes -= size(command.answer ?? [])
    command.answer = undefined
  }
}

function size(answer: readonly Uint8Array[]): number {
  return answer.reduce((bytes, datagram) => bytes + datagram.length, 0)
}
