import type { Kind, RconClient } from '@bercon/core'
import { describe, expect, it } from 'vitest'
import type { Flavor } from './scene/flavor.js'
import type { Stage } from './stage.js'

/** Signals, waits and loops, for the flavors that have them. */
export function waitingContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  const { flavor } = stage
  if (flavor.signal === 'is refused') refusedSignals(stage)
  else describe('AbortSignal', () => signals(stage))
  if (flavor.waitFor !== undefined) waits(stage, flavor.waitFor.bind(flavor))
  if (flavor.events !== undefined) loops(stage, flavor.events.bind(flavor))
}

function refusedSignals<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  it('a signal is refused by name', async () => {
    const client = await stage.connected()
    const refusal = { code: 'invalid-argument', argument: 'signal' }
    const { signal } = new AbortController()
    await expect(stage.done(() => client.fetchPlayers({ signal }))).rejects.toMatchObject(refusal)
    expect(await stage.commandPayloads()).toEqual([])
  })
}

function signals<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  it('ends a call at once, with its reason', async () => {
    const client = await stage.connected()
    await stage.server.answerNext('silence')
    const controller = new AbortController()
    const call = stage.done(() => client.kick(3, 'afk', { signal: controller.signal }))
    const failed = expect(call).rejects.toBe('no longer wanted')
    await stage.until(client, async () => (await stage.server.commands()).length > 0)
    controller.abort('no longer wanted')
    await failed
  })

  it('that is already aborted sends no command', async () => {
    const client = await stage.connected()
    const signal = AbortSignal.abort('too late')
    await expect(stage.done(() => client.fetchPlayers({ signal }))).rejects.toBe('too late')
    await expect(stage.done(() => client.unban('192.0.2.7', { signal }))).rejects.toBe('too late')
    expect(await stage.commandPayloads()).toEqual([])
  })
}

function waits<K extends Kind, C extends RconClient<K>>(
  stage: Stage<K, C>,
  waitFor: NonNullable<Flavor<K, C>['waitFor']>,
): void {
  it('waitFor returns the next event that passes the check', async () => {
    const client = await stage.connected()
    const waited = waitFor(client, 'playerMessage', { check: ({ message }) => message === 'go' })
    await stage.server.emit('(Side) Ann: wait')
    await stage.server.emit('(Side) Bob: go')
    expect(await waited).toMatchObject({ name: 'Bob', message: 'go' })
  })

  it('waitFor ends with the close, and works again after another connect', async () => {
    const client = await stage.connected()
    const failed = expect(waitFor(client, 'playerMessage')).rejects.toMatchObject({ code: 'closed' })
    await stage.flavor.close(client)
    await failed
    await expect(waitFor(client, 'playerMessage')).rejects.toMatchObject({ code: 'closed' })
    await stage.connect(client)
    const waited = waitFor(client, 'playerMessage', { check: ({ message }) => message === 'go' })
    await stage.server.emit('(Side) Bob: go')
    expect(await waited).toMatchObject({ name: 'Bob' })
  })

  it('waitFor fails after its timeout', async () => {
    const client = await stage.connected()
    const failure = { code: 'wait-timeout', event: 'playerKick', timeoutMs: 20 }
    await expect(waitFor(client, 'playerKick', { timeoutMs: 20 })).rejects.toMatchObject(failure)
  })

  it('waitFor ends when the client is closed, and cannot start afterwards', async () => {
    const client = await stage.connected()
    const waited = expect(waitFor(client, 'playerKick')).rejects.toMatchObject({ code: 'closed' })
    await stage.flavor.close(client)
    await waited
    await expect(waitFor(client, 'playerKick')).rejects.toMatchObject({ code: 'closed' })
    expect(client.dispatch.listenerCount('playerKick')).toBe(0)
  })
}

function loops<K extends Kind, C extends RconClient<K>>(
  stage: Stage<K, C>,
  events: NonNullable<Flavor<K, C>['events']>,
): void {
  it('a loop over events receives each of them, in order', async () => {
    const client = await stage.connected()
    const stream = events(client, 'unknownMessage')
    for (const line of ['one', 'two', 'three']) await stage.server.emit(line)
    const lines: string[] = []
    for await (const { raw } of stream) {
      lines.push(raw)
      if (lines.length === 3) break
    }
    expect(lines).toEqual(['one', 'two', 'three'])
    expect(client.dispatch.listenerCount('unknownMessage')).toBe(0)
  })

  it('a loop over events ends when the client is closed', async () => {
    const client = await stage.connected()
    const stream = events(client, 'unknownMessage')
    await stage.firstAfter(client, 'unknownMessage', () => stage.server.emit('one'))
    await stage.flavor.close(client)
    const lines: string[] = []
    for await (const { raw } of stream) lines.push(raw)
    expect(lines).toEqual(['one'])
    expect(client.dispatch.listenerCount('unknownMessage')).toBe(1)
  })
}
