// @ts-nocheck
import { sameBytes } from '../wire/bytes.js'
import { SEQUENCES, serialDistance } from '../wire/serial-number.js'
import type { ServerSessionOptions } from './server-options.js'

// A client that assigns sequences in order (P5) uses one again after 256 commands. Lost commands count too, so
// sequences are compared instead of counting commands.
const MAX_AGE_ANSWERED = 64
// Half of all numbers: those further apart cannot be put in order.
const MAX_AGE_EXECUTING = 128

/** A command that the session accepted. It is remembered until it is answered, and longer if repeats are recognized. */
export interface AcceptedCommand {
  readonly id: number
  readonly sequence: number
  /** Its sequence, extended past the wraps. */
  readonly number: number
  readonly bytes: Uint8Array
  readonly receivedAt: number
  /** `undefined` while the command is being executed; empty if there was no room to keep the answer. */
  answer: readonly Uint8Array[] | undefined
}

/**
 * The commands being executed, one for each sequence, so that a repeat is not executed as well. With `recognizeRepeats`
 * it also keeps recently answered ones, with at most `maxAnswerBytes` of answers, so that a repeat is answered from
 * memory. It holds at most 128 commands of `maxCommandBytes`.
 */
export class AnswerMemory {
  readonly #options: ServerSessionOptions
  // By sequence. A table of 256 places, because accepting a command and answering it at once must be cheap.
  #commands: (AcceptedCommand | undefined)[] = []
  #answerBytes = 0
  #newestNumber = 0
  #newestId = 0

  constructor(options: ServerSessionOptions) {
    this.#options = options
  }

  /** The datagrams to send for a repeat (none while no answer is kept); `undefined` for a new command. */
  recall(sequence: number, bytes: Uint8Array, now: number): readonly Uint8Array[] | undefined {
    this.#advance(serialDistance(sequence, this.#newestNumber))
    const command = this.#commands[sequence]
    if (command === undefined) return undefined
    if (!this.#isOld(command, now))
      return sameBytes(command.bytes, bytes) ? (command.answer ?? []) : undefined
    this.#forget(sequence)
    return undefined
  }

  /** Remembers a command that is about to be executed. It replaces the one that had its sequence. */
  remember(id: number, sequence: number, bytes: Uint8Array, now: number): AcceptedCommand {
    this.#forget(sequence)
    this.#newestId = id
    const distance = serialDistance(sequence, this.#newestNumber)
    const number = this.#newestNumber + distance
    const command: AcceptedCommand = { id, sequence, number, bytes, receivedAt: now, answer: undefined }
    // A command that is already too old would not be recognized, and would be forgotten at the wrong time.
    if (distance > -MAX_AGE_EXECUTING) this.#commands[sequence] = command
    return command
  }

  /** Notes the answer of a command, empty for none. If answers are kept, the oldest make room for it. */
  keep(command: AcceptedCommand, answer: readonly Uint8Array[]): void {
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

  /** Forgets everything, because the peer logs in again. */
  clear(): void {
    this.#commands = []
    this.#answerBytes = 0
    this.#newestNumber = 0
  }

  /** Forgets commands whose numbers can no longer be put in order. */
  #advance(distance: number): void {
    for (let step = 0; step < distance; step++)
      this.#forget((++this.#newestNumber + SEQUENCES - MAX_AGE_EXECUTING) % SEQUENCES)
  }

  #isOld({ id, number, receivedAt, answer }: AcceptedCommand, now: number): boolean {
    const maxAge = answer === undefined ? MAX_AGE_EXECUTING : MAX_AGE_ANSWERED
    const age = Math.max(this.#newestNumber - number, this.#newestId - id)
    return age >= maxAge || now - receivedAt >= this.#options.repeatWindowMs
  }

  #makeRoom(): void {
    const oldestFirst = this.#commands.filter((command) => command?.answer !== undefined) as AcceptedCommand[]
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

  #dropAnswer(command: AcceptedCommand): void {
    if (command.answer === undefined) return
    this.#answerBytes -= size(command.answer)
    command.answer = []
  }
}

function size(answer: readonly Uint8Array[]): number {
  return answer.reduce((bytes, datagram) => bytes + datagram.length, 0)
}
