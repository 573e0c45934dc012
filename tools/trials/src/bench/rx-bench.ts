import { EventDispatcher, type RconEvents, RxRconClient } from '@bercon/rx'
import { filter, map } from 'rxjs'
import type { Figure } from './rounds.js'
import { interleaved } from './rounds.js'

const BARE = 'dispatcher, one listener'

/** Messages through an observable with a `filter` and a `map`, compared to a listener that does the same itself. */
export async function rxBench(): Promise<readonly Figure[]> {
  const message = {
    type: 'message',
    at: 0,
    text: '(Side) Rook: two at the gate',
    sequence: 7,
    number: 7,
  } as const
  let letters = 0
  const isChat = ({ text }: { readonly text: string }) => text.startsWith('(')
  const lengthOf = ({ text }: { readonly text: string }) => text.length

  const bare = new EventDispatcher<RconEvents<'observable'>>()
  bare.on('message', (event) => {
    if (isChat(event)) letters += lengthOf(event)
  })
  const client = new RxRconClient()
  client
    .events('message')
    .pipe(filter(isChat), map(lengthOf))
    .subscribe((length) => {
      letters += length
    })
  const times = await interleaved({
    [BARE]: () => bare.emit('message', message),
    "events('message'), filter, map": () => client.dispatch.emit('message', message),
  })
  client.close()
  if (letters === 0) throw new Error('no message came through')

  const floor = times[BARE] ?? Number.NaN
  return Object.entries(times).map(([what, ns]) => ({ what, figure: ns / floor, unit: `of ${BARE}` }))
}
