import { beforeEach, describe, expect, it } from 'vitest'
import type { MemberReport } from '../wire/worker-report.js'
import { Members } from './members.js'
import { ranked } from './rendezvous.js'

const LEASE_MS = 6_000
const SERVER = 'altis'
const [BEST = '', MIDDLE = '', LAST = ''] = ranked(SERVER, ['w1', 'w2', 'w3'])
let members: Members

beforeEach(() => {
  members = new Members(MIDDLE, LEASE_MS)
})

function hear(worker: string, now: number, news: Partial<MemberReport> = {}): void {
  const report = {
    worker,
    capacity: 10,
    owned: 1,
    leaseMs: LEASE_MS,
    servers: [],
    released: [],
    leaves: false,
  }
  members.follow({ ...report, ...news }, now)
}

describe('a place', () => {
  it('is behind the better workers that have room', () => {
    hear(LAST, 10)
    expect(members.placeOf(SERVER)).toBe(0)
    hear(BEST, 20)
    expect(members.placeOf(SERVER)).toBe(1)
    hear(BEST, 30, { owned: 10 })
    expect(members.placeOf(SERVER)).toBe(0)
  })

  it('is not behind a newcomer among those that would take the server now', () => {
    hear(BEST, 1_000)
    expect(members.placeNow(SERVER, 1_100)).toBe(0)
    expect(members.placeNow(SERVER, 1_000 + LEASE_MS / 3)).toBe(1)
  })
})

describe('a worker that is not heard of', () => {
  it('is forgotten after the life of a lease', () => {
    hear(BEST, 0)
    for (let now = 0; now <= LEASE_MS; now += 2_000) {
      hear(MIDDLE, now)
      members.expire(now)
    }
    expect(members.placeOf(SERVER)).toBe(0)
  })

  it('is not forgotten by one that is cut off itself, and then has the time to report again', () => {
    hear(MIDDLE, 0)
    hear(BEST, 0)
    members.expire(10 * LEASE_MS)
    hear(MIDDLE, 10 * LEASE_MS)
    members.expire(10 * LEASE_MS + 1_000)
    expect(members.placeOf(SERVER)).toBe(1)
    for (const passed of [2_000, 4_000, 6_000]) hear(MIDDLE, 10 * LEASE_MS + passed)
    members.expire(11 * LEASE_MS)
    expect(members.placeOf(SERVER)).toBe(0)
  })
})

describe('a worker that hears nothing of itself', () => {
  it.each([
    [4_500, 0],
    [4_501, 1],
  ])('for %i ms, which is cut off after three quarters of a lease, has %i before it', (silentMs, place) => {
    hear(BEST, 0)
    for (let now = 0; now <= 8_000; now += 2_000) hear(MIDDLE, now)
    members.expire(8_000 + silentMs)
    expect(members.placeOf(SERVER)).toBe(place)
  })
})

describe('a better worker', () => {
  it('is handed a server only after it has been there for the life of a lease, and while it has room', () => {
    hear(BEST, 1_000)
    hear(BEST, 5_000)
    expect(members.hasBetter(SERVER, LEASE_MS + 999)).toBe(false)
    expect(members.hasBetter(SERVER, LEASE_MS + 1_000)).toBe(true)
    hear(BEST, LEASE_MS + 2_000, { owned: 10 })
    expect(members.hasBetter(SERVER, LEASE_MS + 2_000)).toBe(false)
  })

  it('is one that ranks above this worker, and has not left', () => {
    hear(LAST, 0)
    expect(members.hasBetter(SERVER, LEASE_MS)).toBe(false)
    hear(BEST, 0)
    expect(members.hasBetter(SERVER, LEASE_MS)).toBe(true)
    hear(BEST, 1, { leaves: true })
    expect(members.hasBetter(SERVER, LEASE_MS)).toBe(false)
  })
})
