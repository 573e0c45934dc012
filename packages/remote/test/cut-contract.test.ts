// The whole contract once more, over a WebSocket that is cut, and comes back, at random moments of each case.
import type { AsyncRconClient } from '@bercon/client'
import { describeContract } from '@bercon/contract'
import { Scene } from '@bercon/contract/scene'
import { createRandom } from '@bercon/protocol/link'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { MOMENTS, type Moment, RandomCuts } from './cut-channel.js'
import { observableFlavor, overWebSocket, promiseFlavor } from './wirings.js'

/** Why a case is not cut at some moments: it asserts what a cut changes by nature. The tests below show what it changes. */
const COUNTS_COMMANDS = 'asserts the commands of the server, which executes again what has lost its answer'
const ONE_ANSWER =
  'sets the answer to one command, and what has lost its answer is sent again and answered as usual'
const NAMES_GAPS = 'asserts that there was no gap, and each cut is one'
const FORGETS =
  'expects that nothing was sent, and no host knows that of what was sent over an earlier channel'
const MISSES_EVENTS = 'waits for the event of a command whose answer is lost, and so is the event'

const ANSWER: readonly Moment[] = ['answer lost']
const COMMAND: readonly Moment[] = ['command lost', 'answer lost']

const NOT_CUT: Readonly<Record<string, { readonly at: readonly Moment[]; readonly why: string }>> = {
  'a command needs a connect before it': { at: COMMAND, why: FORGETS },
  'connects to another server after close, and keeps no players of the first': {
    at: COMMAND,
    why: NAMES_GAPS,
  },
  'command contains a command with its reply; a keep-alive has an empty text': {
    at: ANSWER,
    why: MISSES_EVENTS,
  },
  'a player can be kicked, banned and messaged, and shows whether the client still knows them': {
    at: ANSWER,
    why: COUNTS_COMMANDS,
  },
  'refuses bad messages and reasons of a player, like the client': { at: ANSWER, why: COUNTS_COMMANDS },
  'unban removes every ban of a target, and returns false if there is none': {
    at: ANSWER,
    why: COUNTS_COMMANDS,
  },
  'an operation of several commands stops at one that fails': { at: ANSWER, why: ONE_ANSWER },
  'a command that only reads is sent again until it has a reply': { at: ANSWER, why: COUNTS_COMMANDS },
  'sendCommand sends a command again only if the caller allows it': { at: ANSWER, why: COUNTS_COMMANDS },
  'unban returns the server’s reply, if there is one': { at: ANSWER, why: ONE_ANSWER },
  'an incomplete list is requested once more; then it is an error, and a listProblem': {
    at: ANSWER,
    why: ONE_ANSWER,
  },
  'an empty reply is not a list of bans, admins or missions': { at: ANSWER, why: ONE_ANSWER },
  ...Object.fromEntries(
    ['', 'GUID Bans:', 'nonsense'].map((text) => [
      `${JSON.stringify(text)} is not a list of players`,
      { at: ANSWER, why: ONE_ANSWER },
    ]),
  ),
  ...Object.fromEntries(
    [
      'Disallowed command',
      'DISALLOWED COMMAND',
      'disallowed command\n',
      'Unknown command',
      'unknown COMMAND',
    ].map((text) => [
      `the reply ${JSON.stringify(text)} in any case is an error, for every operation`,
      { at: ANSWER, why: ONE_ANSWER },
    ]),
  ),
}

// Another seed cuts at other moments: BERCON_CUT_SEED=2 vitest run packages/remote/test/cut-contract.test.ts
const SEED = Number(process.env['BERCON_CUT_SEED'] ?? 1)

const ALL_CASES = 300

const cuts = new RandomCuts()
const wiring = await overWebSocket(cuts.decide)

