import { MAX_COMMAND_BYTES, utf8Length } from '@bercon/core/kit'

/** What a command is called, as far as that can be said with certainty. */
export interface CommandName {
  /** In lower case, with its `#` or `@`. */
  readonly name: string
  /** The first argument in lower case; empty without one. */
  readonly argument: string
  /** The command as it is to be sent: without spaces around it, and with one space after the name. */
  readonly text: string
}

// Only ASCII: a letter that merely looks like one, or becomes one in lower case (the Kelvin sign), is none. After the
// name, only the end, a space or a tab: what a server makes of "kick;" or "say-1" is not known.
const COMMAND = /^([#@]?[A-Za-z][A-Za-z0-9_.]*)(?:[ \t]+(([^ \t]+).*))?$/s
// All controls but the tab, of both blocks; a server in C stops reading at NUL.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/
const LONE_SURROGATE = /\p{Surrogate}/u
const SPACES_AROUND = /^[ \t]+|[ \t]+$/g

/**
 * The name by which a role allows a command, or `undefined` for a text that could mean something else to a server than
 * to its reader: that is refused, whatever the role.
 */
export function commandName(given: unknown): CommandName | undefined {
  if (typeof given !== 'string' || given.length > MAX_COMMAND_BYTES) return undefined
  if (CONTROLS.test(given) || LONE_SURROGATE.test(given)) return undefined
  const [, name, rest, argument = ''] = COMMAND.exec(given.replace(SPACES_AROUND, '')) ?? []
  if (name === undefined) return undefined
  const text = rest === undefined ? name : `${name} ${rest}`
  if (utf8Length(text) > MAX_COMMAND_BYTES) return undefined
  return { name: name.toLowerCase(), argument: argument.toLowerCase(), text }
}
