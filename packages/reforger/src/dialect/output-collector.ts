import { decodeText, parseErrorReply } from '@bercon/core'
import type { MessageLedger } from './message-ledger.js'
import { PieceLengths } from './piece-lengths.js'
import type { MessageEvent, SortedMessage } from './sorted-message.js'

/** How far an output has come: its echo is missing, a message in it is, it goes on as far as is known, it is over. */
export type OutputStatus = 'no-echo' | 'gap' | 'open' | 'ended'

/** The command whose echo ends an output, and the newest message, of any kind and of output, when it was sent. */
interface End {
  readonly command: string
  readonly after: number
  readonly newestOutput: number
}

// No refusal is longer.
const MOST_OF_REFUSAL = 64
// What holding a message costs beside its bytes.
const MESSAGE_COST = 64

/**
 * Puts one command's output together: the messages after its echo in the order of their numbers, without BattlEye's
 * lines, as far as none is missing since the command was sent.
 *
 * A name can be cut so that the rest of it looks like a line or an echo. Only the last piece of an output is short, so
 * that what looks so is output where a piece of full length before it ends within a row, and no more output follows.
 */
export class OutputCollector {
  readonly #command: string
  readonly #after: number
  readonly #whole: boolean
  readonly #unsure: Set<number>
  readonly #held = new Map<number, SortedMessage>()
  // Lines, by number, that may yet turn out to be output.
  readonly #untold = new Map<number, MessageEvent>()
  #lengths: PieceLengths
  // More than one where the first command was not taken.
  #ends: readonly End[] = []
  #chunks: Uint8Array[] = []
  // The last of the pieces, where it looks like something else.
  #tail: SortedMessage | undefined
  #status: OutputStatus = 'no-echo'
  #isCrossed = false
  #echoAt: number | undefined
  #newest: number
  #newestOutput: number
  #next: number
  #cost = 0

  /**
   * @param before What had come when the command was sent: older messages do not belong to it.
   * @param whole Whether only the echo of `expectEnd` ends the output; else any other echo does.
   */
  constructor(command: string, before: Pick<MessageLedger, 'newest' | 'unsure'>, whole: boolean) {
    this.#command = command
    this.#after = before.newest
    this.#unsure = new Set(whole ? before.unsure : [])
    this.#whole = whole
    this.#lengths = new PieceLengths(whole)
    this.#newest = before.newest
    this.#newestOutput = before.newest
    this.#next = before.newest + 1
  }

  get status(): OutputStatus {
    return this.#status
  }

  /** Bytes held, and something for each message. */
  get cost(): number {
    return this.#cost
  }

  /** The pieces that are there, in order. */
  get chunks(): readonly Uint8Array[] {
    return this.#tail === undefined ? this.#chunks : [...this.#chunks, this.#tail.event.bytes]
  }

  /** Number of the message that ended the output, or of the next that is missing. */
  get endAt(): number {
    return this.#next
  }

  /**
   * Whether the output cannot be trusted, because a server that works on two commands at once mixes their outputs.
   * Another echo lies within it, of another command or of this one, executed twice; there was output before its echo;
   * or it went on when it seemed to be over, so that what should have ended it was sent too early.
   */
  get isCrossed(): boolean {
    return this.#isCrossed
  }

  /** From now on the echo of that command, which is being sent now, ends the output. */
  expectEnd(command: string, newest: number): void {
    this.#ends = [...this.#ends, { command, after: newest, newestOutput: this.#newestOutput }]
  }

  /** Whether a message with that number can belong to the output, or tell something of it. */
  wants(number: number): boolean {
    return number > this.#after || this.#unsure.has(number)
  }

