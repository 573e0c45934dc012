import { sameBytes } from '../wire/bytes.js'
import { SEQUENCES, serialDistance } from '../wire/serial-number.js'
import type { ServerSessionOptions } from './server-options.js'

// A client that goes strictly round (P5) uses a sequence again after 256 commands. Lost ones count too, which is why
// the sequences are compared and not only the commands counted.
const MAX_AGE_ANSWERED = 64
// Half the numbers: what is further away cannot be put in order any more.
const MAX_AGE_EXECUTING = 128

/** A command that the session has taken, known until it is answered, and longer where repeats are recognized. */
export interface TakenCommand {
  readonly id: number
  readonly sequence: number
  /** Its sequence, carried on over the wraps. */
  readonly number: number
  readonly bytes: Uint8Array
  readonly receivedAt: number
  /** `undefined` while it is being executed; empty where there was no room to keep it. */
  answer: readonly Uint8Array[] | undefined
}

/**
 * Commands that are being executed, one for each sequence, so that a repeat is not executed beside them; with
 * `recognizeRepeats` also those answered lately, with at most `maxAnswerBytes` of answers, so that a repeat is answered
 * from memory. It holds at most 128 commands of `maxCommandBytes`.
 */
export class AnswerMemory {
  readonly #options: ServerSessionOptions
  // By sequence. A table of 256 places: taking a command and answering it at once must cost next to nothing.
  #commands: (TakenCommand | undefined)[] = []
  #answerBytes = 0
  #newestNumber = 0
  #newestId = 0

  constructor(options: ServerSessionOptions) {
    this.#options = options
  }

  /** What to send again for a repeat (nothing, while it has no answer that is kept); `undefined` for a new command. */
  recall(sequence: number, bytes: Uint8Array, now: number): readonly Uint8Array[] | undefined {
    this.#advance(serialDistance(sequence, this.#newestNumber))
    const command = this.#commands[sequence]
    if (command === undefined) return undefined
    if (!this.#isOld(command, now))
      return sameBytes(command.bytes, bytes) ? (command.answer ?? []) : undefined
    this.#forget(sequence)
    return undefined
  }

  /** Remembers a command that is going to be executed, in place of the one that had its sequence. */
  remember(id: number, sequence: number, bytes: Uint8Array, now: number): TakenCommand {
    this.#forget(sequence)
    this.#newestId = id
    const distance = serialDistance(sequence, this.#newestNumber)
    const number = this.#newestNumber + distance
    const command: TakenCommand = { id, sequence, number, bytes, receivedAt: now, answer: undefined }
    // One that is too old already would be recognized by nobody, and forgotten at the wrong time.
    if (distance > -MAX_AGE_EXECUTING) this.#commands[sequence] = command
    return command
  }

  /** Notes the answer of a command, empty for none; where answers are kept, the oldest make room for it. */
  keep(command: TakenCommand, answer: readonly Uint8Array[]): void {
    const { sequence } = command
    if (this.#commands[sequence] !== command) return
    if (!this.#options.recognizeRepeats) {
      this.#commands[sequence] = undefined
      return
    }
    command.answer = answer
    this.#answerBytes += size(answer)
    if (this.#answerBytes > this.#options.maxAnswerBytes) this.#makeRoom()
  }

  /** Forgets everything: the peer begins anew. */
  clear(): void {
    this.#commands = []
    this.#answerBytes = 0
    this.#newestNumber = 0
  }

  /** Forgets what falls out of the numbers that can be put in order. */
  #advance(distance: number): void {
    for (let step = 0; step < distance; step++)
      this.#forget((++this.#newestNumber + SEQUENCES - MAX_AGE_EXECUTING) % SEQUENCES)
  }

  #isOld({ id, number, receivedAt, answer }: TakenCommand, now: number): boolean {
    const maxAge = answer === undefined ? MAX_AGE_EXECUTING : MAX_AGE_ANSWERED
    const age = Math.max(this.#newestNumber - number, this.#newestId - id)
    return age >= maxAge || now - receivedAt >= this.#options.repeatWindowMs
  }

  #makeRoom(): void {
    const oldestFirst = this.#commands.filter((command) => command?.answer !== undefined) as TakenCommand[]
    oldestFirst.sort((a, b) => a.id - b.id)
    for (const command of oldestFirst) {
      if (this.#answerBytes <= this.#options.maxAnswerBytes) return
      this.#dropAnswer(command)
    }
  }

  #forget(sequence: number): void {
    const command = this.#commands[sequence]
    if (command === undefined) return
    this.#dropAnswer(command)
    this.#commands[sequence] = undefined
  }

  #dropAnswer(command: TakenCommand): void {
    if (command.answer === undefined) return
    this.#answerBytes -= size(command.answer)
    command.answer = []
  }
}

function size(answer: readonly Uint8Array[]): number {
  return answer.reduce((bytes, datagram) => bytes + datagram.length, 0)
}
