import type { RconPool } from '@bercon/client'
import { describe, expect, it } from 'vitest'
import { type HeardEvent, lineType, listenToPool } from './heard-events.js'

/** A pool whose events a test makes. */
function scene() {
  const listeners = new Map<string, (pooled: unknown) => void>()
  const listen = (name: string, listener: (pooled: unknown) => void) => {
    listeners.set(name, listener)
    return () => listeners.delete(name)
  }
  const heard: HeardEvent[] = []
  const stop = listenToPool({ listen } as Pick<RconPool, 'listen'>, (event) => heard.push(event))
  const emit = (event: { type: string }) => listeners.get(event.type)?.({ server: 'altis', event })
  return { listeners, heard, stop, emit }
}

const PLAYER = {
  id: 3,
  name: 'Rook',
  guid: undefined,
  isGuidValid: false,
  ip: '192.0.2.1',
  port: 2304,
  ping: -1,
  inLobby: true,
  raw: 'not for everybody',
}

describe('the events that users may hear', () => {
  it('are those of players and of the connection, and never replies to commands, or lines without a name', () => {
    const { listeners, stop } = scene()
    const names = [...listeners.keys()]
    for (const name of ['playerMessage', 'playerConnect', 'connect', 'disconnect', 'gap', 'unknownMessage'])
      expect(names).toContain(name)
    for (const name of ['rawEvent', 'message', 'command', 'players', 'error', 'login'])
      expect(names).not.toContain(name)
    stop()
    expect(listeners.size).toBe(0)
  })

  it('are plain data with their server, and with players as the API has them', () => {
    const { heard, emit } = scene()
    const facts = { at: 5, playerId: 3, name: 'Rook', raw: 'Player #3 Rook disconnected' }
    emit({ type: 'playerDisconnect', ...facts, player: PLAYER } as never)
    emit({ type: 'connect', at: 6, address: null, attempts: 1 } as never)
    const [line, connect] = heard
    expect(line).toMatchObject({ server: 'altis', type: 'playerDisconnect', at: 5, line: facts.raw })
    expect(JSON.parse(line?.data ?? '')).toEqual({
      server: 'altis',
      type: 'playerDisconnect',
      ...facts,
      player: {
        id: 3,
        name: 'Rook',
        guid: null,
        isGuidValid: false,
        ip: '192.0.2.1',
        port: 2304,
        ping: null,
        inLobby: true,
        identityId: null,
      },
    })
    expect(connect).toMatchObject({ type: 'connect', at: 6, line: undefined })
    expect(JSON.parse(connect?.data ?? '')).toEqual({
      server: 'altis',
      type: 'connect',
      at: 6,
      address: null,
      attempts: 1,
    })
  })

  it('are players by all that a player has, not by a part of it', () => {
    const { heard, emit } = scene()
    for (const part of [{ inLobby: true }, { isGuidValid: true }, 'inLobby isGuidValid'])
      emit({ type: 'connect', at: 1, address: part } as never)
    expect(heard.map(({ data }) => JSON.parse(data).address)).toEqual([
      { inLobby: true },
      { isGuidValid: true },
      'inLobby isGuidValid',
    ])
  })
})

it('a line has the name of its event, asked once or again', () => {
  const lines = [
    'Player #3 Rook disconnected',
    'RCon admin #0 (127.0.0.1:1) logged in',
    'RCon admin #0 (127.0.0.1:1) logged in',
  ]
  expect(lines.map(lineType)).toEqual(['playerDisconnect', 'adminLogin', 'adminLogin'])
  expect(lineType('nothing known')).toBe('unknownMessage')
})
