import { expect, it } from 'vitest'
import { hashOf, type Route, routeOf } from './route.js'

it('reads back every route that it writes, whatever the name of the server', () => {
  const names = ['altis', 'dayz 1', 'a/b', '100%', 'Zoë #2', '..']
  const routes: Route[] = [
    { view: 'servers' },
    { view: 'audit' },
    ...names.map((name): Route => ({ view: 'server', name, tab: 'bans' })),
  ]
  for (const route of routes) expect(routeOf(hashOf(route))).toEqual(route)
})

it.each(['', '#', '#/', '#/nowhere', '#/servers', '#/servers/'])(
  'shows the list of servers for %j',
  (hash) => {
    expect(routeOf(hash)).toEqual({ view: 'servers' })
  },
)

it('shows the log of a server for a tab that does not exist, and a name with a lone percent sign as it is', () => {
  expect(routeOf('#/servers/altis/nothing')).toEqual({ view: 'server', name: 'altis', tab: 'log' })
  expect(routeOf('#/servers/50%/players')).toEqual({ view: 'server', name: '50%', tab: 'players' })
})
