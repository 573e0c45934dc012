// @ts-nocheck
import { decodeText, parseErrorReply } from '@bercon/core/kit'
import type { MessageLedger } from './message-ledger.js'
import { MessageOrder } from './message-order.js'
import { OutputPieces } from './output-pieces.js'
import type { SortedMessage } from './sorted-message.js'

/** The progress of an output: its echo is missing, a message is missing, no known message is missing, it has ended. */
export type OutputStatus = 'no-echo' | 'gap' | 'open' | 'ended'

/** The command whose echo ends an output, and the newest message, of any kind and of output, when it was sent. */
interface End {
  readonly command: string
  readonly after: number
  readonly newestOutput: number
}

// No refusal is longer.
const MOST_OF_REFUSAL = 64

/**
 * Joins one command's output: the messages after its echo in the order of their numbers, without BattlEye's lines, up to
 * the first that is missing since the command was sent.
 *
 * A name can be cut so that the rest of it looks like a line or an echo. Only the last piece of an output is short. So
 * such a message is output if the piece before it has full length and ends within a row, and if no output follows.
 */
export class OutputCollector {
  readonly #command: string
  readonly #after: number
  readonly #verifyEnd: boolean
  readonly #unsure: Set<number>
  readonly #order: MessageOrder
  readonly #pieces: OutputPieces
  // Lines, by number, that may still turn out to be output.
  readonly #doubtful = new Map<number, SortedMessage>()
  // More than one if the first command was not accepted.
  #ends: readonly End[] = []
  #echoAt: number | undefined
  #newestOutput: number
  #isEnded = false
  #isCrossed = false

  /**
   * @param before The messages received when the command was sent; they do not belong to it.
   * @param verifyEnd Whether only the echo of `expectEnd` ends the output; otherwise any other echo does.
   */
  constructor(command: string, before: Pick<MessageLedger, 'newest' | 'unsure'>, verifyEnd: boolean) {
    this.#command = command
    this.#after = before.newest
    this.#verifyEnd = verifyEnd
    this.#unsure = new Set(verifyEnd ? before.unsure : [])
    this.#order = new MessageOrder(before.newest)
    this.#pieces = new OutputPieces(verifyEnd)
    this.#newestOutput = before.newest
  }

