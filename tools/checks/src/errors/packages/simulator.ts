import { GameWorld, ReforgerWorld, SimulatorServer, startSimulator } from '@bercon/simulator'
import type { Provocation } from '../provocation.js'

const never = (value: unknown) => value as never
const quiet = { bots: false, maxPlayers: 1 }

function withAnn(call: (world: GameWorld) => unknown): () => unknown {
  return () => {
    const world = new GameWorld({ ...quiet, maxPlayers: 2 })
    world.join({ name: 'Ann' })
    return call(world)
  }
}

export const SIMULATOR: readonly Provocation[] = [
  {
    call: "startSimulator({ password: 'hunter2', bot: false })",
    provoke: () => startSimulator(never({ password: 'hunter2', bot: false })),
  },
  {
    call: "startSimulator({ password: 'hunter2', game: 'arma4' })",
    provoke: () => startSimulator({ password: 'hunter2', game: never('arma4') }),
  },
  {
    call: "new SimulatorServer({ password: 'hunter2' })",
    provoke: () => new SimulatorServer(never({ password: 'hunter2' })),
  },
  {
    call: "new GameWorld({ missions: 'Coop.Altis' })",
    provoke: () => new GameWorld({ missions: never('Coop.Altis') }),
  },
  { call: 'new GameWorld({}, Number.NaN)', provoke: () => new GameWorld({}, Number.NaN) },
  {
    call: "new ReforgerWorld({ whitelist: '#players' })",
    provoke: () => new ReforgerWorld({ whitelist: never('#players') }),
  },
  { call: "world.chat(7, 'Side', 'hello')", provoke: withAnn((world) => world.chat(7, 'Side', 'hello')) },
  {
    call: "world.join({ name: 'Bob', slot: 0 })",
    when: 'somebody has the slot',
    provoke: withAnn((world) => world.join({ name: 'Bob', slot: 0 })),
  },
  {
    call: "world.join({ name: 'Bob', guid: 'abc' })",
    provoke: withAnn((world) => world.join({ name: 'Bob', guid: 'abc' })),
  },
  { call: "world.join({ nmae: 'Bob' })", provoke: withAnn((world) => world.join(never({ nmae: 'Bob' }))) },
  {
    call: "world.join({ name: 'Cid' })",
    when: 'the game is full',
    provoke: withAnn((world) => {
      world.join({ name: 'Bob' })
      world.join({ name: 'Cid' })
    }),
  },
  {
    call: "world.join({ name: 'Ann', identityId: 'abc' })",
    when: 'the world is of Reforger',
    provoke: () => new ReforgerWorld({ bots: false }).join({ name: 'Ann', identityId: 'abc' }),
  },
]
