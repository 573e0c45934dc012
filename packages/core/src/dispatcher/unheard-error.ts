/** What this package needs of a platform to warn its user, described structurally. */
interface Platform {
  readonly process?: {
    readonly emitWarning?: (
      message: string,
      options: { readonly type: string; readonly code: string },
    ) => void
  }
  readonly console?: { readonly warn?: (message: string) => void }
}

/** What has gone wrong, and during what. */
interface UnheardError {
  readonly error: unknown
  readonly during: string
}

const CODE = 'BERCON_UNHEARD_ERROR'
const SHOWN_LENGTH = 200

let state: 'silent' | 'warned' = 'silent'

/**
 * Warns of an error that nobody listens for: once in a process, because a listener that is broken fails with every
 * event. By `process.emitWarning` where there is one, else by `console.warn`.
 */
export function warnOfUnheardError({ error, during }: UnheardError): void {
  if (state === 'warned') return
  state = 'warned'
  const { process, console } = globalThis as Platform
  const message =
    `bercon: an error occurred during ${shown(during)}: ${shown(textOf(error))}. ` +
    "Handle such errors with client.listen('error', …). This warning is shown once."
  try {
    if (process?.emitWarning !== undefined)
      process.emitWarning(message, { type: 'BerconWarning', code: CODE })
    else console?.warn?.(message)
  } catch {
    // A warning that cannot be given stops nothing.
  }
}

function textOf(error: unknown): string {
  try {
    return String(error)
  } catch {
    return 'an error without a text'
  }
}

// Ends up on a terminal, and may have a player's name in it.
function shown(text: string): string {
  const line = text.slice(0, SHOWN_LENGTH).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{FFFD}')
  return text.length > SHOWN_LENGTH ? `${line}…` : line
}
