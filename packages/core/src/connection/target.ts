import { checkSetting, encodeText, unshownArgument } from '@bercon/protocol'
import type { Target } from './connection.js'

/**
 * @throws {@link InvalidArgumentError} for a target that nobody could log in to. No value is shown but a port that is a
 * number: host, port and password can have changed places.
 */
export function checkTarget(target: Target): void {
  const { host, port, password } = target
  if (typeof host !== 'string' || host === '') throw unshownArgument('host', host, 'a name or an address')
  if (/[[\]\s]|^[^:]+:[0-9]+$/.test(host))
    throw unshownArgument('host', host, 'a name or an address, without brackets, spaces and port')
  checkSetting('port', port, { min: 1, max: 65_535, whole: true })
  if (typeof password !== 'string' || password === '')
    throw unshownArgument('password', password, 'a text that is not empty')
  if (password.includes('\0')) throw unshownArgument('password', password, 'a text without NUL')
  if (encodeText(password).length > MAX_PASSWORD_BYTES)
    throw unshownArgument('password', password, `a text of at most ${MAX_PASSWORD_BYTES} bytes`)
}

// Far more than a server takes (32 characters are known), and far less than a datagram.
const MAX_PASSWORD_BYTES = 1_024
