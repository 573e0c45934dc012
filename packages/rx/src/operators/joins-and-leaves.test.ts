import type { Player } from '@bercon/core'
import { describe, expect, it } from 'vitest'
import { marbles } from '../../test/marbles.js'
import { RxRconClient } from '../rx-rcon-client.js'
import { joinsAndLeaves } from './joins-and-leaves.js'

const client = new RxRconClient()

function player(slot: number, name: string, port = 2304): Player<'observable'> {
  client.onMessage(`Player #${slot} ${name} (192.0.2.7:${port}) connected`)
  const joined = client.getPlayer(slot)
  if (joined === undefined) throw new Error('nobody joined')
  return joined
}

const ann = player(1, 'Ann')
const bob = player(2, 'Bob')
const cat = player(2, 'Cat')
const bobAgain = player(2, 'Bob', 2305)

describe('joinsAndLeaves of lists', () => {
  it('emits no value for the first list, then leaves and joins', () => {
    marbles(({ cold, expectObservable }) => {
      const lists = { a: [ann], b: [ann, bob], c: [bob], d: [] }
      expectObservable(cold('a-b-c-c-d|', lists).pipe(joinsAndLeaves())).toBe('--a-b---c|', {
        a: { kind: 'join', player: bob },
        b: { kind: 'leave', player: ann },
        c: { kind: 'leave', player: bob },
      })
    })
  })

  it('treats another name or address in a slot as another player, the leave first', () => {
    marbles(({ cold, expectObservable }) => {
      const lists = { a: [bob], b: [cat], c: [bob], d: [bobAgain] }
      expectObservable(cold('a---b---c---d', lists).pipe(joinsAndLeaves())).toBe('----(bc)(df)(be)', {
        b: { kind: 'leave', player: bob },
        f: { kind: 'join', player: bob },
        c: { kind: 'join', player: cat },
        d: { kind: 'leave', player: cat },
        e: { kind: 'join', player: bobAgain },
      })
    })
  })

  it('ignores newly known facts about a player', () => {
    client.onMessage(`Player #1 Ann - BE GUID: ${'a'.repeat(32)}`)
    const known = client.getPlayer(1)
    if (known === undefined) throw new Error('Ann is gone')
    expect(known).not.toBe(ann)
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('a-b-c|', { a: [ann], b: [known], c: [ann] }).pipe(joinsAndLeaves())).toBe(
        '-----|',
      )
    })
  })

  it('starts over with each subscription', () => {
    marbles(({ cold, expectObservable }) => {
      const changes = cold('a-b|', { a: [ann], b: [ann, bob] }).pipe(joinsAndLeaves())
      const expected = { j: { kind: 'join', player: bob } }
      expectObservable(changes).toBe('--j|', expected)
      expectObservable(changes, '-^').toBe('---j|', expected)
    })
  })
})

describe('joinsAndLeaves of events', () => {
  it('emits joins and leaves, for a kick at its line, and no other values', () => {
    const lines = {
      a: 'Player #5 Rook (192.0.2.7:2304) connected',
      b: `Player #5 Rook - BE GUID: ${'b'.repeat(32)}`,
      c: `Player #5 Rook (${'b'.repeat(32)}) has been kicked by BattlEye: Admin Kick`,
      d: 'Player #5 Rook disconnected',
      e: 'RCon admin #0: (Global) hello',
    }
    marbles(({ cold, expectObservable }) => {
      cold('-abecd', lines).subscribe((line) => client.onMessage(line))
      const rook = (guid?: string) => expect.objectContaining({ id: 5, name: 'Rook', guid })
      expectObservable(client.messages$.pipe(joinsAndLeaves())).toBe('-a--c', {
        a: expect.objectContaining({ kind: 'join', player: rook() }),
        c: expect.objectContaining({ kind: 'leave', player: rook('b'.repeat(32)), kicked: true }),
      })
    })
  })
})
