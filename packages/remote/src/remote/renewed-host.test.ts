import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { outcomeOf, RemoteScene } from '../../test/scripted-connection.js'
import { OPEN, REFUSAL, ScriptedHost, TARGET, UNREACHABLE } from '../../test/scripted-host.js'

describe('a host that has begun anew', () => {
  /** Logged in through the last channel, and asked for the same on this one. */
  async function renewed() {
    const host = new ScriptedHost()
    await host.login()
    await host.replace()
    host.events.length = 0
    await host.controlled('idle')
    return host
  }

  it('is asked for the login that this side had', async () => {
    const host = await renewed()
    expect([host.remote.state, host.heard]).toEqual(['reconnecting', [OPEN]])
    await host.controlled('connected')
    await host.connected()
    await host.answer(1, '')
    expect([host.remote.state, host.types]).toEqual(['connected', ['connect']])
  })

  it('that cannot log in is asked on the next channel, after longer and longer waits, and not closed', async () => {
    const host = await renewed()
    for (const delayMs of [2_000, 4_000, 8_000]) {
      await host.answer(1, UNREACHABLE)
      expect([host.remote.state, host.remote.channelError]).toEqual(['reconnecting', UNREACHABLE])
      expect(host.events.at(-1)).toMatchObject({ type: 'reconnecting', delayMs })
      expect(host.heard).toEqual([OPEN])
      await host.clock.run(delayMs)
      await host.controlled('idle')
    }
    await host.controlled('connected')
    await host.answer(1, '')
    host.cut()
    expect(host.events.at(-1)).toMatchObject({ type: 'reconnecting', attempt: 1, delayMs: 1_000 })
  })

  it('is a hosted connection that nobody closes, and that logs in when its server is back', async () => {
    const scene = new RemoteScene(new VirtualClock(), { control: true })
    const { hosted, remote, clock } = scene
    hosted.state = 'idle'
    const opened = outcomeOf(remote.open(TARGET))
    await clock.run(10)
    expect(['value' in opened, remote.state]).toEqual([true, 'connected'])
    const open = hosted.open.bind(hosted)
    hosted.open = () => Promise.reject(UNREACHABLE)
    hosted.state = 'idle'
    scene.cut()
    await clock.run(60_000)
    expect([remote.state, hosted.state, hosted.closes]).toEqual(['reconnecting', 'idle', 0])
    hosted.open = open
    await clock.run(60_000)
    expect([remote.state, hosted.opened]).toEqual(['connected', [TARGET, TARGET]])
  })

  it('that is refused the login ends the connection', async () => {
    const host = await renewed()
    await host.answer(1, REFUSAL)
    expect([host.remote.state, host.remote.refusal]).toEqual(['closed', REFUSAL])
    expect(host.events).toMatchObject([{ type: 'disconnect', reason: 'refused' }])
    await expect(host.remote.closed).resolves.toEqual(REFUSAL)
  })

  it('whose channel is lost meanwhile is asked on the next one', async () => {
    const host = await renewed()
    host.cut()
    expect(host.events).toMatchObject([{ type: 'reconnecting', attempt: 2, delayMs: 2_000 }])
    await host.clock.run(2_000)
    await host.controlled('idle')
    expect(host.said).toEqual([[OPEN], [OPEN], [OPEN]])
  })

  it.each([
    ['logs in by itself', { state: 'idle', control: false }],
    ['is at it', { state: 'connecting', control: true }],
    ['does so already', { state: 'reconnecting', control: true }],
  ] as const)('is not asked where it %s', async (_, state) => {
    const host = new ScriptedHost()
    await host.login()
    await host.replace()
    await host.state(state)
    expect([host.remote.state, host.heard]).toEqual(['reconnecting', []])
  })

  it('is not asked for a login that another had', async () => {
    const host = new ScriptedHost()
    await host.controlled('connected')
    await host.controlled('idle')
    expect([host.remote.state, host.heard]).toEqual(['reconnecting', []])
  })
})
