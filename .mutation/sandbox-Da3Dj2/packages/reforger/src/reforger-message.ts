// @ts-nocheck
import { parseServerMessage, type ServerMessage } from '@bercon/core'

const ECHO = 'Processing Command: '
const LOGIN = /^Logged In! Client ID: #([0-9]{1,10})[\r\n\0]*$/

/** `Logged In! Client ID: #0`: the first message after a login. */
export interface ReforgerLogin {
  readonly type: 'reforgerLogin'
  readonly clientId: number
  readonly raw: string
}

/** `Processing Command: #players`: that command's output follows. */
export interface ReforgerProcessing {
  readonly type: 'reforgerProcessing'
  readonly command: string
  readonly raw: string
}

/** A message of a Reforger server; output is an `unknownMessage`, because no mark distinguishes it. */
export type ReforgerMessage = ReforgerLogin | ReforgerProcessing | ServerMessage

/**
 * Parses one message of a Reforger server: its own two lines, and those of BattlEye.
 *
 * @example
 * ```ts
 * import { parseReforgerMessage } from '@bercon/reforger'
 *
 * console.log(parseReforgerMessage('Logged In! Client ID: #2').type) // reforgerLogin
 * ```
 */
export function parseReforgerMessage(text: string): ReforgerMessage {
  const clientId = parseLogin(text)
  if (clientId !== undefined) return { type: 'reforgerLogin', clientId, raw: text }
  const command = parseEcho(text)
  if (command !== undefined) return { type: 'reforgerProcessing', command, raw: text }
  return parseServerMessage(text)
}

/** The command that a message announces as running; `undefined` for any other message. */
export function parseEcho(text: string): string | undefined {
  if (!text.startsWith(ECHO)) return undefined
  const command = text.slice(ECHO.length).replace(/[\r\n\0]+$/, '')
  // A piece of a list can begin like an echo, but continues after the end of the line.
  return command.includes('\n') ? undefined : command
}

/** The number in the message that follows a login; `undefined` for any other message. */
export function parseLogin(text: string): number | undefined {
  const digits = LOGIN.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
