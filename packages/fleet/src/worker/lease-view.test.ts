import { beforeEach, expect, it } from 'vitest'
import type { Lease } from '../leases.js'
import { LeaseView } from './lease-view.js'

let view: LeaseView

beforeEach(() => {
  view = new LeaseView()
})

const lease = (epoch: number, owner = 'w1'): Lease => ({ server: 'altis', owner, epoch })
const held = (epoch: number) => ({ type: 'held', lease: lease(epoch) }) as const
const free = { type: 'free', server: 'altis' } as const
const complete = { type: 'complete' } as const

it('takes no server for free before it has heard of all leases', () => {
  expect([view.isComplete, view.freeSince('altis')]).toEqual([false, Number.POSITIVE_INFINITY])
  view.follow(complete, 7)
  expect([view.isComplete, view.freeSince('altis'), view.leaseOf('altis')]).toEqual([true, 7, undefined])
})

it('knows who holds a server, and since when it is free', () => {
  view.follow(held(1), 1)
  view.follow(complete, 2)
  expect(view.leaseOf('altis')).toEqual(lease(1))
  view.follow(free, 30)
  expect([view.leaseOf('altis'), view.freeSince('altis')]).toEqual([undefined, 30])
  view.follow(held(2), 40)
  expect(view.leaseOf('altis')).toEqual(lease(2))
  view.follow(free, 50)
  expect(view.freeSince('altis')).toBe(50)
})

it('forgets since when a server was free once it is held', () => {
  view.follow(held(1), 1)
  view.follow(complete, 2)
  view.follow(free, 30)
  view.follow(held(2), 40)
  expect(view.freeSince('altis')).toBe(2)
})

it('counts a server as free since the beginning if it hears of the end of a lease that it never knew', () => {
  view.follow(complete, 2)
  view.follow(free, 30)
  expect(view.freeSince('altis')).toBe(2)
})

it('does not begin again when a watch that broke is complete again', () => {
  view.follow(complete, 2)
  view.follow(complete, 90)
  expect(view.freeSince('altis')).toBe(2)
})
