import { describe, expect, it } from 'vitest'
import { LEASE_MS, VirtualFleet } from './virtual-fleet.js'

// `FLEET_SCHEDULES=3000` runs more of them.
const SCHEDULES = Number(process.env['FLEET_SCHEDULES'] ?? 8)
const FIRST = Number(process.env['FLEET_FIRST_SCHEDULE'] ?? 1)
const FAULTS_MS = 60_000
// A server on its way from one owner to a better one has none for a moment.
const [HANDOVER_MS, STEP_MS] = [1_000, 100]

/** Something goes wrong, by chance: crashes, hangs, cuts and loss, and each of them ends but for a crash. */
function fault(fleet: VirtualFleet): void {
  const { random, network, clock, running } = fleet
  const member = running[Math.floor(random() * running.length)]
  if (member === undefined) return
  const { process } = member
  const lasts = random() * 3 * LEASE_MS
  const kind = random()
  if (kind < 0.15 && running.length > 1) {
    process.crash()
    if (random() < 0.7) clock.setTimer(() => fleet.startWorker(), lasts)
  } else if (kind < 0.4) {
    process.hang()
    clock.setTimer(() => process.resume(), lasts)
  } else if (kind < 0.65) {
    network.cutOff(process)
    clock.setTimer(() => network.heal(process), lasts)
  } else if (kind < 0.75) {
    for (const each of fleet.members) network.cutOff(each.process)
    clock.setTimer(() => {
      for (const each of fleet.members) network.heal(each.process)
    }, lasts)
  } else if (kind < 0.9) {
    network.loss = 0.3 * random()
    clock.setTimer(() => {
      network.loss = 0
    }, lasts)
  } else {
    fleet.network.maxDelayMs = 1_000 * random()
    clock.setTimer(() => {
      network.maxDelayMs = 20
    }, lasts)
  }
}

async function run(seed: number): Promise<VirtualFleet> {
  const fleet = new VirtualFleet(seed)
  const { clock, random } = fleet
  const pending: Promise<void>[] = []
  let isFaulty = true
  const command = () => {
    pending.push(fleet.command())
    clock.setTimer(command, 200 * random())
  }
  const speak = () => {
    for (const game of fleet.games.values()) if (random() < 0.3) game.speak()
    clock.setTimer(speak, 300)
  }
  const goWrong = () => {
    if (!isFaulty) return
    fault(fleet)
    clock.setTimer(goWrong, 1_500 + 6_000 * random())
  }
  await clock.run(2 * LEASE_MS)
  command()
  speak()
  goWrong()
  await clock.run(FAULTS_MS)
  isFaulty = false
  for (const { process } of fleet.members) {
    process.resume()
    fleet.network.heal(process)
  }
  fleet.network.loss = 0
  fleet.network.maxDelayMs = 20
  return fleet
}

/** The servers that had no owner for as long as a hand-over may not take, within that time from now on. */
async function longestGaps(fleet: VirtualFleet, ms: number): Promise<Readonly<Record<string, number>>> {
  const gaps: Record<string, number> = {}
  const gap = new Map<string, number>()
  for (let passed = 0; passed <= ms; passed += STEP_MS) {
    for (const server of fleet.games.keys()) {
      const lasts = fleet.ownersOf(server).length === 0 ? (gap.get(server) ?? 0) + STEP_MS : 0
      gap.set(server, lasts)
      if (lasts >= HANDOVER_MS) gaps[server] = Math.max(gaps[server] ?? 0, lasts)
    }
    await fleet.clock.run(STEP_MS)
  }
  return gaps
}

// Each found a server that nobody owned for longer than a hand-over: a worker waited for a newcomer that only listened yet.
const FOUND = [163, 232]
const seeds = [...FOUND, ...Array.from({ length: SCHEDULES }, (_, index) => FIRST + index)]

describe('a fleet of which workers crash, hang and are cut off, with clocks that differ by 1 %', () => {
  it.each(seeds)('keeps its promises, schedule %i', async (seed) => {
    const fleet = await run(seed)
    await fleet.clock.run(2 * LEASE_MS - HANDOVER_MS)
    expect(await longestGaps(fleet, 2 * LEASE_MS), 'servers without an owner, and how long').toEqual({})
    const asked = fleet.asked
    await fleet.clock.run(30_000)
    const late = fleet.endings.filter(({ tookMs, timeoutMs }) => tookMs > timeoutMs + 1)
    expect(late, 'every command settles by its deadline').toEqual([])
    expect(fleet.endings.length).toBeGreaterThanOrEqual(asked)
    for (const [key, owners] of fleet.owners) expect(owners.size, `one owner of ${key}`).toBe(1)
    expect(fleet.overtaken, 'no command by an owner whose lease is over').toEqual([])
    for (const { text, resend, outcome } of fleet.endings) {
      const times = fleet.executions(text)
      if (!resend) expect(times, `${text} (${outcome})`).toBeLessThanOrEqual(1)
      if (outcome === 'answered') expect(times, text).toBeGreaterThanOrEqual(1)
      if (outcome === 'not-sent') expect(times, text).toBe(0)
    }
    expect(fleet.heard.length).toBeGreaterThan(100)
    expect(new Set(fleet.heard).size, 'no message twice').toBe(fleet.heard.length)
    // At the end everything works again.
    const last = fleet.endings.slice(-50)
    expect(last.filter(({ outcome }) => outcome === 'answered').length).toBeGreaterThan(35)
  })
})
