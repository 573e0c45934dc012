import { checkNumber, InvalidArgumentError } from '@bercon/protocol'
import { withoutPassword } from '../errors/command-text.js'
import { isGuid, isIpAddress } from '../parsers/index.js'
import { MAX_ID } from '../parsers/whole-number.js'

/** The longest command that another client allows, in bytes of UTF-8 (W8). */
export const MAX_COMMAND_BYTES = 1391

/**
 * Checks a text. `show` returns the text as an error may show it: without a password.
 *
 * @throws {@link InvalidArgumentError} if the text contains a line end or a character that UTF-8 cannot encode.
 */
export function checkText(
  argument: string,
  text: unknown,
  show: (text: string) => string = (text) => text,
): asserts text is string {
  if (typeof text !== 'string') throw new InvalidArgumentError(argument, text, 'a string')
  const problem = textProblem(text)
  if (problem === undefined) return
  const { expected, contains } = problem
  throw new InvalidArgumentError(
    argument,
    show(text),
    expected,
    `${argument} contains ${contains}, which a command cannot carry; remove it`,
  )
}

const LINE_END = { expected: 'a string without CR, LF and NUL', contains: 'a line break or NUL character' }
const HALF_PAIR = {
  expected: 'a string without half a surrogate pair',
  contains: 'half of a character (a lone surrogate)',
}

// With the flag `u`, a surrogate is a character of its own only where the other half is missing.
const UNSENDABLE = /[\0\n\r\ud800-\udfff]/u
const LAST_LINE_END = '\r'

/** What is wrong with a text; `undefined` for a valid one. */
export function textProblem(text: string): typeof LINE_END | undefined {
  const found = UNSENDABLE.exec(text)?.[0]
  if (found === undefined) return undefined
  return found > LAST_LINE_END ? HALF_PAIR : LINE_END
}

/**
 * Returns the command's text if it fits into a command.
 *
 * @throws {@link InvalidArgumentError} naming the argument to shorten, when the text is longer than
 * {@link MAX_COMMAND_BYTES}.
 */
export function commandText(text: string, argument: string, value: unknown): string {
  const bytes = utf8Length(text)
  if (bytes <= MAX_COMMAND_BYTES) return text
  throw new InvalidArgumentError(
    argument,
    value,
    `short enough for a command of at most ${MAX_COMMAND_BYTES} bytes in UTF-8`,
    `The command must be at most ${MAX_COMMAND_BYTES} bytes long in UTF-8, but has ${bytes}; shorten ${argument === 'command' ? 'it' : argument}`,
  )
}

/** The length of a well-formed text in bytes of UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 0x80) bytes += 1
    // A surrogate is half of a four-byte character, so two bytes each are correct.
    if (code >= 0x800 && (code < 0xd800 || code > 0xdfff)) bytes += 1
  }
  return bytes
}

/**
 * Checks a command from any source. The error shows it without a password.
 *
 * @throws {@link InvalidArgumentError} for a text with CR, LF or NUL, or of more than {@link MAX_COMMAND_BYTES}.
 */
export function checkCommand(command: { readonly text: string } | undefined): void {
  const text = command?.text
  checkText('command', text, withoutPassword)
  // A unit of UTF-16 takes at most three bytes.
  if (text.length * 3 > MAX_COMMAND_BYTES) commandText(text, 'command', withoutPassword(text))
}

/** @throws {@link InvalidArgumentError} for a value that is not a player's slot. */
export function checkPlayerId(playerId: unknown): asserts playerId is number {
  checkNumber('playerId', playerId, { min: 0, max: MAX_ID, integer: true })
}

/** The minutes as they are sent. 0 is permanent, and only omitting them requests that. */
export function minutesText(minutes: number | undefined): string {
  if (minutes === undefined) return '0'
  // A fraction of a minute that is rounded down must not become a permanent ban.
  if (minutes === 0) {
    throw new InvalidArgumentError(
      'minutes',
      minutes,
      'a whole number of at least 1, or undefined for a permanent ban',
      'minutes must not be 0, which the server takes for a permanent ban; omit minutes if that is what you want',
    )
  }
  checkNumber('minutes', minutes, { min: 1, max: MAX_ID, integer: true })
  return String(minutes)
}

/**
 * Returns a GUID in lower case, or an IP address unchanged.
 *
 * @throws {@link InvalidArgumentError} for anything else: a server turns it into a ban of 0.0.0.0 (reported by others).
 */
export function banTarget(target: unknown): string {
  if (typeof target === 'string') {
    if (isGuid(target)) return target.toLowerCase()
    if (isIpAddress(target)) return target
  }
  const expected = 'a GUID of 32 hexadecimal digits or an IP address without a port'
  throw new InvalidArgumentError('target', target, expected)
}
