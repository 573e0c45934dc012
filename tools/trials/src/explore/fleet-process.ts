import type { ClientClock } from '@bercon/core'
import type { Bus, BusReply, Leases, MemoryBus, MemoryLeases } from '@bercon/fleet'
import { History } from './history.js'
import type { StepClock } from './step-clock.js'

// How long a text takes each way.
const HOP_MS = 5

type Act = () => void

/** A process of a fleet: its clock can drift, it can hang and crash, and its network can lose texts or hold them back. */
export class FleetProcess {
  readonly name: string
  readonly clock: ClientClock
  readonly history: History = new History()
  readonly #world: StepClock
  state: 'running' | 'hung' | 'crashed' = 'running'
  #network: 'whole' | 'cut' | 'held' = 'whole'
  // Inputs of a process that hangs, timers behind them.
  #inputs: Act[] = []
  #rung: Act[] = []
  #held: Act[] = []
  // What is repeated until it has arrived.
  #backlog: Act[] = []
  #missed = 0
  readonly #stops: Act[] = []

  /** @param pace How many of its seconds pass in one. */
  constructor(name: string, world: StepClock, pace: number) {
    this.name = name
    this.#world = world
    this.clock = {
      now: () => world.now() * pace,
      wallNow: () => world.wallNow(),
      setTimer: (callback, delayMs) => {
        let state: 'set' | 'over' = 'set'
        const ring = () => {
          if (state === 'set') callback()
          state = 'over'
        }
        const cancel = world.setTimer(() => this.#enter(ring, this.#rung), delayMs / pace)
        return () => {
          state = 'over'
          cancel()
        }
      },
    }
  }

  get network(): 'whole' | 'cut' | 'held' {
    return this.#network
  }

  hang(): void {
    this.state = 'hung'
  }

  /** Whether anything waits since it hangs: if not, it may as well not have hung. */
  get hasWaiting(): boolean {
    return this.#inputs.length + this.#rung.length > 0
  }

  /** Whether any text was lost or held back since its network has trouble. */
  get hasMissed(): boolean {
    return this.#missed > 0
  }

  /** Has trouble, is looked at, and is as before. No time passes. */
  glimpsed<T>(trouble: 'hang' | 'cut' | 'hold', look: () => T): T {
    const [state, network, hash] = [this.state, this.#network, this.history.hash]
    this.history.add(this.#world.now(), trouble)
    this[trouble]()
    const seen = look()
    this.state = state
    this.#network = network
    this.history.restore(hash)
    return seen
  }

  /** Handles what came meanwhile: what others sent before its own timers, which is the harder order. */
  resume(): void {
    if (this.state !== 'hung') return
    this.state = 'running'
    const waiting = [...this.#inputs, ...this.#rung]
    this.#inputs = []
    this.#rung = []
    for (const act of waiting) act()
  }

  crash(): void {
    this.state = 'crashed'
    for (const stop of this.#stops) stop()
  }

  cut(): void {
    this.#network = 'cut'
  }

  hold(): void {
    this.#network = 'held'
  }

  heal(): void {
    this.#network = 'whole'
    const waiting = [...this.#backlog, ...this.#held]
    this.#backlog = []
    this.#held = []
    this.#missed = 0
    for (const act of waiting) act()
  }

  /** Something comes in, such as an event of a game. */
  receive(what: string, act: Act): void {
    this.#enter(() => {
      this.history.add(this.#world.now(), what)
      act()
    }, this.#inputs)
  }

  /** To what all share. */
  up(act: Act): void {
    if (this.state === 'running') this.#pass(act)
  }

  /** From there. */
  down(what: string, act: Act): void {
    this.#pass(() => this.receive(what, act))
  }

  /** From there, by something that repeats what was lost. */
  surely(what: string, act: Act): void {
    const arrive = () => this.down(what, act)
    if (this.#network === 'cut') {
      this.#missed++
      this.#backlog.push(arrive)
    } else arrive()
  }

  untilCrash(stop: Act): Act {
    this.#stops.push(stop)
    return stop
  }

  #pass(act: Act): void {
    this.#world.setTimer(() => {
      if (this.#network === 'whole') act()
      else this.#missed++
      if (this.#network === 'held') this.#held.push(act)
    }, HOP_MS)
  }

  #enter(act: Act, waiting: Act[]): void {
    if (this.state === 'running') act()
    if (this.state === 'hung') waiting.push(act)
  }
}

/** A process's end of the bus. */
export function busOf(process: FleetProcess, hub: MemoryBus): Bus {
  return {
    request: (subject, text, { timeoutMs, signal }) =>
      new Promise<BusReply>((resolve) => {
        const end = (reply: BusReply) => {
          cancel()
          resolve(reply)
        }
        const silence = () => end({ type: 'silence' })
        const cancel = process.clock.setTimer(silence, timeoutMs)
        signal?.addEventListener('abort', silence)
        process.up(() => {
          void hub
            .request(subject, text, { timeoutMs: timeoutMs * 2 })
            .then((reply) => process.down(JSON.stringify(reply), () => end(reply)))
        })
      }),
    serve: (subject, answer) =>
      process.untilCrash(
        hub.serve(
          subject,
          (message) =>
            new Promise((resolve) => {
              process.down(message.text, () => {
                void answer(message).then((reply) => {
                  if (reply !== undefined) process.up(() => resolve(reply))
                })
              })
            }),
        ),
      ),
    publish: (subject, text) => {
      process.up(() => hub.publish(subject, text))
      return true
    },
    subscribe: (subject, listener) =>
      process.untilCrash(
        hub.subscribe(subject, (message) => process.down(message.text, () => listener(message))),
      ),
  }
}

/** A process's way to the leases. */
export function leasesOf(process: FleetProcess, store: MemoryLeases): Leases {
  const call = <T>(act: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      const cancel = process.clock.setTimer(() => reject(new Error('no answer')), store.leaseMs / 6)
      process.up(() => {
        void act().then((value) =>
          process.down(JSON.stringify(value ?? null), () => {
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
    watch: (listener) =>
      process.untilCrash(
        store.watch((change) => process.surely(JSON.stringify(change), () => listener(change))),
      ),
  }
}
