import { checkNumber, encodeText, InvalidArgumentError } from '@bercon/protocol'
import type { Target } from './connection.js'

/** @throws {@link InvalidArgumentError} for a target that nobody could log in to; the password is never named. */
export function checkTarget(target: Target): void {
  const { host, port, password } = target
  if (typeof host !== 'string' || host === '')
    throw new InvalidArgumentError('host', host, 'a name or an address')
  if (/[[\]\s]|^[^:]+:[0-9]+$/.test(host))
    throw new InvalidArgumentError('host', host, 'a name or an address, without brackets, spaces and port')
  checkNumber('port', port, { min: 1, max: 65_535, whole: true })
  if (typeof password !== 'string' || password === '')
    throw new InvalidArgumentError('password', typeof password, 'a text that is not empty')
  if (password.includes('\0')) throw new InvalidArgumentError('password', 'one with NUL', 'without NUL')
  if (encodeText(password).length > MAX_PASSWORD_BYTES)
    throw new InvalidArgumentError('password', 'longer', `at most ${MAX_PASSWORD_BYTES} bytes`)
}

// Far more than a server takes (32 characters are known), and far less than a datagram.
const MAX_PASSWORD_BYTES = 1_024
