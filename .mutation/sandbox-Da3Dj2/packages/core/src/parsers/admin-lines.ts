// @ts-nocheck
import { parseAddress } from './address.js'
import type { Line } from './line.js'
import { type Doubt, splitName } from './name-boundary.js'
import { wholeNumberAt } from './whole-number.js'

/** `RCon admin #0 (203.0.113.7:50960) logged in`; the first one after a login is the client's own (W2). */
export interface AdminLogin {
  readonly type: 'adminLogin'
  readonly adminId: number
  readonly ip: string
  readonly port: number
  readonly raw: string
}

/** `RCon admin #0: (Global) TEXT` or `RCon admin #0: (To Rook) TEXT`: a message from an admin. */
export interface AdminMessage extends Doubt {
  readonly type: 'adminMessage'
  readonly adminId: number
  readonly target: 'global' | 'player'
  /** The name of the player it was sent to. */
  readonly to: string | undefined
  readonly message: string
  readonly raw: string
}

const ADMIN = 'RCon admin #'
const SAID = ': '
const LOGGED_IN = ') logged in'
const GLOBAL = '(Global) '
const TO = '(To '

/** Parses both lines. The character after the number decides: an admin can *say* `… logged in`. */
export function parseAdminLine(line: Line): AdminLogin | AdminMessage | undefined {
  if (!line.text.startsWith(ADMIN)) return undefined
  const admin = wholeNumberAt(line.text, ADMIN.length)
  if (admin === undefined) return undefined
  const rest = line.text.slice(admin.end)
  if (rest.startsWith(SAID)) return parseSaid(admin.value, rest.slice(SAID.length), line)
  if (!rest.startsWith(' (') || !rest.endsWith(LOGGED_IN)) return undefined
  const address = parseAddress(rest.slice(2, -LOGGED_IN.length))
  return address && { type: 'adminLogin', adminId: admin.value, ...address, raw: line.raw }
}

function parseSaid(adminId: number, said: string, { known, raw }: Line): AdminMessage | undefined {
  if (said.startsWith(GLOBAL)) {
    const message = said.slice(GLOBAL.length)
    return { type: 'adminMessage', adminId, target: 'global', to: undefined, message, raw }
  }
  if (!said.startsWith(TO)) return undefined
  const split = splitName(said.slice(TO.length), ') ', known, hasBalancedBrackets)
  if (split === undefined) return undefined
  const { name: to, rest: message, doubt } = split
  return { type: 'adminMessage', adminId, target: 'player', to, message, ...doubt, raw }
}

/** As in most names: `(BIH) X` is more likely than `(BIH`. */
function hasBalancedBrackets(name: string): boolean {
  let open = 0
  for (const character of name) {
    if (character === '(') open += 1
    if (character === ')' && --open < 0) return false
  }
  return open === 0
}
