import { commands, EventDispatcher } from '@bercon/core'
import { bytesOfHex, describeCapture } from '@bercon/core/capture'
import { ServerConnection } from '@bercon/core/kit'
import { MemoryTransport, VirtualClock } from '@bercon/core/testing'
import type { Provocation } from '../provocation.js'

const never = (value: unknown) => value as never
const clock = new VirtualClock()
const transport = new MemoryTransport(clock, new Map())

export const CORE: readonly Provocation[] = [
  { call: 'commands.kick(-1)', provoke: () => commands.kick(-1) },
  { call: "commands.kick('Rook')", provoke: () => commands.kick(never('Rook')) },
  { call: "commands.kick(3, 'a\\nb')", provoke: () => commands.kick(3, 'a\nb') },
  { call: 'commands.kick(3, 5)', provoke: () => commands.kick(3, never(5)) },
  { call: "commands.say(-1, 'half a \\uD83D pair')", provoke: () => commands.say(-1, 'half a \uD83D pair') },
  { call: "commands.say(-1, 'x'.repeat(2_000))", provoke: () => commands.say(-1, 'x'.repeat(2_000)) },
  { call: "commands.say(-2, 'hello')", provoke: () => commands.say(-2, 'hello') },
  { call: 'commands.ban(3, 0)', provoke: () => commands.ban(3, 0) },
  { call: 'commands.ban(3, 1.5)', provoke: () => commands.ban(3, 1.5) },
  { call: "commands.addBan('Rook')", provoke: () => commands.addBan('Rook') },
  { call: "commands.loadBans('')", provoke: () => commands.loadBans('') },
  { call: 'commands.maxPing(0)', provoke: () => commands.maxPing(0) },
  { call: "commands.rconPassword('two words')", provoke: () => commands.rconPassword('hunter2 hunter2') },
  { call: "commands.missions().parse('')", provoke: () => commands.missions().parse('') },
  { call: "commands.players().parse('hello')", provoke: () => commands.players().parse('hello') },
  { call: "commands.bans().parse('x'.repeat(500))", provoke: () => commands.bans().parse('x'.repeat(500)) },
  { call: "bytesOfHex('hello')", provoke: () => bytesOfHex('hello') },
  {
    call: 'describeCapture(bytes)',
    when: 'they are a PNG',
    provoke: () => describeCapture(new Uint8Array(99)),
  },
  {
    call: "dispatch.emit('raid', 3)",
    when: 'events are declared, but no raid',
    provoke: () => {
      const dispatch = new EventDispatcher()
      dispatch.declare([])
      dispatch.emit(never('raid'), never(3))
    },
  },
  {
    call: 'new ServerConnection({ transport, clock: {} })',
    provoke: () => new ServerConnection({ transport, clock: never({}) }),
  },
]
