// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { GameWorld } from '../arma/game-world.js'
import type { GameWorldOptions } from '../arma/game-world-options.js'
import { HOSTILE_NAMES, ORDINARY_NAMES } from './bot-names.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The lines of a world that is called at its own timeouts, each with its time. */
function run(world: GameWorld, until: number): string[] {
  const trace: string[] = []
  for (let now = world.nextTimeout(); now !== undefined && now <= until; now = world.nextTimeout()) {
    world.handleTimeout(now)
    for (const line of world.takeMessages()) trace.push(`${now} ${line}`)
  }
  return trace
}

function linesOf(options: Partial<GameWorldOptions>, until = 6 * HOUR): string[] {
  return run(new GameWorld(options), until).map((line) => line.slice(line.indexOf(' ') + 1))
}

describe('a world of bots', () => {
  it('repeats itself with the same seed, and differs with another', () => {
    const trace = run(new GameWorld({ seed: 7 }), HOUR)
    expect(trace.length).toBeGreaterThan(100)
    expect(run(new GameWorld({ seed: 7 }), HOUR)).toEqual(trace)
    expect(run(new GameWorld({ seed: 8 }), HOUR)).not.toEqual(trace)
  })

  it('does not depend on how late it is called', () => {
    const punctual = run(new GameWorld(), HOUR).map((line) => line.slice(line.indexOf(' ') + 1))
    const late = new GameWorld()
    late.handleTimeout(HOUR)
    expect(late.takeMessages()).toEqual(punctual)
    const asked = new GameWorld()
    const heard: string[] = []
    for (let now = 0; now <= HOUR; now += 7 * MINUTE + 1) {
      asked.execute('players', 0, now)
      heard.push(...asked.takeMessages())
    }
    asked.execute('', 0, HOUR)
    expect([...heard, ...asked.takeMessages()]).toEqual(punctual)
  })

  it('changes after a kick, but in the same way after the same kick', () => {
    const kickedAt = (now: number) => {
      const world = new GameWorld({ seed: 3 })
      const slot = world.players[0]?.id
      world.execute(`kick ${slot}`, 0, now)
      return run(world, HOUR)
    }
    expect(kickedAt(1000)).toEqual(kickedAt(1000))
    expect(kickedAt(1000)).not.toEqual(run(new GameWorld({ seed: 3 }), HOUR))
  })

  it.each(['arma3', 'dayz'] as const)('of %s stays consistent for a day', (game) => {
    const options = { game, maxPlayers: 20, stayMs: 20 * MINUTE, maxMessages: 1000 } as const
    const world = new GameWorld({ ...options, hostileNames: false })
    const seated = new Set(world.players.map(({ id: slot }) => slot))
    const wrong: string[] = []
    let joins = 0
    for (const traced of run(world, DAY)) {
      const line = traced.slice(traced.indexOf(' ') + 1)
      const slot = Number(/^Player #(\d+) /.exec(line)?.[1])
      const isSeated = seated.has(slot)
      if (line.endsWith(') connected')) {
        joins += 1
        seated.add(slot)
        if (isSeated || seated.size > 20) wrong.push(traced)
      } else if (line.startsWith('Player #')) {
        const isKick = line.includes(' has been kicked by BattlEye: ')
        if (line.endsWith(' disconnected') || (isKick && game === 'arma3')) seated.delete(slot)
        if (!isSeated) wrong.push(traced)
      }
    }
    expect(wrong).toEqual([])
    expect(world.players.map(({ id: slot }) => slot)).toEqual([...seated].sort((one, other) => one - other))
    expect(joins).toBeGreaterThan(300)
    expect(world.droppedMessages).toBe(0)
  })

  it('starts with no more players than there is room for', () => {
    expect(new GameWorld({ maxPlayers: 2 }).players).toHaveLength(2)
  })

  it('stays near its target', () => {
    const world = new GameWorld({
      targetPlayers: 10,
      initialPlayers: 0,
      joinIntervalMs: MINUTE,
      stayMs: HOUR,
    })
    run(world, HOUR)
    const sizes: number[] = []
    for (let now = HOUR; now <= 6 * HOUR; now += 10 * MINUTE) {
      world.handleTimeout(now)
      sizes.push(world.players.length)
    }
    expect(Math.max(...sizes)).toBe(10)
    expect(Math.min(...sizes)).toBeGreaterThan(4)
  })

  it('leaves gaps between slots and reuses slots', () => {
    const world = new GameWorld()
    const slots = world.players.map(({ id: slot }) => slot)
    expect(slots.at(-1)).toBeGreaterThan(slots.length)
    const joined = run(world, 6 * HOUR).flatMap(
      (line) => /Player #(\d+) .*\) connected$/.exec(line)?.[1] ?? [],
    )
    expect(new Set(joined).size).toBeLessThan(joined.length)
  })

  it('announces the GUID after the connection and verifies it last, sometimes without a step', () => {
    const counts = new Map<string, number>()
    const steps = new Map<string, string>()
    for (const line of linesOf({ hostileNames: false, stayMs: 10 * MINUTE }, DAY)) {
      const slot = /#(\d+) /.exec(line)?.[1] ?? ''
      if (line.startsWith('(')) continue
      if (line.endsWith(') connected')) steps.set(slot, 'connected')
      else if (line.includes(' - BE GUID: ')) steps.set(slot, `${steps.get(slot)}, guid`)
      else if (line.startsWith('Verified GUID')) steps.set(slot, `${steps.get(slot)}, verified`)
      else if (line.endsWith(' disconnected') && steps.has(slot)) {
        const order = steps.get(slot) ?? ''
        counts.set(order, (counts.get(order) ?? 0) + 1)
        steps.delete(slot)
      }
    }
    const seen = new Set(counts.keys())
    // A bot that leaves at once only has the connection line.
    seen.delete('connected')
    expect(seen).toEqual(new Set(['connected, guid, verified', 'connected, guid', 'connected, verified']))
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
    expect((counts.get('connected, guid, verified') ?? 0) / all).toBeGreaterThan(0.8)
  })

  it.each([
    ['BE GUID', / - BE GUID: [0-9a-f]{32}$/],
    ['GUID', /[^E] - GUID: [0-9a-f]{32}$/],
    ['GUID (unverified)', / - GUID: [0-9a-f]{32} \(unverified\)$/],
  ] as const)('words GUIDs as %s', (guidLabel, pattern) => {
    const guidLines = linesOf({ guidLabel, hostileNames: false }, HOUR).filter((line) =>
      / - .*GUID: /.test(line),
    )
    expect(guidLines.length).toBeGreaterThan(5)
    expect(guidLines.every((line) => pattern.test(line))).toBe(true)
  })

  it('announces legacy GUIDs only if so configured', () => {
    const count = (legacyGuids: boolean) =>
      linesOf({ legacyGuids }, HOUR).filter((line) => line.includes(' - Legacy GUID: ')).length
    expect(count(false)).toBe(0)
    expect(count(true)).toBeGreaterThan(5)
  })

  it('has BE Master problems, filter logs, and kicks by BattlEye', () => {
    const lines = linesOf({}, DAY)
    expect(lines).toContain('Connected to BE Master')
    expect(lines).toContain('Disconnected from BE Master')
    expect(lines.some((line) => /^RemoteExec Log: #\d+ .* \([0-9a-f]{32}|-\) - #52 /.test(line))).toBe(true)
    expect(lines.some((line) => line.endsWith(') has been kicked by BattlEye: Client not responding'))).toBe(
      true,
    )
  })

  it('of DayZ has only the Global channel, and no filters', () => {
    const lines = linesOf({ game: 'dayz', hostileNames: false })
    const channels = lines.flatMap((line) => /^\((\w+)\) /.exec(line)?.[1] ?? [])
    expect(new Set(channels)).toEqual(new Set(['Global']))
    expect(lines.some((line) => / Log: #\d/.test(line))).toBe(false)
  })

  it('uses every hostile name, or none', () => {
    const namesOf = (hostileNames: boolean) => {
      const world = new GameWorld({ hostileNames, initialPlayers: 400, maxPlayers: 400 })
      return new Set(world.players.map(({ name }) => name))
    }
    const hostile = namesOf(true)
    expect(HOSTILE_NAMES.filter((name) => !hostile.has(name))).toEqual([])
    const ordinary = [...namesOf(false)].map((name) => name.replace(/ \(\d+\)$/, ''))
    expect(ordinary.every((name) => ORDINARY_NAMES.includes(name))).toBe(true)
  })

  it('gives each player a unique name', () => {
    const names = new GameWorld({ initialPlayers: 400, maxPlayers: 400 }).players.map(({ name }) => name)
    expect(new Set(names).size).toBe(400)
  })

  it('lets nobody join while it is locked', () => {
    const world = new GameWorld({ initialPlayers: 0, joinIntervalMs: 1000 })
    world.execute('#lock', 0, 0)
    run(world, HOUR)
    expect(world.players).toEqual([])
    world.execute('#unlock', 0, HOUR)
    run(world, 2 * HOUR)
    expect(world.players.length).toBeGreaterThan(0)
  })

  it('has returning players, so that a ban affects them again', () => {
    const world = new GameWorld({
      targetPlayers: 6,
      initialPlayers: 6,
      joinIntervalMs: 1000,
      stayMs: 5 * MINUTE,
    })
    for (const { id: slot } of world.players) world.execute(`ban ${slot} 0 caught`, 0, 1000)
    world.takeMessages()
    const kicks = run(world, HOUR).filter((line) => line.endsWith('kicked by BattlEye: Admin Ban (caught)'))
    expect(kicks.length).toBeGreaterThan(5)
  })

  it('moves bots between lobby and game and measures their pings', () => {
    const world = new GameWorld({ joinIntervalMs: 1000, stayMs: 10 * MINUTE })
    const seen = new Set<string>()
    for (let now = 0; now < HOUR; now += 5000) {
      world.handleTimeout(now)
      for (const { inLobby, ping } of world.players) seen.add(`${inLobby} ${ping === -1}`)
    }
    expect([...seen].sort()).toEqual(['false false', 'false true', 'true false', 'true true'])
  })

  it('does not control players that you let join', () => {
    const world = new GameWorld({ stayMs: MINUTE })
    const slot = world.join({ name: 'Ann', ping: 42 })
    world.takeMessages()
    const before = world.players.find((player) => player.id === slot)
    const lines = run(world, DAY)
    expect(world.players.find((player) => player.id === slot)).toEqual(before)
    expect(lines.filter((line) => line.includes(`#${slot} `))).toEqual([])
  })

  it('stops if every interval is infinite', () => {
    const never = Number.POSITIVE_INFINITY
    const world = new GameWorld({
      joinIntervalMs: never,
      stayMs: never,
      chatIntervalMs: never,
      pingIntervalMs: never,
      filterLogIntervalMs: never,
      masterIntervalMs: never,
    })
    expect(run(world, DAY)).toEqual([])
    expect(world.nextTimeout()).toBeUndefined()
    expect(world.players).toHaveLength(12)
  })
})
