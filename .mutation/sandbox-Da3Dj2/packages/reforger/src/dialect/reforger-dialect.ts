// @ts-nocheck
import { checkNames, type Dialect } from '@bercon/core/kit'
import { REFORGER_DEFAULTS, type ReforgerOptions, reforgerOptions } from './reforger-options.js'
import { ReforgerSession } from './reforger-session.js'

// Every runtime with modules has it, but the language's own types do not.
const { url } = import.meta as unknown as { readonly url: string }

/** Options of {@link createDialect}. */
export interface ReforgerDialectOptions extends Partial<ReforgerOptions> {
  /** URL of a module whose export `dialect` is this dialect: the blocking client loads it into its worker. */
  readonly module?: string
}

/**
 * Creates a dialect with your own settings.
 *
 * @throws {@link InvalidArgumentError} naming an option that is out of range or unknown.
 * @example
 * ```ts
 * import { AsyncRconClient } from '@bercon/client'
 * import { createDialect } from '@bercon/reforger'
 *
 * const client = new AsyncRconClient({ dialect: createDialect({ rcon: 'built-in', completeAfterMs: 500 }) })
 * console.log(client.state) // idle
 * ```
 */
export function createDialect(options: ReforgerDialectOptions = {}): Dialect {
  checkNames(options, [...Object.keys(REFORGER_DEFAULTS), 'module'])
  const { module, ...settings } = options
  const checked = reforgerOptions(settings)
  return {
    name: 'reforger',
    ...(module === undefined ? {} : { module }),
    refresh: { text: 'players', resend: true },
    createSession: (sessionOptions) => new ReforgerSession(checked, sessionOptions),
  }
}

/** Arma Reforger's dialect: a command's output arrives as messages, and the kind of RCON shows after the login. */
export const dialect: Dialect = createDialect({ module: url })
