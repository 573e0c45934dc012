// @ts-nocheck
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AsyncRconClient } from '@bercon/client'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { collectMetrics } from './collect-metrics.js'

interface Family {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly labels: ReadonlySet<string>
}

const registry = new Registry()
const stop = collectMetrics(new AsyncRconClient(), registry)
const text = await registry.metrics()
stop()
const families = text.split(/\n\n/).map(familyOf)

function familyOf(block: string): Family {
  const [, name = '', help = ''] = /^# HELP (\S+) (.+)$/m.exec(block) ?? []
  const [, type = ''] = /^# TYPE \S+ (\S+)$/m.exec(block) ?? []
  return { name, help, type, labels: new Set([...block.matchAll(/(\w+)="/g)].map(([, label = '']) => label)) }
}

/** Runs promtool where it is installed; it prints what it finds fault with. */
function promtool(args: readonly string[], input = ''): string {
  const { error, status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' })
  return error !== undefined || status === 0 ? '' : stdout + stderr
}

describe('the conventions of Prometheus', () => {
  it.each(families)('hold for $name', ({ name, help, type, labels }) => {
    expect(name).toMatch(/^bercon_[a-z]+(?:_[a-z]+)*$/)
    expect(help).toMatch(/^[A-Z].*\.$/)
    expect(name.endsWith('_total')).toBe(type === 'counter')
    if (type === 'histogram') expect(name).toMatch(/_(?:seconds|bytes)$/)
    else expect(name).not.toMatch(/_(?:bucket|count|sum|milliseconds|ms)$/)
    expect(labels).toContain('server')
  })

  it('hold for the linter of promtool, where that is installed', () => {
    expect(promtool(['check', 'metrics'], text)).toBe('')
  })
})

interface Dashboard {
  readonly panels: readonly {
    readonly title: string
    readonly targets: readonly { readonly expr: string }[]
  }[]
  readonly templating: { readonly list: readonly { readonly definition?: string }[] }
}

describe('the dashboard', () => {
  const path = new URL('../dashboard/bercon.json', import.meta.url)
  const { panels, templating } = JSON.parse(readFileSync(path, 'utf8')) as Dashboard
  const queries = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })))
  const definitions = templating.list.flatMap(({ definition }) => definition ?? [])
  const named = (expr: string) => [...expr.matchAll(/\bbercon_\w+/g)].map(([name]) => name)

  it.each(queries)('names metrics and labels that exist: $title, $expr', ({ expr }) => {
    expect(named(expr)).not.toEqual([])
    for (const name of named(expr)) {
      const family = families.find((each) => each.name === name.replace(/_bucket$/, ''))
      expect(family?.type, name).toBe(name.endsWith('_bucket') ? 'histogram' : family?.type)
      expect(family, name).toBeDefined()
      const lists = [...expr.matchAll(/\{([^}]*)\}|by \(([^)]*)\)/g)].map(([, braces, by]) => braces ?? by)
      const labels = lists.flatMap((list = '') => list.split(',').map((each) => /\w+/.exec(each)?.[0]))
      for (const label of labels) expect([...(family?.labels ?? []), 'le']).toContain(label)
    }
  })

  it('shows every metric', () => {
    const shown = new Set(
      queries.flatMap(({ expr }) => named(expr)).map((name) => name.replace(/_bucket$/, '')),
    )
    expect([...shown].sort()).toEqual(families.map(({ name }) => name).sort())
  })

  it('lets the user choose among the servers', () => {
    expect(definitions).toEqual(['label_values(bercon_connected, server)'])
  })

  it('holds queries that promtool can parse, where that is installed', () => {
    const rules = queries.map(
      ({ expr }, index) =>
        `  - record: query:${index}\n    expr: ${JSON.stringify(expr.replaceAll(/\$__(?:rate_interval|range)/g, '5m'))}\n`,
    )
    const folder = mkdtempSync(join(tmpdir(), 'rules-'))
    const file = join(folder, 'rules.yml')
    writeFileSync(file, `groups:\n- name: dashboard\n  rules:\n${rules.join('')}`)
    expect(promtool(['check', 'rules', file])).toBe('')
    rmSync(folder, { recursive: true })
  })
})
