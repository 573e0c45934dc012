import type { Command, Remark } from '@bercon/core'

/** The games that pass `#` commands on from RCON. */
export type ArmaGame = 'arma2oa' | 'arma3' | 'dayz'

/** A command to the game itself, beside those of BattlEye. */
export interface GameCommand<T = Remark> extends Command<T> {
  /** Where it is known to do something; elsewhere the reply is as empty, and nothing happens. */
  readonly games: readonly ArmaGame[]
  /** What no reply gives, where the server goes away after the command; where it is left out, that is an error. */
  readonly silence?: () => T
}

export const ARMA_3: readonly ArmaGame[] = ['arma3']
export const ARMA: readonly ArmaGame[] = ['arma2oa', 'arma3']
export const EVERY_GAME: readonly ArmaGame[] = ['arma2oa', 'arma3', 'dayz']

/** Makes a command that the game answers with an empty reply, whatever becomes of it (W3). */
export function gameCommand(text: string, games: readonly ArmaGame[], resend = false): GameCommand {
  return { text, resend, games, parse: parseRemark }
}

/** Nothing for the empty reply; any other text may say what went wrong, so it is kept. */
export function parseRemark(reply: string): Remark {
  return reply === '' ? undefined : reply
}
