import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { ClientSession } from './client/client-session.js'
import { InvalidArgumentError } from './errors.js'
import { ServerSession } from './server/server-session.js'
import { encodeText } from './text/text.js'
import { encodeClientPacket } from './wire/encode.js'

function clientSession(): ClientSession {
  const session = new ClientSession()
  session.login(encodeText('hunter2'), 0)
  return session
}

it.each([
  ['client', clientSession()],
  ['server', new ServerSession(encodeText('hunter2'))],
])('the session of a %s does not reveal the password', (_, session) => {
  expect(inspect(session, { depth: 9, showHidden: true })).not.toMatch(/hunter2|104,\s*117,\s*110/)
  expect(JSON.stringify(session)).toBe('{}')
})

it.each([
  ['with NUL', 'zyzzyva\0secret'],
  ['too long', 'zyzzyva'.repeat(10_000)],
])('the error about a password %s does not contain it', (_, password) => {
  const encode = () => encodeClientPacket({ type: 'login', bytes: encodeText(password) })
  expect(encode).toThrow(InvalidArgumentError)
  try {
    encode()
  } catch (error) {
    const shown = `${inspect(error, { depth: 9, maxArrayLength: 20 })} ${JSON.stringify(error)} ${error}`
    expect(shown).not.toContain('zyzzyva')
    // The first letters as numbers.
    expect(shown).not.toMatch(/122,\s*121,\s*122/)
    expect(error).toMatchObject({ value: expect.any(String) })
  }
})
