/** What this package needs of a platform to show a warning, described structurally. */
interface Platform {
  readonly process?: {
    readonly emitWarning?: (
      message: string,
      options: { readonly type: string; readonly code: string },
    ) => void
  }
  readonly console?: { readonly warn?: (message: string) => void }
}

/** An error, and what was in progress. */
interface UnheardError {
  readonly error: unknown
  readonly during: string
}

const CODE = 'BERCON_UNHEARD_ERROR'
const SHOWN_LENGTH = 200

let state: 'silent' | 'warned' = 'silent'

/**
 * Warns of an error without a listener, once per process, because a broken listener fails with every event. Uses
 * `process.emitWarning` if it exists, otherwise `console.warn`.
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
    // A warning that cannot be shown must not stop anything.
  }
}

function textOf(error: unknown): string {
  try {
    return String(error)
  } catch {
    return 'an error without a text'
  }
}

// No literal: compiling its classes takes half a millisecond, which every start of a client would pay.
const NOT_SHOWN = '[\\p{C}\\p{Zl}\\p{Zp}]'

// The text reaches a terminal and may contain a player's name.
function shown(text: string): string {
  const line = text.slice(0, SHOWN_LENGTH).replace(new RegExp(NOT_SHOWN, 'gu'), '\u{FFFD}')
  return text.length > SHOWN_LENGTH ? `${line}…` : line
}
