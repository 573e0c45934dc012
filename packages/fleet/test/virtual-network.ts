import type { VirtualClock } from '@bercon/core/testing'
import type { Bus, BusReply } from '../src/bus.js'
import type { Leases } from '../src/leases.js'
import type { MemoryBus } from '../src/memory/memory-bus.js'
import type { MemoryLeases } from '../src/memory/memory-leases.js'
import type { VirtualProcess } from './virtual-process.js'

/** Between the processes and what they share: it delays, loses, and cuts single processes off. */
export class VirtualNetwork {
  loss = 0
  maxDelayMs = 20
  readonly #world: VirtualClock
  readonly #random: () => number
  readonly #cut = new Set<VirtualProcess>()
  readonly #lastAt = new Map<VirtualProcess, number>()
  readonly #backlog = new Map<VirtualProcess, (() => void)[]>()

  constructor(world: VirtualClock, random: () => number) {
    this.#world = world
    this.#random = random
  }

  cutOff(process: VirtualProcess): void {
    this.#cut.add(process)
  }

  heal(process: VirtualProcess): void {
    this.#cut.delete(process)
    const waiting = this.#backlog.get(process) ?? []
    this.#backlog.delete(process)
    for (const deliver of waiting) this.#later(process, () => process.receive(deliver))
  }

  /** From a process to what is shared. */
  up(process: VirtualProcess, deliver: () => void): void {
    if (process.state === 'running') this.#pass(process, deliver)
  }

  /** To a process. */
  down(process: VirtualProcess, deliver: () => void): void {
    this.#pass(process, () => process.receive(deliver))
  }

  /** To a process, by something that repeats what was lost. */
  surely(process: VirtualProcess, deliver: () => void): void {
    if (this.#cut.has(process)) this.#backlog.set(process, [...(this.#backlog.get(process) ?? []), deliver])
    else this.#later(process, () => process.receive(deliver))
  }

  #pass(process: VirtualProcess, deliver: () => void): void {
    if (this.#cut.has(process) || this.#random() < this.loss) return
    this.#later(process, () => {
      if (!this.#cut.has(process)) deliver()
    })
  }

  /** In order, as over TCP. */
  #later(process: VirtualProcess, deliver: () => void): void {
    const now = this.#world.now()
    const at = Math.max(this.#lastAt.get(process) ?? 0, now + this.#random() * this.maxDelayMs)
    this.#lastAt.set(process, at)
    this.#world.setTimer(deliver, at - now)
  }
}

/** A process's end of the bus. */
export function busOf(process: VirtualProcess, hub: MemoryBus, network: VirtualNetwork): Bus {
  const untilCrash = (stop: () => void) => {
    process.onCrash(stop)
    return stop
  }
  return {
    request: (subject, text, { timeoutMs, signal }) =>
      new Promise<BusReply>((resolve) => {
        const end = (reply: BusReply) => {
          cancel()
          resolve(reply)
        }
        const cancel = process.clock.setTimer(() => end({ type: 'silence' }), timeoutMs)
        signal?.addEventListener('abort', () => end({ type: 'silence' }))
        network.up(process, () => {
          void hub
            .request(subject, text, { timeoutMs: timeoutMs * 2 })
            .then((reply) => network.down(process, () => end(reply)))
        })
      }),
    serve: (subject, answer) =>
      untilCrash(
        hub.serve(
          subject,
          (message) =>
            new Promise((resolve) => {
              network.down(process, async () => {
                const reply = await answer(message)
                if (reply !== undefined) network.up(process, () => resolve(reply))
              })
            }),
        ),
      ),
    publish: (subject, text) => {
      network.up(process, () => hub.publish(subject, text))
      return true
    },
    subscribe: (subject, listener) =>
      untilCrash(hub.subscribe(subject, (message) => network.down(process, () => listener(message)))),
  }
}

/** A process's way to the leases. */
export function leasesOf(process: VirtualProcess, store: MemoryLeases, network: VirtualNetwork): Leases {
  const call = <T>(act: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      const cancel = process.clock.setTimer(() => reject(new Error('no answer')), store.leaseMs / 6)
      network.up(process, () => {
        void act().then((value) =>
          network.down(process, () => {
            cancel()
            resolve(value)
          }),
        )
      })
    })
  return {
    leaseMs: store.leaseMs,
    take: (server, owner) => call(() => store.take(server, owner)),
    renew: (lease) => call(() => store.renew(lease)),
    release: (lease) => call(() => store.release(lease)),
    watch: (listener) => {
      const stop = store.watch((change) => network.surely(process, () => listener(change)))
      process.onCrash(stop)
      return stop
    },
  }
}
