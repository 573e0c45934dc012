import { ask, type Command, type Remark, type Steps } from '@bercon/core'
import { type ArmaGame, type GameCommand, parseRemark } from './game-command.js'

/** What came of a command after which the server goes away. */
export interface Departure {
  /** Whether the server replied before it went; silence is normal, and does not say that it was executed. */
  readonly answered: boolean
  /** The reply's text where it is not empty. */
  readonly remark: Remark
}

const SILENCE: Departure = { answered: false, remark: undefined }

/** A command after which the server goes away, so that it can never be sent again. */
export function departureCommand(text: string, games: readonly ArmaGame[]): GameCommand<Departure> {
  return {
    text,
    resend: false,
    games,
    parse: (reply) => ({ answered: true, remark: parseRemark(reply) }),
  }
}

/**
 * The operation that sends such a command and takes silence for what it is. The client then waits for the server's
 * return, unless you close it.
 *
 * @throws what `ask` does, and whatever says that the command was never sent.
 * @example
 * ```ts
 * import { departing, shutdownServer } from '@bercon/arma'
 * import { AsyncRconClient } from '@bercon/client'
 *
 * const client = await new AsyncRconClient().connect('127.0.0.1', 2302, 'hunter2')
 * const { answered } = await client.perform(() => departing(shutdownServer()))
 * console.log(answered ? 'the server said yes and went' : 'no answer: probably gone')
 * await client.close()
 * ```
 */
export function* departing(command: Command<Departure>): Steps<Departure> {
  try {
    return yield* ask(command)
  } catch (error) {
    if (!isSilence(error)) throw error
    return SILENCE
  }
}

const SILENT_CODES: readonly unknown[] = ['command-timeout', 'connection-lost']

/** Whether a command went out and got no reply. By `code`, because there can be two copies of a class. */
function isSilence(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && 'outcome' in error)) return false
  return SILENT_CODES.includes(error.code) && error.outcome !== 'not-sent'
}
