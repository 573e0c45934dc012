// @ts-nocheck
import { InvalidArgumentError } from '@bercon/core'
import { checkOptions, SOME_DURATION } from '@bercon/core/kit'

/** The two RCONs that a Reforger server can run: its own, or BattlEye's. */
export type ReforgerRcon = 'built-in' | 'battleye'

/** Options of a session with a Reforger server. */
export interface ReforgerOptions {
  /**
   * Which RCON the server runs; `auto` detects it by the server's first messages after the login, or else by its answer
   * to `players`.
   * @default 'auto'
   */
  readonly rcon: ReforgerRcon | 'auto'
  /**
   * Output is complete after this many ms of silence, because no mark ends it. It must be longer than the server's pauses
   * within an output. Each list takes at least that long, and the command after it again.
   * @default 1000
   */
  readonly completeAfterMs: number
  /**
   * Whether a second command verifies the end of a list. Without it, a list whose last message was lost looks complete
   * to its caller.
   * @default true
   */
  readonly verifyEnd: boolean
  /**
   * How long to wait after a login for a message that shows which RCON it is, in ms, before sending `players`.
   * @default 3000
   */
  readonly detectionDelayMs: number
}

/** The defaults of a session. */
export const REFORGER_DEFAULTS: ReforgerOptions = {
  rcon: 'auto',
  completeAfterMs: 1_000,
  verifyEnd: true,
  detectionDelayMs: 3_000,
}

const RCONS: readonly unknown[] = ['auto', 'built-in', 'battleye']

/** The options, completed by the defaults. @throws {@link InvalidArgumentError} naming the option. */
export function reforgerOptions(given: Partial<ReforgerOptions>): ReforgerOptions {
  const options = checkOptions(given, REFORGER_DEFAULTS, {
    completeAfterMs: SOME_DURATION,
    detectionDelayMs: SOME_DURATION,
  })
  checkRcon(options.rcon)
  return options
}

/** @throws {@link InvalidArgumentError} */
export function checkRcon(rcon: unknown): void {
  if (!RCONS.includes(rcon)) throw new InvalidArgumentError('rcon', rcon, "'auto', 'built-in' or 'battleye'")
}
