// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { newConnection } from '../test/hand-held-connection.js'

describe('waitFor', () => {
  it('accepts an async check', async () => {
    const { client, say } = newConnection()
    const waited = client.waitFor('unknownMessage', { check: async ({ raw }) => raw === 'two' })
    say('one')
    say('two')
    expect(await waited).toMatchObject({ raw: 'two' })
  })

  it('rejects with the error that the check throws', async () => {
    const { client, say } = newConnection()
    const check = () => {
      throw new Error('bad check')
    }
    const failed = expect(client.waitFor('unknownMessage', { check })).rejects.toThrow('bad check')
    say('one')
    await failed
  })

  it('uses the client’s clock', async () => {
    const { client, clock } = newConnection()
    const failed = expect(client.waitFor('playerKick', { timeoutMs: 3_600_000 })).rejects.toMatchObject({
      code: 'wait-timeout',
    })
    await clock.run(3_600_000)
    await failed
    expect(clock.timers).toBe(0)
  })

  it('can be called any number of times at once, without a warning', async () => {
    const warnings: unknown[] = []
    const warned = (warning: unknown) => warnings.push(warning)
    process.on('warning', warned)
    const { client, say } = newConnection()
    const waits = Array.from({ length: 50 }, () => client.waitFor('unknownMessage'))
    say('one')
    expect(await Promise.all(waits)).toHaveLength(50)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', warned)
    expect(warnings).toEqual([])
  })

  it('ends with the client, and leaves no timer', async () => {
    const { client, clock } = newConnection()
    const waited = client.waitFor('playerKick', { timeoutMs: 3_600_000 })
    const failed = expect(waited).rejects.toMatchObject({ code: 'closed' })
    await client.close()
    await failed
    expect([clock.timers, client.dispatch.listenerCount('playerKick')]).toEqual([0, 0])
  })
})

describe('events', () => {
  it('keeps up to the limit while the loop is busy, and an error event says how many are lost', async () => {
    const { client, say } = newConnection()
    const errors: unknown[] = []
    client.listen('error', ({ error }) => errors.push(error))
    const stream = client.events('unknownMessage', { maxQueued: 2 })
    for (const line of ['one', 'two', 'three', 'four', 'five']) say(line)
    const lines: string[] = []
    for await (const { raw } of stream) {
      lines.push(raw)
      if (lines.length === 2) break
    }
    expect(lines).toEqual(['four', 'five'])
    expect(errors).toMatchObject([{ name: 'EventsLostError', lost: 3, maxQueued: 2 }])
  })

  it('ends at its signal', async () => {
    const { client, say } = newConnection()
    const controller = new AbortController()
    const stream = client.events('unknownMessage', { signal: controller.signal })
    say('one')
    const lines: string[] = []
    for await (const { raw } of stream) {
      lines.push(raw)
      controller.abort()
    }
    expect(lines).toEqual(['one'])
  })
})
