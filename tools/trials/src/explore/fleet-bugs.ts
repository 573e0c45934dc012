import type { Leases } from '@bercon/fleet'
import type { FleetParts } from './fleet-workers.js'
import { type FleetChoice, FleetWorld } from './fleet-world.js'
import type { SeededBug } from './world.js'

const LIMITS = { hangs: 0, crashes: 0, cuts: 1, holds: 0, starts: 0, commands: [false], messages: 1 }

/** Bugs of a fleet. */
export const FLEET_BUGS: readonly SeededBug<FleetChoice>[] = [
  fleetBug('the clock of a worker goes at 60 % of its speed', 'A server of a fleet has one owner', {
    paces: [0.6, 1],
  }),
  fleetBug('a worker takes a lease only if nobody has had it', 'A server of a fleet that lost its owner', {
    leases: (leases) => ({ ...bound(leases), take: takenOnce(leases) }),
  }),
]

function bound(leases: Leases): Leases {
  return {
    leaseMs: leases.leaseMs,
    take: (...given) => leases.take(...given),
    renew: (...given) => leases.renew(...given),
    release: (...given) => leases.release(...given),
    watch: (...given) => leases.watch(...given),
  }
}

function takenOnce(leases: Leases): Leases['take'] {
  return async (server, owner) => {
    const lease = await leases.take(server, owner)
    if (lease === undefined || lease.epoch === 1) return lease
    await leases.release(lease)
    return undefined
  }
}

function fleetBug(bug: string, breaks: string, parts: Partial<FleetParts>): SeededBug<FleetChoice> {
  return { bug, breaks, newWorld: () => FleetWorld.begin(LIMITS, parts) }
}
