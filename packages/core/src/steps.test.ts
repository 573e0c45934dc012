import { describe, expect, it } from 'vitest'
import { anyCommand } from './commands/plain-reply.js'
import { ClosedError, ConnectionLostError } from './errors/index.js'
import { ask, performAsync } from './steps.js'

const lost = (outcome: 'unknown' | 'not-sent') =>
  new ConnectionLostError({ command: '#shutdown', attempts: 1, elapsedMs: 0, outcome })
const closed = new ClosedError({ command: '#shutdown', outcome: 'unknown' })
const shutdown = anyCommand('#shutdown', false)

describe('a command without a reply', () => {
  const failing = (command: Parameters<typeof ask<string>>[0], error: Error) =>
    performAsync(
      () => ask(command),
      () => Promise.reject(error),
    )

  it.each([
    ['was sent', lost('unknown')],
    ['was not sent', lost('not-sent')],
    ['is of a client that was closed', closed],
  ])('fails if it %s', async (_, error) => {
    await expect(failing(shutdown, error)).rejects.toBe(error)
  })

  it('that stops the server succeeds if it was sent, and otherwise fails', async () => {
    const stopping = { ...shutdown, onNoReply: () => 'stopped' }
    await expect(failing(stopping, lost('unknown'))).resolves.toBe('stopped')
    for (const error of [lost('not-sent'), closed]) await expect(failing(stopping, error)).rejects.toBe(error)
  })
})

it('a reply that refuses the command fails it, whatever the command makes of it', async () => {
  const replied = (reply: string) =>
    performAsync(
      () => ask(shutdown),
      async () => reply,
    )
  await expect(replied('Disallowed command')).rejects.toMatchObject({ code: 'command-disallowed' })
  await expect(replied('Unknown command')).rejects.toMatchObject({ code: 'unknown-command' })
  await expect(replied('done')).resolves.toBe('done')
})