  get status(): OutputStatus {
    if (this.#echoAt === undefined) return 'no-echo'
    if (this.#isEnded) return 'ended'
    return this.#order.hasGap ? 'gap' : 'open'
  }

  /** Bytes held, plus a constant for each message. */
  get cost(): number {
    return this.#order.cost
  }

  /** The pieces received, in order. */
  get chunks(): readonly Uint8Array[] {
    return this.#pieces.all
  }

  /** Number of the message that ended the output, or of the next missing one. */
  get endAt(): number {
    return this.#order.next
  }

  /**
   * Whether the output is unreliable, because a server that runs two commands at once mixes their outputs. Another echo
   * is within it, of another command or of this one, executed twice; there was output before its echo; or it continued
   * after it seemed complete, so that the command to end it was sent too early.
   */
  get isCrossed(): boolean {
    return this.#isCrossed
  }

  /** Sets the command that is being sent now, whose echo ends the output. */
  expectEnd(command: string, newest: number): void {
    this.#ends = [...this.#ends, { command, after: newest, newestOutput: this.#newestOutput }]
  }

  /** Whether a message with that number can belong to the output, or affect it. */
  wants(number: number): boolean {
    return number > this.#after || this.#unsure.has(number)
  }

  /** Adds a message, and returns the lines that are now certain to be lines. */
  add(message: SortedMessage): readonly SortedMessage[] {
    const { kind, event } = message
    const { number } = event
    if (kind === 'line') this.#doubtful.set(number, message)
    if (this.#isEnded) return this.#takeLines(() => true)
    if (this.#unsure.delete(number)) this.#isCrossed ||= kind !== 'line'
    else if (this.#echoAt === undefined && this.#isOwnEcho(message)) this.#order.beginAt(number)
    if (kind !== 'line') this.#newestOutput = Math.max(this.#newestOutput, number)
    this.#order.add(message)
    this.#read()
    return this.#takeLines((line) => this.#isSurelyLine(line))
  }

  /** The held messages that are not output, in order; all of them if the output is discarded. */
  leftovers(counts: boolean): readonly SortedMessage[] {
    const isOutput = (message: SortedMessage) => counts && this.#isOutput(message)
    const isSettled = ({ kind, event }: SortedMessage) => kind === 'line' && !this.#doubtful.has(event.number)
    return this.#order.all().filter((message) => !isSettled(message) && !isOutput(message))
  }

  #isOutput(message: SortedMessage): boolean {
    const { number } = message.event
    if (message.kind === 'line') return number === this.#pieces.tail?.event.number
    return this.#echoAt !== undefined && number >= this.#echoAt && number <= this.#order.next
  }

  /** Reads until a message is missing, or the output ends. */
  #read(): void {
    for (let message = this.#order.peek(); message !== undefined; message = this.#order.peek()) {
      if (this.#isEnd(message)) {
        this.#isEnded = this.#unsure.size === 0
        return
      }
      this.#take(message)
      this.#order.advance()
    }
  }

  #take(message: SortedMessage): void {
    const isAfterEnd = this.#isAfterEnd(message)
    if (message.kind !== 'output') {
      if (this.#echoAt !== undefined && this.#isAfterCut(message)) this.#takeTail(message, isAfterEnd)
      else if (message.kind === 'echo') this.#takeEcho(message)
      return
    }
    const { bytes } = message.event
    // It answers the command whose echo was to end the output.
    if (isAfterEnd && isRefusal(bytes)) return
    // No piece follows the last one, so it was what it looks like.
    if (this.#pieces.tail?.kind === 'echo') this.#takeEcho(this.#pieces.tail)
    this.#isCrossed ||= this.#echoAt === undefined || isAfterEnd
    this.#pieces.add(bytes)
  }

  #takeTail(message: SortedMessage, isAfterEnd: boolean): void {
    this.#pieces.setTail(message)
    this.#newestOutput = Math.max(this.#newestOutput, message.event.number)
    this.#isCrossed ||= isAfterEnd
  }

  #takeEcho(message: SortedMessage): void {
    this.#isCrossed ||= this.#echoAt !== undefined || !this.#isOwnEcho(message)
    if (!this.#isOwnEcho(message)) return
    this.#echoAt ??= message.event.number
    this.#pieces.clear()
  }

  /** Whether it directly follows a piece that must continue. */
  #isAfterCut({ event }: SortedMessage): boolean {
    const before = this.#order.before(event.number)
    if (before === undefined || before === 'first') return false
    return before.kind === 'output' && this.#pieces.isCut(before.event.bytes)
  }

  #isSurelyLine(line: SortedMessage): boolean {
    const { number } = line.event
    const before = this.#order.before(number)
    if (before === undefined || before === 'first') return before === 'first'
    return number < this.#order.next ? number !== this.#pieces.tail?.event.number : !this.#isAfterCut(line)
  }

  #takeLines(isLine: (line: SortedMessage) => boolean): readonly SortedMessage[] {
    const lines = [...this.#doubtful.values()].filter(isLine)
    for (const { event } of lines) this.#doubtful.delete(event.number)
    return lines
  }

  #isAfterEnd({ event }: SortedMessage): boolean {
    const [first] = this.#ends
    return first !== undefined && event.number > first.newestOutput
  }

  #isOwnEcho({ kind, command }: SortedMessage): boolean {
    return kind === 'echo' && command === this.#command
  }

  #isEnd(message: SortedMessage): boolean {
    const { kind, command, event } = message
    if (this.#echoAt === undefined || kind !== 'echo') return false
    if (this.#ends.some((end) => command === end.command && event.number > end.after)) return true
    return !this.#verifyEnd && !this.#isOwnEcho(message)
  }
}

function isRefusal(bytes: Uint8Array): boolean {
  return bytes.length <= MOST_OF_REFUSAL && parseErrorReply(decodeText(bytes)) !== undefined
}
