import { FleetDirectory } from '@bercon/fleet'
import type { NatsFleet } from '@bercon/fleet/nats'

/** What became of the commands of a user. */
export interface Endings {
  readonly outcomes: Readonly<Record<string, number>>
  readonly answered: ReadonlySet<string>
  readonly notSent: ReadonlySet<string>
  /** Of commands that settled after their deadline, in ms. */
  readonly late: readonly number[]
}

const TIMEOUT_MS = 10_000
// A busy process is late by itself.
const TOLERANCE_MS = 1_000

/** A user of the fleet, who sends commands to all servers in turn, and listens to all of them. */
export class FleetUser {
  readonly directory: FleetDirectory
  readonly #outcomes: Record<string, number> = {}
  readonly #answered = new Set<string>()
  readonly #notSent = new Set<string>()
  readonly #late: number[] = []
  readonly #heard = new Set<string>()
  readonly #pending = new Set<Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #total = 0
  asked = 0
  twice = 0
  connects = 0

  constructor({ bus, servers }: NatsFleet) {
    this.directory = new FleetDirectory({ bus, servers, user: 'soak' })
    this.directory.listen('message', ({ server, event }) => {
      const line = `${server} ${event.text}`
      if (event.text.startsWith('soak line') && this.#heard.has(line)) this.twice++
      this.#heard.add(line)
    })
    this.directory.listen('connect', () => {
      this.connects++
    })
  }

  get heard(): number {
    return this.#heard.size
  }

  get isEverythingUp(): boolean {
    return this.directory.names.every((name) => this.directory.get(name)?.isConnected())
  }

  /** Sends so many commands a second from now on, until so many have been sent. */
  begin(perSecond: number, total: number): void {
    this.#total = total
    const { names } = this.directory
    const begun = performance.now()
    this.#timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * perSecond))
      while (this.asked < due) this.#send(names[this.asked % names.length] ?? '')
      if (this.asked >= total) clearInterval(this.#timer)
    }, 10)
  }

  async settled(): Promise<Endings> {
    while (this.asked < this.#total || this.#pending.size > 0) {
      await Promise.all(this.#pending)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return { outcomes: this.#outcomes, answered: this.#answered, notSent: this.#notSent, late: this.#late }
  }

  /** Asks every server again and again until it answers; returns how long each took, in ms. */
  async untilAnswered(names: readonly string[]): Promise<readonly number[]> {
    const begun = performance.now()
    return Promise.all(
      names.map(async (name) => {
        for (;;) {
          try {
            await this.directory.get(name)?.sendCommand('version', { timeoutMs: 1_000 })
            return performance.now() - begun
          } catch {
            // Until it does.
          }
        }
      }),
    )
  }

  ownedBy(worker: string): readonly string[] {
    return this.directory.names.filter((name) => this.directory.ownerOf(name)?.worker === worker)
  }

  #send(server: string): void {
    const command = `#soak ${this.asked++}`
    const begun = performance.now()
    const ended = (outcome: string) => {
      this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1
      if (outcome === 'answered') this.#answered.add(command)
      if (outcome === 'not-sent') this.#notSent.add(command)
      const late = performance.now() - begun - TIMEOUT_MS
      if (late > TOLERANCE_MS) this.#late.push(late)
    }
    const sent = this.directory.get(server)?.sendCommand(command, { timeoutMs: TIMEOUT_MS })
    const settled = (sent ?? Promise.reject(new Error('unknown'))).then(
      () => ended('answered'),
      (error: { readonly outcome?: string; readonly code?: string }) =>
        ended(error.outcome ?? error.code ?? 'error'),
    )
    this.#pending.add(settled)
    void settled.then(() => this.#pending.delete(settled))
  }
}
