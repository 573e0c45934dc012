import { AsyncRconClient } from '@bercon/client'
import { describe, expect, it } from 'vitest'
import { type GatewayServers, ServerList } from './server-list.js'

const CLIENT = new AsyncRconClient()

/** A pool with servers of these names. */
function poolOf(...names: string[]): GatewayServers {
  return { names, get: (name) => (names.includes(name) ? CLIENT : undefined), listen: () => () => {} }
}

const refusedAs = (argument: string, expected: string) =>
  expect.objectContaining({ code: 'invalid-argument', argument, expected })
const NAMED = 'named with 1 to 64 letters, digits, dots, dashes and underscores'

describe('the servers of a gateway', () => {
  it('are those of the pool, each with its game', () => {
    const servers = new ServerList(poolOf('altis', 'constructor'), { altis: 'arma3', gone: 'dayz' })
    const altis = { name: 'altis', client: CLIENT, game: 'arma3' }
    expect(servers.all()).toEqual([altis, { name: 'constructor', client: CLIENT, game: 'auto' }])
    expect([servers.get('altis'), servers.get('gone')]).toEqual([altis, undefined])
    servers.setGames({ altis: 'reforger' })
    expect(servers.get('altis')?.game).toBe('reforger')
    expect(() => servers.setGames({ altis: 'chess' as never })).toThrow(/games\.altis/)
    expect(servers.get('altis')?.game).toBe('reforger')
  })

  it('are none that goes while all are listed', () => {
    const pool = { ...poolOf('altis'), get: () => undefined }
    expect(new ServerList(pool, {}).all()).toEqual([])
  })

  it.each(['', '.a', '-a', 'a/b', 'a b', 'a\n', 'x'.repeat(65), '../a', 'é'])(
    'cannot be named %j',
    (name) => {
      expect(() => new ServerList(poolOf('altis', name), {})).toThrow(refusedAs('servers', NAMED))
      expect(() => new ServerList(poolOf('altis'), { [name]: 'dayz' })).toThrow(refusedAs('servers', NAMED))
    },
  )

  it.each(['a', '0', 'x'.repeat(64), 'Altis-1_b.c'])('can be named %j', (name) => {
    expect(new ServerList(poolOf(name), {}).all().map((server) => server.name)).toEqual([name])
  })

  it('play one of the games', () => {
    expect(() => new ServerList(poolOf(), { altis: 'chess' as never })).toThrow(
      refusedAs('games.altis', 'one of arma3, dayz, reforger, auto'),
    )
  })
})
