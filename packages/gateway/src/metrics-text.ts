import { collectMetrics, type MeteredServers } from '@bercon/metrics'
import { Registry } from 'prom-client'

/** The metrics of a pool as text, until `stop`. */
export interface MetricsText {
  read(): Promise<{ readonly contentType: string; readonly text: string }>
  stop(): void
}

type Labels = Readonly<Record<string, string | number>>

/** A metric as `@bercon/metrics` describes it. */
interface Described {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly values: readonly {
    readonly value: number
    readonly labels: Labels
    readonly sharedLabels: Labels
    readonly metricName?: string
  }[]
}

/**
 * Measures a pool in a registry of its own. The text is written here: prom-client formats the labels of each line anew,
 * and a scrape of 200 servers has 8,000 lines, during which the gateway does nothing else.
 */
export function metricsText(pool: MeteredServers): MetricsText {
  const registry = new Registry()
  const stop = collectMetrics(pool, registry)
  const metrics = registry.getMetricsAsArray() as readonly unknown[] as readonly {
    getForPromString(): Promise<Described>
  }[]
  return {
    read: async () => {
      const described = await Promise.all(metrics.map((metric) => metric.getForPromString()))
      return { contentType: registry.contentType, text: `${described.map(textOf).join('\n\n')}\n` }
    },
    stop,
  }
}

/** In the text format of Prometheus, version 0.0.4. */
function textOf({ name, help, type, values }: Described): string {
  let text = `# HELP ${name} ${help}\n# TYPE ${name} ${type}`
  for (const { value, labels, sharedLabels, metricName = name } of values) {
    const own = labelText(labels)
    text += `\n${metricName}{${own}${own === '' ? '' : ','}${labelText(sharedLabels)}} ${value}`
  }
  return text
}

// A server has one object of labels, and so has each outcome, type and bucket.
const labelTexts = new WeakMap<Labels, string>()

function labelText(labels: Labels): string {
  const known = labelTexts.get(labels)
  if (known !== undefined) return known
  const text = Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(',')
  labelTexts.set(labels, text)
  return text
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
}
