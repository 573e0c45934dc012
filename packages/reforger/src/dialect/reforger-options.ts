import { InvalidArgumentError } from '@bercon/core'
import { checkOptions, SOME_DURATION } from '@bercon/core/kit'

/** The two RCONs that a Reforger server can run: its own, or BattlEye's. */
export type ReforgerRcon = 'built-in' | 'battleye'

/** How commands to a Reforger server are carried out. */
export interface ReforgerOptions {
  /**
   * Which RCON the server runs; `auto` finds out by the server's first messages after the login, or else by how it
   * answers `players`.
   * @default 'auto'
   */
  readonly rcon: ReforgerRcon | 'auto'
  /**
   * Output is complete after this many ms of silence, because no mark ends it. It has to be longer than a server pauses
   * within an output. Each list takes at least that long, and the command after it again.
   * @default 1000
   */
  readonly quietMs: number
  /**
   * Whether the end of a list is made sure by a second command. Without, a list whose last message was lost looks whole,
   * and its reader cannot know.
   * @default true
   */
  readonly verifyEnd: boolean
  /**
   * How long to wait after a login for a message that shows which RCON it is, in ms, before `players` is asked.
   * @default 3000
   */
  readonly detectionDelayMs: number
}

/** The defaults of a session. */
export const REFORGER_DEFAULTS: ReforgerOptions = {
  rcon: 'auto',
  quietMs: 1_000,
  verifyEnd: true,
  detectionDelayMs: 3_000,
}

const RCONS: readonly unknown[] = ['auto', 'built-in', 'battleye']

/** The options with the defaults under them. @throws {@link InvalidArgumentError} naming the option. */
export function reforgerOptions(given: Partial<ReforgerOptions>): ReforgerOptions {
  const options = checkOptions(given, REFORGER_DEFAULTS, {
    quietMs: SOME_DURATION,
    detectionDelayMs: SOME_DURATION,
  })
  if (!RCONS.includes(options.rcon))
    throw new InvalidArgumentError('rcon', options.rcon, "'auto', 'built-in' or 'battleye'")
  return options
}