  /** Takes a message in, and returns the lines of which it is certain now that they are lines. */
  add(message: SortedMessage): readonly MessageEvent[] {
    const { kind, event } = message
    const { number, bytes } = event
    if (kind === 'line') this.#untold.set(number, event)
    if (this.#status === 'ended') return this.#takeLines(() => true)
    this.#held.set(number, message)
    this.#cost += bytes.length + MESSAGE_COST
    if (this.#unsure.delete(number)) this.#isCrossed ||= kind !== 'line'
    // Nothing was ever said before, so that nobody knows which number was the first.
    else if (this.#after < 0 && this.#echoAt === undefined && this.#isOwnEcho(message)) this.#next = number
    this.#newest = Math.max(this.#newest, number)
    if (kind !== 'line') this.#newestOutput = Math.max(this.#newestOutput, number)
    this.#goOn()
    return this.#takeLines((line) => this.#isSurelyLine(line))
  }

  /** What was held and is none of the output, in order; all of it when the output counts for nothing. */
  leftovers(counts: boolean): readonly SortedMessage[] {
    const from = this.#echoAt ?? Number.POSITIVE_INFINITY
    const isLeft = ({ kind, event: { number } }: SortedMessage) =>
      kind === 'line'
        ? this.#untold.has(number) && !(counts && number === this.#tail?.event.number)
        : !(counts && number >= from && number <= this.#next)
    return [...this.#held.values()].filter(isLeft).sort((a, b) => a.event.number - b.event.number)
  }

  #goOn(): void {
    for (let message = this.#held.get(this.#next); message !== undefined; ) {
      if (this.#isEnd(message)) {
        if (this.#unsure.size === 0) this.#status = 'ended'
        return
      }
      this.#take(message)
      message = this.#held.get(++this.#next)
    }
    if (this.#echoAt !== undefined) this.#status = this.#next <= this.#newest ? 'gap' : 'open'
  }

  #take(message: SortedMessage): void {
    if (this.#followsCut(message)) this.#takeTail(message)
    else if (message.kind === 'echo') this.#takeEcho(message)
    else if (message.kind === 'output') {
      // It answers the command whose echo was to end the output.
      if (this.#isAfterEnd(message.event) && isRefusal(message.event.bytes)) return
      // Behind the last piece comes no other, so that it was what it looks like.
      if (this.#tail?.kind === 'echo') this.#takeEcho(this.#tail)
      this.#tail = undefined
      this.#isCrossed ||= this.#echoAt === undefined || this.#isAfterEnd(message.event)
      this.#chunks.push(message.event.bytes)
      this.#lengths.add(message.event.bytes)
    }
  }

  #takeTail(message: SortedMessage): void {
    const { number } = message.event
    this.#tail = message
    this.#newestOutput = Math.max(this.#newestOutput, number)
    this.#isCrossed ||= this.#isAfterEnd(message.event)
  }

  #takeEcho(message: SortedMessage): void {
    if (this.#isOwnEcho(message)) {
      this.#isCrossed ||= this.#echoAt !== undefined
      this.#echoAt ??= message.event.number
      this.#chunks = []
      this.#lengths = new PieceLengths(this.#whole)
    } else this.#isCrossed = true
  }

  /** Whether it looks like a line or an echo, but comes right behind a piece that must go on. */
  #followsCut({ kind, event: { number } }: SortedMessage): boolean {
    const before = this.#held.get(number - 1)
    if (kind === 'output' || before?.kind !== 'output' || this.#echoAt === undefined) return false
    return this.#lengths.isCut(before.event.bytes)
  }

  #isSurelyLine({ number }: MessageEvent): boolean {
    const [message, before] = [this.#held.get(number), this.#held.get(number - 1)]
    if (before === undefined || message === undefined) return number <= this.#after + 1 || this.#after < 0
    if (number >= this.#next) return before.kind !== 'output' || !this.#lengths.isCut(before.event.bytes)
    return number !== this.#tail?.event.number
  }

  #takeLines(isLine: (line: MessageEvent) => boolean): readonly MessageEvent[] {
    const lines = [...this.#untold.values()].filter(isLine)
    for (const { number } of lines) this.#untold.delete(number)
    return lines
  }

  #isAfterEnd({ number }: MessageEvent): boolean {
    const [first] = this.#ends
    return first !== undefined && number > first.newestOutput
  }

  #isOwnEcho({ kind, command }: SortedMessage): boolean {
    return kind === 'echo' && command === this.#command
  }

  #isEnd(message: SortedMessage): boolean {
    const { kind, command, event } = message
    if (this.#echoAt === undefined || kind !== 'echo') return false
    if (this.#ends.some((end) => command === end.command && event.number > end.after)) return true
    return !this.#whole && !this.#isOwnEcho(message)
  }
}

function isRefusal(bytes: Uint8Array): boolean {
  return bytes.length <= MOST_OF_REFUSAL && parseErrorReply(decodeText(bytes)) !== undefined
}