describe('over a channel that is cut', () => {
  const seen = new Set<string>()
  let cases = 0

  beforeEach(({ task }) => {
    seen.add(task.name)
    const { at = [] } = NOT_CUT[task.name] ?? {}
    const moments = MOMENTS.filter((moment) => !at.includes(moment))
    cuts.begin(createRandom(SEED * 10_000 + cases++), moments)
  })

  describeContract(promiseFlavor(wiring))
  describeContract(observableFlavor(wiring))

  afterAll(() => {
    // Some of the cases alone need not have every kind of cut.
    if (cases < ALL_CASES) return
    // Otherwise this shows nothing.
    for (const moment of MOMENTS) expect(cuts.counts[moment], moment).toBeGreaterThan(20)
    expect(Object.keys(NOT_CUT).filter((name) => !seen.has(name))).toEqual([])
  })
})

describe('what a cut changes', () => {
  const flavor = promiseFlavor(wiring)
  const scene = new Scene(flavor)

  beforeEach(async () => {
    cuts.begin(() => 1, [])
    await scene.restart()
    return () => scene.closeClients()
  })
  afterAll(() => scene.end())

  /** Cuts once, at that moment. */
  const cutOnceAt = (moment: Moment) => {
    let left = 1
    cuts.begin(() => (left-- > 0 ? 0 : 1), [moment])
  }

  const changing: readonly (readonly [string, (client: AsyncRconClient) => Promise<unknown>])[] = [
    ['kick', (client) => client.kick(3)],
    ['ban', (client) => client.ban('192.0.2.7')],
    ['unban', (client) => client.unban(0)],
    ['send', (client) => client.send('hello')],
    ['whisper', (client) => client.whisper(3, 'hello')],
    ['sendCommand', (client) => client.sendCommand('#monitor 0')],
  ]
  it.each(changing)(
    '%s, which may not be sent again, fails with an unknown outcome, and is executed once',
    async (_, call) => {
      const client = await scene.connected()
      cutOnceAt('command lost')
      // The one that may be sent again takes the channel down while the other is under way.
      const lost = expect(call(client)).rejects.toMatchObject({ code: 'connection-lost', outcome: 'unknown' })
      const read = client.fetchMissions()
      await lost
      expect(await read).not.toEqual([])
      const commands = await scene.server.commands()
      expect(commands.filter((text) => text !== 'missions').length).toBeLessThanOrEqual(1)
    },
  )

  it('a command that may be sent again is executed again, and has the answer of the last execution', async () => {
    const client = await scene.connected()
    await scene.server.answerNext({ text: 'lost' })
    await scene.server.answerNext({ text: 'arrives' })
    cutOnceAt('answer lost')
    expect(await client.sendCommand('version', { resend: true })).toBe('arrives')
    expect(await scene.server.commands()).toEqual(['version', 'version'])
  })

  it('a command that never reached the host is executed once', async () => {
    const client = await scene.connected()
    cutOnceAt('command lost')
    expect(await client.fetchMissions()).not.toEqual([])
    expect(await scene.server.commands()).toEqual(['missions'])
  })

  it('each cut of a login is one gap, and nothing else than channels is lost', async () => {
    const client = await scene.connected()
    const gaps = scene.record(client, 'gap')
    const ends = scene.record(client, 'disconnect')
    for (let count = 0; count < 5; count++) {
      cutOnceAt(count % 2 === 0 ? 'command lost' : 'answer lost')
      expect(await client.fetchMissions()).not.toEqual([])
    }
    expect(ends.map(({ reason }) => reason)).toEqual(Array(5).fill('channel-lost'))
    expect(gaps).toHaveLength(5)
    expect(client.statistics.logins).toBe(1)
    expect(await scene.server.admins()).toHaveLength(1)
  })

  it('a login that is lost again and again goes on once it is not', async () => {
    let left = 20
    cuts.begin(() => (left-- > 0 ? 0 : 1), ['login lost'])
    const client = scene.newClient()
    await scene.connect(client)
    expect([client.isConnected(), left < 0]).toEqual([true, true])
    expect(client.statistics.logins).toBe(1)
  })

  it('of what the host did not send now nobody knows whether an earlier channel had it sent', async () => {
    const client = scene.newClient()
    cutOnceAt('command lost')
    await expect(client.fetchPlayers()).rejects.toMatchObject({ code: 'connection-lost', outcome: 'unknown' })
  })
})
