import type { Metric } from 'prom-client'

type Labels = Readonly<Record<string, string | number>>

/** One value of a metric, as prom-client writes it. */
export interface Sample {
  readonly value: number
  /** The labels beside the server's. */
  readonly labels: Labels
  /** The server's. There is one object for each server, because prom-client formats an object once. */
  readonly sharedLabels: Labels
  /** For the series of a histogram. */
  readonly metricName?: string
}

/** What a family is made of. */
export interface FamilyParts {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** Is called at each scrape. */
  readonly collect: () => Iterable<readonly Sample[]>
  /** Sets what was counted to zero. */
  readonly reset?: () => void
}

/**
 * A metric whose values are counted elsewhere: counting is an addition, and a scrape reads the sums. Those of prom-client
 * look up every value by its labels, at each count and several times at each scrape.
 */
export class Family {
  /** A registry in the format of OpenMetrics changes it. */
  name: string
  readonly help: string
  readonly type: FamilyParts['type']
  readonly aggregator = 'sum'
  readonly #parts: FamilyParts

  constructor(parts: FamilyParts) {
    this.name = parts.name
    this.help = parts.help
    this.type = parts.type
    this.#parts = parts
  }

  /** As prom-client knows metrics: it calls the methods below. */
  get metric(): Metric {
    return this as unknown as Metric
  }

  /** The values with all their labels. */
  async get(): Promise<object> {
    const values = this.#values().map(({ sharedLabels, labels, ...sample }) => ({
      ...sample,
      labels: { ...sharedLabels, ...labels },
    }))
    return this.#described(values)
  }

  /** The values for text, which has the labels of a server from one object. */
  async getForPromString(): Promise<object> {
    return this.#described(this.#values())
  }

  reset(): void {
    this.#parts.reset?.()
  }

  #values(): readonly Sample[] {
    const values: Sample[] = []
    for (const samples of this.#parts.collect()) for (const sample of samples) values.push(sample)
    return values
  }

  #described(values: readonly object[]): object {
    const { name, help, type, aggregator } = this
    return { name, help, type, aggregator, values }
  }
}
