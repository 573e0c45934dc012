import { CommandTimeoutError, RateLimitedError } from '@bercon/core'
import { NEVER, type Observable, of, throwError, VirtualTimeScheduler } from 'rxjs'
import { expect, it } from 'vitest'
import { type ImportPlan, planImport } from './bans-import.js'
import { carryOut, type ImportProgress } from './import-run.js'
import type { BanRow, Moderation } from './moderation.js'

const MINUTE_MS = 60_000
const targetOf = (index: number) => index.toString(16).padStart(32, '0')
const noReply = () =>
  new CommandTimeoutError({ command: 'addBan', attempts: 1, elapsedMs: 10_000, outcome: 'unknown' })
const fails = (error: unknown) => throwError(() => error)
const rowOf = (target: string): BanRow => ({
  target,
  name: undefined,
  reason: '',
  minutesLeft: null,
  lift: () => NEVER,
})

type AddBan = (target: string, minutes: number | undefined) => Observable<unknown>

/** A server in virtual time, with what it was sent and what it has. */
function scene(plan: ImportPlan, addBan: (scene: { now: number; add: () => void }) => Observable<unknown>) {
  const scheduler = new VirtualTimeScheduler(undefined, 0)
  scheduler.maxFrames = Number.POSITIVE_INFINITY
  const sent: { target: string; minutes: number | undefined; at: number }[] = []
  const has: string[] = []
  const lists: Observable<readonly BanRow[]>[] = []
  const ban: AddBan = (target, minutes) => {
    sent.push({ target, minutes, at: scheduler.now() })
    return addBan({ now: scheduler.now(), add: () => has.push(target) })
  }
  const fetchBans = () => lists.shift() ?? of(has.map(rowOf))
  const moderation = { ban, fetchBans } as unknown as Moderation
  const progress: ImportProgress[] = []
  const start = () => carryOut(plan, moderation, scheduler).subscribe((now) => progress.push(now))
  const run = () => {
    start()
    scheduler.flush()
  }
  return { sent, has, lists, progress, scheduler, start, run }
}

function planOf(count: number): ImportPlan {
  const text = Array.from({ length: count }, (_, index) => `${targetOf(index)} -1 many`).join('\n')
  return planImport(text, [], 0)
}

/** A gateway with a limit of commands in any minute. */
function limit(perMinute: number) {
  const times: number[] = []
  return ({ now, add }: { now: number; add: () => void }) => {
    const recent = times.filter((at) => now - at < MINUTE_MS)
    const [oldest = now] = recent.slice(-perMinute)
    if (recent.length >= perMinute)
      return fails(new RateLimitedError({ command: 'addBan', retryAfterMs: oldest + MINUTE_MS - now }))
    times.push(now)
    add()
    return of(undefined)
  }
}

it('waits beyond the limit of the role as long as the gateway says, and adds every ban once', () => {
  const { has, progress, run, scheduler } = scene(planOf(250), limit(60))
  run()
  expect(has.toSorted()).toEqual(Array.from({ length: 250 }, (_, index) => targetOf(index)))
  expect(progress.at(-1)).toEqual({ done: 250, failures: [], pause: undefined })
  expect(scheduler.now()).toBe(4 * MINUTE_MS)
  const pauses = progress.flatMap(({ pause }) => (pause?.type === 'limit' ? [pause.until] : []))
  expect([...new Set(pauses)]).toEqual([1, 2, 3, 4].map((minute) => minute * MINUTE_MS))
})

it('goes on after a ban that fails, and sends the minutes that are left when its turn comes', () => {
  const file = [`${targetOf(1)} -1 bad`, `${targetOf(2)} 120 two minutes`, `${targetOf(3)} 30 half a minute`]
  const refuse = limit(1)
  const { sent, progress, run } = scene(planImport(file.join('\n'), [], 0), (call) => {
    if (sent.length === 1) refuse(call)
    return sent.length === 1 ? fails(new Error('no')) : refuse(call)
  })
  run()
  expect(sent.filter(({ at }) => at > 0).map(({ target, minutes }) => [target, minutes])).toEqual([
    [targetOf(2), 1],
  ])
  expect(progress.at(-1)).toEqual({ done: 3, failures: [`${targetOf(1)}: no.`], pause: undefined })
})

it('looks for bans that were not answered in the list, and sends only those again that are not there', () => {
  let calls = 0
  const { sent, has, lists, progress, run } = scene(planOf(4), ({ add }) => {
    calls++
    // The first arrives, but its answer does not; the second is lost.
    if (calls === 1) add()
    if (calls <= 2) return fails(noReply())
    add()
    return of(undefined)
  })
  lists.push(fails(noReply()))
  run()
  expect(has.toSorted()).toEqual([0, 1, 2, 3].map(targetOf))
  expect(sent.map(({ target }) => target)).toEqual([0, 1, 2, 3, 1].map(targetOf))
  expect(progress.some(({ pause }) => pause?.type === 'check' && pause.open === 2)).toBe(true)
  expect(progress.at(-1)).toEqual({ done: 4, failures: [], pause: undefined })
})

it('gives up a ban that is never answered and never in the list', () => {
  const { sent, progress, run } = scene(planOf(1), () => fails(noReply()))
  run()
  expect(sent.length).toBe(3)
  expect(progress.at(-1)).toMatchObject({
    done: 1,
    failures: [`${targetOf(0)}: the server did not answer.`],
  })
})

it('says that a ban was not answered where the list cannot be read', () => {
  const { lists, progress, run } = scene(planOf(1), () => fails(noReply()))
  lists.push(fails(new Error('no more')))
  run()
  expect(progress.at(-1)?.failures).toEqual([
    `${targetOf(0)}: the server did not answer, and its list cannot be read: no more.`,
  ])
})

it('sends nothing after it was stopped', () => {
  const { sent, start, scheduler } = scene(planOf(100), limit(10))
  const running = start()
  const before = sent.length
  running.unsubscribe()
  scheduler.flush()
  expect([before > 10, sent.length]).toEqual([true, before])
})
