import { checkOptions, InvalidArgumentError } from '@bercon/core'

/** The two RCONs that a Reforger server can run: its own, or BattlEye's. */
export type ReforgerRcon = 'built-in' | 'battleye'

/** How commands to a Reforger server are carried out. */
export interface ReforgerOptions {
  /**
   * Which RCON the server runs; `auto` tells it by what the server says after the login, and, where that is nothing, by
   * how it answers `players`.
   * @default 'auto'
   */
  readonly rcon: ReforgerRcon | 'auto'
  /**
   * An output counts as over when nothing more of it has come for so long, in ms: nothing marks its end. Longer than a
   * server pauses within an output; each list takes at least so long, and the command after it again.
   * @default 1000
   */
  readonly quietMs: number
  /**
   * Whether the end of a list is made sure by a second command. Without, a list whose last message was lost looks whole:
   * nothing can show that it is not.
   * @default true
   */
  readonly checkEnd: boolean
  /**
   * How long to wait after a login for a message that tells the RCON, in ms, before `players` is asked.
   * @default 3000
   */
  readonly tellApartMs: number
}

/** What a session does unless told otherwise. */
export const REFORGER_DEFAULTS: ReforgerOptions = {
  rcon: 'auto',
  quietMs: 1_000,
  checkEnd: true,
  tellApartMs: 3_000,
}

const DURATION = { min: 1, max: Number.POSITIVE_INFINITY }
const RCONS: readonly unknown[] = ['auto', 'built-in', 'battleye']

/** The options with the defaults under them. @throws {@link InvalidArgumentError} naming the option. */
export function reforgerOptions(given: Partial<ReforgerOptions>): ReforgerOptions {
  const options = checkOptions(given, REFORGER_DEFAULTS, { quietMs: DURATION, tellApartMs: DURATION })
  if (!RCONS.includes(options.rcon))
    throw new InvalidArgumentError('rcon', options.rcon, "'auto', 'built-in' or 'battleye'")
  return options
}
