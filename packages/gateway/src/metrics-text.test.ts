import { AsyncRconClient } from '@bercon/client'
import { collectMetrics } from '@bercon/metrics'
import { Registry } from 'prom-client'
import { expect, it, onTestFinished } from 'vitest'
import { metricsText } from './metrics-text.js'

it('is the text that prom-client writes, also for names that must be escaped', async () => {
  const clients = new Map(['altis', 'a "b" \\ c\nd'].map((name) => [name, new AsyncRconClient()]))
  const servers = {
    names: [...clients.keys()],
    get: (name: string) => clients.get(name),
    listen: () => () => {},
  }
  const registry = new Registry()
  const own = metricsText(servers)
  onTestFinished(own.stop)
  onTestFinished(collectMetrics(servers, registry))
  const { contentType, text } = await own.read()
  expect(text).toBe(await registry.metrics())
  expect(contentType).toBe(registry.contentType)
  expect(text.split('\n').length).toBeGreaterThan(70)
})
