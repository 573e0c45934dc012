import { settled } from '@bercon/core/testing'
import { expect, it } from 'vitest'
import type { ListChange } from '../server-list.js'
import { MemoryServerList } from './memory-server-list.js'

const altis = { name: 'altis', host: '192.0.2.1', port: 2306, game: 'arma3' } as const
const stratis = { ...altis, name: 'stratis', host: '192.0.2.2' } as const
const password = 'hunter2'

function watched(list: MemoryServerList): { changes: ListChange[]; end: () => void } {
  const changes: ListChange[] = []
  return { changes, end: list.watch((change) => changes.push(change)) }
}

it('a watch reports every server without its password, that it is complete, and each change', async () => {
  const list = new MemoryServerList([{ ...altis, password }])
  const { changes } = watched(list)
  await settled()
  expect(changes).toEqual([{ type: 'server', server: altis }, { type: 'complete' }])
  list.put({ ...stratis, password })
  expect([list.remove('altis'), list.remove('altis')]).toEqual([true, false])
  expect(changes.slice(2)).toEqual([
    { type: 'server', server: stratis },
    { type: 'removed', name: 'altis' },
  ])
})

it('a list can begin empty', async () => {
  const { changes } = watched(new MemoryServerList())
  await settled()
  expect(changes).toEqual([{ type: 'complete' }])
})

it('a watch that has ended hears nothing more, not even what was on its way', async () => {
  const list = new MemoryServerList([{ ...altis, password }])
  const { changes, end } = watched(list)
  end()
  list.put({ ...stratis, password })
  await settled()
  expect(changes).toEqual([])
})

it('where to log in is with the password, and fails for a server that is not listed', async () => {
  const list = new MemoryServerList([{ ...altis, password }])
  expect(await list.target('altis')).toEqual({ host: '192.0.2.1', port: 2306, password })
  await expect(list.target('stratis')).rejects.toMatchObject({
    code: 'invalid-argument',
    argument: 'name',
    expected: 'the name of a listed server',
  })
})

it('a name that is no token of a subject is refused by name', () => {
  expect(() => new MemoryServerList([{ ...altis, name: 'a.b', password }])).toThrow(
    expect.objectContaining({ argument: 'name' }),
  )
})
