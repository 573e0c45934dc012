// @ts-nocheck
import { expect, it } from 'vitest'
import { GameWorld } from './arma/game-world.js'
import { ReforgerWorld } from './reforger/reforger-world.js'
import { SimulatorServer, type SimulatorServerOptions } from './simulator-server.js'
import { startReforgerSimulator, startSimulator } from './start-simulator.js'

const unknown = (name: string, meant: string) => `There is no option "${name}"; did you mean "${meant}"?`
const given = (options: object) => ({ password: 'hunter2', ...options })

it('suggests the intended option of the world, of the server, or of where to listen', async () => {
  await expect(startSimulator(given({ bot: false }))).rejects.toThrow(unknown('bot', 'bots'))
  await expect(startSimulator(given({ maxPeer: 3 }))).rejects.toThrow(unknown('maxPeer', 'maxPeers'))
  await expect(startReforgerSimulator(given({ prot: 3 }))).rejects.toThrow(unknown('prot', 'port'))
  expect(() => new GameWorld({ sed: 3 } as object)).toThrow(unknown('sed', 'seed'))
})

it('refuses options that the world decides, because they would have no effect', async () => {
  await expect(startSimulator(given({ onCommand: () => '' }))).rejects.toThrow(
    'There is no option "onCommand"',
  )
})

it('refuses a simulated server without a world by name', () => {
  expect(() => new SimulatorServer(given({}) as SimulatorServerOptions<GameWorld>)).toThrow(
    'world must be an object with the methods execute',
  )
})

it('refuses an unknown field of a newcomer or a ban', () => {
  const world = new GameWorld({ bots: false })
  expect(() => world.join({ name: 'Ann', guidstatus: 'unknown' } as { name: string })).toThrow(
    unknown('guidstatus', 'guidStatus'),
  )
  expect(() => world.addBan({ target: '192.0.2.7', minute: 3 } as { target: string })).toThrow(
    unknown('minute', 'minutes'),
  )
  const reforger = new ReforgerWorld({ bots: false })
  expect(() => reforger.join({ name: 'Ann', identityID: '' } as { name: string })).toThrow(
    unknown('identityID', 'identityId'),
  )
})
