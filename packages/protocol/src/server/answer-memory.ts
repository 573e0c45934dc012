import { sameBytes } from '../same-bytes.js'
import { serialDistance } from '../serial-number.js'
import type { ServerSessionOptions } from './server-options.js'

// A client that goes strictly round (P5) uses a sequence again after 256 commands. Lost ones count too, which is why
// the sequences are compared and not only the commands counted.
const MAX_AGE_ANSWERED = 64
// Half the numbers: what is further away cannot be put in order any more.
const MAX_AGE_EXECUTING = 128

interface RememberedCommand {
  readonly id: number
  /** Its sequence, carried on over the wraps. */
  readonly number: number
  readonly bytes: Uint8Array
  readonly receivedAt: number
  /** `undefined` while it is being executed; empty where there was no room to keep it. */
  answer: readonly Uint8Array[] | undefined
}

/**
 * Commands that are being executed, one for each sequence, so that a repeat is not executed beside them; with
 * `recogniseRepeats` also those answered lately, with at most `maxAnswerBytes` of answers, so that a repeat is answered
 * from memory. It holds at most 128 commands of `maxCommandBytes`.
 */
export class AnswerMemory {
  readonly #options: ServerSessionOptions
  // By sequence.
  readonly #commands = new Map<number, RememberedCommand>()
  #answerBytes = 0
  #newestNumber = 0
  #newestId = 0

  constructor(options: ServerSessionOptions) {
    this.#options = options
  }

  /** Bytes of answers held. */
  get answerBytes(): number {
    return this.#answerBytes
  }

  /** What to send again for a repeat (nothing, while it has no answer that is kept); `undefined` for a new command. */
  recall(sequence: number, bytes: Uint8Array, now: number): readonly Uint8Array[] | undefined {
    this.#newestNumber += Math.max(0, serialDistance(sequence, this.#newestNumber))
    for (const [other, command] of this.#commands) if (this.#isOld(command, now)) this.#forget(other)
    const command = this.#commands.get(sequence)
    return command !== undefined && sameBytes(command.bytes, bytes) ? (command.answer ?? []) : undefined
  }

  /** Remembers a command that is going to be executed, in place of the one that had its sequence. */
  remember(id: number, sequence: number, bytes: Uint8Array, now: number): void {
    this.#forget(sequence)
    this.#newestId = id
    const number = this.#newestNumber + serialDistance(sequence, this.#newestNumber)
    this.#commands.set(sequence, { id, number, bytes, receivedAt: now, answer: undefined })
  }

  /** Notes the answer of a command, empty for none; where answers are kept, the oldest make room for it. */
  keep(id: number, sequence: number, answer: readonly Uint8Array[]): void {
    const command = this.#commands.get(sequence)
    if (command?.id !== id) return
    if (!this.#options.recogniseRepeats) {
      this.#commands.delete(sequence)
      return
    }
    command.answer = answer
    this.#answerBytes += size(answer)
    for (const oldest of this.#commands.values()) {
      if (this.#answerBytes <= this.#options.maxAnswerBytes) return
      this.#dropAnswer(oldest)
    }
  }

  /** Forgets everything: the peer begins anew. */
  clear(): void {
    this.#commands.clear()
    this.#answerBytes = 0
    this.#newestNumber = 0
  }

  #isOld({ id, number, receivedAt, answer }: RememberedCommand, now: number): boolean {
    const maxAge = answer === undefined ? MAX_AGE_EXECUTING : MAX_AGE_ANSWERED
    const age = Math.max(this.#newestNumber - number, this.#newestId - id)
    return age >= maxAge || now - receivedAt >= this.#options.repeatWindowMs
  }

  #forget(sequence: number): void {
    const command = this.#commands.get(sequence)
    if (command === undefined) return
    this.#dropAnswer(command)
    this.#commands.delete(sequence)
  }

  #dropAnswer(command: RememberedCommand): void {
    if (command.answer === undefined) return
    this.#answerBytes -= size(command.answer)
    command.answer = []
  }
}

function size(answer: readonly Uint8Array[]): number {
  return answer.reduce((bytes, datagram) => bytes + datagram.length, 0)
}
