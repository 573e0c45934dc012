import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { problemOf, Refused } from './problem.js'
import { checkFields, readObject, textField } from './request-body.js'

const app = new Hono()
app.post('/', async (context) => context.json(await readObject(context)))
app.onError((error) => problemOf(error).response)

function post(body: string | ReadableStream | null, contentType: string | undefined = 'application/json') {
  const headers = contentType === undefined ? undefined : { 'content-type': contentType }
  const init = { method: 'POST', body, headers, ...(body instanceof ReadableStream && { duplex: 'half' }) }
  return app.request(new Request('http://gateway.example/', init as RequestInit))
}

const jsonOf = (bytes: number) => JSON.stringify({ a: 'x'.repeat(bytes - 8) })
const NO_JSON = 'The body must be JSON, with content-type: application/json'
const NO_OBJECT = 'The body must be one JSON object'

it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
  'reads an object that comes as %s, in any number of pieces',
  async (contentType) => {
    expect(await (await post('{"a":"ä"}', contentType)).json()).toEqual({ a: 'ä' })
    const bytes = new TextEncoder().encode('{"a":"ä"}')
    const pieces = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await (await post(pieces, contentType)).json()).toEqual({ a: 'ä' })
  },
)

it.each([
  ['{"a":1}', 'text/plain', 400, NO_JSON],
  ['{"a":1}', 'application/jsonp', 400, NO_JSON],
  ['{"a":1}', 'text/application/json', 400, NO_JSON],
  ['{"a":1}', '', 400, NO_JSON],
  ['{', undefined, 400, NO_OBJECT],
  ['[]', undefined, 400, NO_OBJECT],
  ['null', undefined, 400, NO_OBJECT],
  ['5', undefined, 400, NO_OBJECT],
  ['"a"', undefined, 400, NO_OBJECT],
  ['', undefined, 400, NO_OBJECT],
  [null, undefined, 400, NO_OBJECT],
  [jsonOf(16_385), undefined, 413, 'The body must have at most 16384 bytes'],
])('refuses the body %.20s as %j with %d', async (body, contentType, status, detail) => {
  const response = await post(body, contentType)
  expect(await response.json()).toMatchObject({ status, detail })
})

it('reads as many bytes as a body may have', async () => {
  expect((await post(jsonOf(16_384))).status).toBe(200)
})

it('refuses a body whose sender goes away', async () => {
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"a":1}'))
    },
    pull(controller) {
      controller.error(new Error('aborted'))
    },
  })
  expect(await (await post(broken)).json()).toMatchObject({
    status: 400,
    code: 'invalid-argument',
    detail: 'The body did not arrive whole',
  })
})

it('refuses a field of another type, or a name that does not exist, by name', () => {
  expect(textField({ a: 'x' }, 'a')).toBe('x')
  expect(() => textField({ a: 1 }, 'a')).toThrow(new Refused('invalid-argument', 'a must be a string'))
  expect(() => checkFields({ a: 1, b: 2 }, ['a', 'b', 'c'])).not.toThrow()
  expect(() => checkFields({ a: 1, d: 2 }, ['a', 'b', 'c'])).toThrow(
    new Refused('invalid-argument', 'There is no field "d"; there are a, b, c'),
  )
})
