import { expect, it } from 'vitest'
import { MemoryBus } from '../memory/memory-bus.js'
import { MemoryLeases } from '../memory/memory-leases.js'
import { MemoryServerList } from '../memory/memory-server-list.js'
import { type FleetWorkerOptions, workerOptions } from './worker-options.js'

const parts: FleetWorkerOptions = {
  id: 'w1',
  bus: new MemoryBus(),
  leases: new MemoryLeases(),
  servers: new MemoryServerList(),
}
const METHODS = {
  bus: ['request', 'serve', 'publish', 'subscribe'],
  leases: ['take', 'renew', 'release', 'watch'],
  servers: ['watch', 'target'],
}

it('a worker has defaults for all but its parts and its name', () => {
  const { capacity, handoversPerSecond, loginGraceMs, maxLogins, retryDelayMs, prefix } = workerOptions(parts)
  expect([capacity, handoversPerSecond, loginGraceMs, maxLogins, retryDelayMs, prefix]).toEqual([
    1_000,
    5,
    60_000,
    64,
    5_000,
    'bercon',
  ])
})

it.each(
  Object.entries(METHODS).flatMap(([part, methods]) => methods.map((method) => [part, method] as const)),
)('a part that lacks a method is refused by name: %s, %s', (argument, missing) => {
  const others = METHODS[argument as keyof typeof METHODS].filter((method) => method !== missing)
  const part = Object.fromEntries(others.map((method) => [method, () => {}]))
  expect(() => workerOptions({ ...parts, [argument]: part })).toThrow(
    expect.objectContaining({ argument, message: expect.stringContaining(`no method ${missing}`) }),
  )
})

it('a name that is no token of a subject is refused by name', () => {
  for (const id of ['', 'a.b', '*'])
    expect(() => workerOptions({ ...parts, id })).toThrow(expect.objectContaining({ argument: 'id' }))
})

it.each(['capacity', 'handoversPerSecond', 'loginGraceMs', 'maxLogins', 'retryDelayMs'])(
  'a number that is out of range is refused by name: %s',
  (argument) => {
    for (const value of [0, -1, Number.NaN, '5'])
      expect(() => workerOptions({ ...parts, [argument]: value })).toThrow(
        expect.objectContaining({ code: 'invalid-argument', argument }),
      )
    expect(workerOptions({ ...parts, [argument]: 1 })).toMatchObject({ [argument]: 1 })
  },
)

it.each([
  ['capacity', false],
  ['maxLogins', false],
  ['handoversPerSecond', true],
])('%s may be a fraction: %s', (argument, isAllowed) => {
  const make = () => workerOptions({ ...parts, [argument]: 1.5 })
  if (isAllowed) expect(make()).toMatchObject({ [argument]: 1.5 })
  else expect(make).toThrow(expect.objectContaining({ argument }))
})

it.each(['arma3', 'dayz', 'reforger'] as const)('a connection is made for a server of %s', (game) => {
  const server = { name: 'altis', host: '192.0.2.1', port: 2306, game }
  expect(workerOptions(parts).connect(server).state).toBe('idle')
})
