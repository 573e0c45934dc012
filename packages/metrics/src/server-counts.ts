import { type CommandOutcome, MESSAGE_EVENTS } from '@bercon/client'
import type { Sample } from './family.js'

const OUTCOMES: readonly CommandOutcome[] = ['answered', 'refused', 'not-sent', 'unknown', 'executed']

// From a server in the same rack to the deadline of a command that may be sent again.
const ROUND_TRIP_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

const OUTCOME_LABELS = OUTCOMES.map((outcome) => ({ outcome }))
const TYPE_LABELS = MESSAGE_EVENTS.map((type) => ({ type }))
const BUCKET_LABELS = [...ROUND_TRIP_BUCKETS, '+Inf'].map((le) => ({ le }))
const NO_LABELS = {}

/** What was counted of one server; it begins at zero, so that rates see the first command. */
export class ServerCounts {
  readonly labels: { readonly server: string }
  readonly #outcomes = new Map<CommandOutcome, number>()
  readonly #messages = new Map<string, number>()
  // By the first bucket that holds it.
  readonly #roundTrips: number[] = BUCKET_LABELS.map(() => 0)
  #roundTripSum = 0

  constructor(server: string) {
    this.labels = { server }
  }

  /** Sets everything to zero. */
  clear(): void {
    this.#outcomes.clear()
    this.#messages.clear()
    this.#roundTrips.fill(0)
    this.#roundTripSum = 0
  }

  countMessage(type: string): void {
    this.#messages.set(type, (this.#messages.get(type) ?? 0) + 1)
  }

  countCommand(outcome: CommandOutcome, elapsedMs: number): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1)
    if (outcome !== 'answered' && outcome !== 'refused') return
    const seconds = elapsedMs / 1_000
    this.#roundTripSum += seconds
    const found = ROUND_TRIP_BUCKETS.findIndex((bound) => seconds <= bound)
    const bucket = found < 0 ? ROUND_TRIP_BUCKETS.length : found
    this.#roundTrips[bucket] = (this.#roundTrips[bucket] ?? 0) + 1
  }

  /** A value of this server. */
  sample(value: number, labels: Sample['labels'] = NO_LABELS): Sample {
    return { value, labels, sharedLabels: this.labels }
  }

  commands(): readonly Sample[] {
    return OUTCOME_LABELS.map((labels) => this.sample(this.#outcomes.get(labels.outcome) ?? 0, labels))
  }

  messages(): readonly Sample[] {
    return TYPE_LABELS.map((labels) => this.sample(this.#messages.get(labels.type) ?? 0, labels))
  }

  /** As the series of a histogram: each bucket holds those before it. */
  roundTrips(name: string): readonly Sample[] {
    const bucketName = `${name}_bucket`
    let count = 0
    const buckets = BUCKET_LABELS.map((labels, index) => {
      count += this.#roundTrips[index] ?? 0
      return { value: count, labels, sharedLabels: this.labels, metricName: bucketName }
    })
    return [
      ...buckets,
      { ...this.sample(this.#roundTripSum), metricName: `${name}_sum` },
      { ...this.sample(count), metricName: `${name}_count` },
    ]
  }
}
