import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { createApp } from './http-app.js'
import { openApi } from './openapi.js'
import { PROBLEMS } from './problem.js'

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Route>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

interface Route {
  readonly operationId: string
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

const described = openApi as unknown as Described
const routes = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([method]) => method !== 'parameters')
    .map(([method, route]) => ({ name: `${method} ${path}`, route })),
)

describe('the description of the API', () => {
  it('is good OpenAPI', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(openApi))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
  })

  it('notices what is not, or the test above could not fail', async () => {
    const { valid } = await new Validator().validate({
      ...openApi,
      paths: { '/x': { get: { responses: 5 } } },
    })
    expect(valid).toBe(false)
  })

  it('describes every route that there is, and no other', () => {
    // No request is made, so the routes need no parts.
    const served = createApp({} as never).routes.filter(
      ({ method, path }) => method !== 'ALL' && path !== '/*',
    )
    const names = served.map(
      ({ method, path }) => `${method.toLowerCase()} ${path.replace(':name', '{name}')}`,
    )
    // A WebSocket begins below Hono.
    names.push('get /api/servers/{name}/connection')
    expect(routes.map(({ name }) => name).sort()).toEqual([...new Set(names)].sort())
  })

  it('has a name of its own for each route, and refers only to what it has', () => {
    const names = routes.map(({ route }) => route.operationId)
    expect(new Set(names).size).toBe(names.length)
    const references = [...JSON.stringify(openApi).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    expect(references.length).toBeGreaterThan(10)
    for (const [, name = ''] of references) expect(described.components.schemas).toHaveProperty(name)
  })

  it('names every code of a problem at the status that the problem has', () => {
    const named = routes.flatMap(({ route }) =>
      Object.entries(route.responses).flatMap(([status, { description }]) =>
        [...description.matchAll(/[a-z]+(?:-[a-z]+)*(?=,|$)/g)].map(
          ([code]) => [code, Number(status)] as const,
        ),
      ),
    )
    const problems = new Map(Object.entries(PROBLEMS).map(([code, [status]]) => [code, status]))
    const wrong = named.filter(([code, status]) => problems.has(code) && problems.get(code) !== status)
    expect(wrong).toEqual([])
    expect([...problems.keys()].filter((code) => !named.some(([name]) => name === code))).toEqual([])
  })
})
