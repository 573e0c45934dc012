// @ts-nocheck
import { parentPort } from 'node:worker_threads'
import { openUdpSocket } from '@bercon/server'
import { GameWorld, ReforgerWorld, SimulatorServer } from '@bercon/simulator'

// Simulated servers in a thread of their own. The name of a world starts one, replaces the previous one, and is
// answered with its port. `commands` is answered with the commands sent since the last time, without keep-alives.

// A datagram that contains this never arrives.
const LOST = 'lost'

function reforgerWorld(options = {}) {
  const world = new ReforgerWorld({ bots: false, banListDelayMs: 0, ...options })
  world.join({ name: 'Ann ; the 1st', identityId: 'b6955d91-4749-4cdb-9a51-e69f630ec435' })
  world.join({ name: 'Bob', identityId: '0f3a1c22-9d4e-4b7a-8c1d-2e5f6a7b8c9d' })
  world.join({ name: 'Dan', identityId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' })
  world.addBan('5d1c0a77-1b2c-4d3e-8f90-a1b2c3d4e5f6', 'Cid')
  return world
}

const WORLDS = {
  'built-in': reforgerWorld,
  'many bans': () => {
    const world = reforgerWorld()
    for (let ban = 1; ban < 60; ban++)
      world.addBan(`${String(ban).padStart(8, '0')}-749a-4cdb-9a51-e69f630ec435`, `banned ${ban}`)
    return world
  },
  // A player joins whenever the list of players is requested.
  lively: () => {
    const world = reforgerWorld()
    return onCommand(world, (command) => {
      if (command === '#players') world.emit('Player #7 Cy (192.0.2.7:2304) connected')
    })
  },
  // Messages in the middle of the list of players are lost, regardless of the cuts.
  lossy: () => {
    const world = reforgerWorld({ chunkBytes: 64 })
    for (const name of [LOST.repeat(20), 'Eve', 'Fay']) world.join({ name })
    return world
  },
  battleye: () => {
    const world = new GameWorld({ bots: false })
    world.join({ name: 'Ann', slot: 3, guid: 'a861bcfd187960c163d59666e2fd6798' })
    world.addBan({ target: 'f8960b9fd7cf711046c1df2ab8d534b2', reason: 'old' })
    return world
  },
}

function onCommand(world, listener) {
  const execute = world.execute.bind(world)
  world.execute = (command, admin, now) => {
    listener(command)
    return execute(command, admin, now)
  }
  return world
}

async function openSocket(host, port, receiver) {
  const socket = await openUdpSocket(host, port, receiver)
  return {
    address: socket.address,
    close: () => socket.close(),
    send: (datagram, to) => {
      if (!Buffer.from(datagram).includes(LOST)) socket.send(datagram, to)
    },
  }
}

let server
let commands = []

async function start(name) {
  await server?.close()
  takeCommands()
  const world = onCommand(WORLDS[name](), (command) => {
    if (command !== '') commands.push(command)
  })
  server = new SimulatorServer({ password: 'hunter2', world, openSocket })
  const { port } = await server.listen()
  return port
}

function takeCommands() {
  const taken = commands
  commands = []
  return taken
}

parentPort.on('message', async (message) =>
  parentPort.postMessage(message === 'commands' ? takeCommands() : await start(message)),
)
