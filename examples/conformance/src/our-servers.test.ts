import { type CaseResult, runServerCases, SERVER_CASES } from '@bercon/conformance'
import { VirtualClock } from '@bercon/protocol/testing'
import { MemoryNetwork, RconServer, type RconServerOptions } from '@bercon/server'
import { startReforgerSimulator, startSimulator } from '@bercon/simulator'
import { describe, expect, it } from 'vitest'

const HOUR_MS = 3_600_000
const SERVER = { address: '127.0.0.1', port: 2306 }
const password = 'hunter2'

interface Plugs extends Pick<RconServerOptions, 'clock' | 'openSocket'> {
  readonly password: string
  readonly maxLoginAttempts: number
}

/** The results of all cases about a server in memory; hours pass in a second. */
async function tryServer(start: (plugs: Plugs) => Promise<unknown>): Promise<readonly CaseResult[]> {
  const clock = new VirtualClock()
  const probes = new Map<number, (datagram: Uint8Array) => void>()
  const network = new MemoryNetwork((datagram, to) => {
    clock.setTimer(() => probes.get(to.port)?.(datagram), 1)
  })
  // Every case sends from this machine, some with a wrong password.
  await start({ clock, openSocket: network.openSocket, password, maxLoginAttempts: 1_000 })
  let lastPort = 50_000
  const running = runServerCases(
    { endpoint: SERVER, password },
    {
      clock,
      allow: ['time', 'change'],
      openSocket: async (_, onDatagram) => {
        const port = ++lastPort
        probes.set(port, (datagram) => onDatagram(datagram, SERVER))
        return {
          port,
          send: (datagram) =>
            void clock.setTimer(() => network.deliver(datagram, { address: '192.0.2.1', port }), 1),
          close: () => probes.delete(port),
        }
      },
    },
  )
  await clock.run(HOUR_MS)
  return running
}

const wrongIn = (results: readonly CaseResult[]) =>
  results.filter(({ verdict }) => verdict === 'wrong').map(({ id, did }) => `${id}: ${did}`)

describe('the conformance kit', () => {
  it('finds nothing wrong in our server', async () => {
    const answer = (command: string) => (command === '' ? '' : 'Unknown command')
    const results = await tryServer((plugs) => new RconServer({ ...plugs, onCommand: answer }).listen())
    expect(results.length).toBe(SERVER_CASES.length)
    expect(wrongIn(results)).toEqual(['empty-reply: answered "Unknown command"'])
  })

  it('refuses a port that is none', async () => {
    const server = { endpoint: { address: '127.0.0.1', port: 0 }, password }
    await expect(runServerCases(server)).rejects.toThrow('port')
  })

  it('finds nothing wrong in the simulated Arma 3', async () => {
    const results = await tryServer(async (plugs) => {
      const { world } = await startSimulator({ ...plugs, bots: false })
      for (let index = 0; index < 40; index++) world.join({ name: `A player called ${index}` })
    })
    expect(wrongIn(results)).toEqual([])
    expect(results.filter(({ verdict }) => verdict === 'unseen').map(({ id }) => id)).toEqual([])
  })

  it('finds in the simulated Reforger what differs there', async () => {
    const results = await tryServer((plugs) =>
      startReforgerSimulator({ ...plugs, seed: 7, bots: false, maxClients: 16 }),
    )
    expect(wrongIn(results)).toEqual([
      'unknown-command: answered ""',
      expect.stringMatching(/^own-login-message: sent "Logged In! Client ID: #\d+"$/),
    ])
    // Sixteen clients are fewer than the kit logs in; their time passes before the next is let in.
    expect(
      results.filter(({ verdict }) => verdict === 'unseen').map(({ id, did }) => `${id}: ${did}`),
    ).toEqual([
      'parts: sent no reply in parts: its lists are too short',
      'part-bytes: sent no reply in parts: its lists are too short',
      'next-message-sequence: sent no message about another login',
    ])
  })
})
