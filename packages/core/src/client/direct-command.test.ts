import { expect, it } from 'vitest'
import { anyCommand } from '../commands/plain-reply.js'
import type { CallOptions, Connection } from '../connection/connection.js'
import { ConnectionLostError } from '../errors/index.js'
import type { Command } from '../steps.js'
import { directCommand } from './direct-command.js'

/** What a connection of the same thread needs for a command. */
const over = (ask: (command: Command<unknown>, options?: CallOptions) => Promise<unknown>) =>
  ({ ask }) as unknown as Connection

const lost = (outcome: 'unknown' | 'not-sent') =>
  new ConnectionLostError({ command: '#shutdown', attempts: 1, elapsedMs: 0, outcome })

it('passes the command and its options to the connection, and returns what that returns', async () => {
  const asked: unknown[] = []
  const connection = over(async (command, options) => {
    asked.push(command.text, options)
    return 'reply'
  })
  await expect(directCommand(connection, () => anyCommand('version', true), { timeoutMs: 5 })).resolves.toBe(
    'reply',
  )
  expect(asked).toEqual(['version', { timeoutMs: 5 }])
})

it('does nothing over a connection that does not parse replies', () => {
  let begun = 0
  const begin = () => anyCommand(`version ${++begun}`, true)
  expect(directCommand({} as Connection, begin)).toBeUndefined()
  expect(begun).toBe(0)
})

it.each<[what: string, begin: () => Command<string>, options: object, argument: string]>([
  ['a command that cannot be built', () => anyCommand('a\nb', true), {}, 'command'],
  ['an option that does not exist', () => anyCommand('version', true), { timeout: 5 }, 'timeout'],
])('rejects for %s, and sends nothing', async (_, begin, options, argument) => {
  const connection = over(() => expect.unreachable())
  const result = directCommand(connection, begin, options)
  await expect(result).rejects.toMatchObject({ code: 'invalid-argument', argument })
})

it('a command that stops the server succeeds without a reply, if it was sent', async () => {
  const shutdown = { ...anyCommand('#shutdown', false), onNoReply: () => 'stopped' }
  const failing = (error: Error) =>
    directCommand(
      over(() => Promise.reject(error)),
      () => shutdown,
    )
  await expect(failing(lost('unknown'))).resolves.toBe('stopped')
  await expect(failing(lost('not-sent'))).rejects.toThrow(lost('not-sent').message)
  const other = directCommand(
    over(() => Promise.reject(lost('unknown'))),
    () => anyCommand('version', true),
  )
  await expect(other).rejects.toThrow(lost('unknown').message)
})
