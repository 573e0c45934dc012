// @ts-nocheck
import type { JoinOrLeave, RconEvents, ServerMessageEvent } from '@bercon/core'
import { type Observable, of } from 'rxjs'
import { describe, expectTypeOf, it } from 'vitest'
import { chatCommand } from './operators/chat-command.js'
import { joinsAndLeaves } from './operators/joins-and-leaves.js'
import { ofEvent } from './operators/of-event.js'
import { pollPlayers } from './operators/poll-players.js'
import type { Player } from './rx-rcon-client.js'
import { RxRconClient } from './rx-rcon-client.js'

type Events = RconEvents<'observable'>
type Item<T> = T extends Observable<infer Value> ? Value : never

const client = new RxRconClient()

describe('the types', () => {
  it('of an event have its player, channel and text', () => {
    const { events } = client
    expectTypeOf(client.events('playerMessage')).toEqualTypeOf<Observable<Events['playerMessage']>>()
    type Chat = Item<ReturnType<typeof events<'playerMessage'>>>
    expectTypeOf<Chat['player']>().toEqualTypeOf<Player | undefined>()
    expectTypeOf<Chat['channel']>().toEqualTypeOf<string>()
    expectTypeOf<Chat['message']>().toEqualTypeOf<string>()
    //  there is no such event
    client.events('playerMesage')
  })

  it('of operations are observables, those of models too', () => {
    expectTypeOf(client.fetchPlayers()).toEqualTypeOf<Observable<readonly Player[]>>()
    expectTypeOf(client.unban(0)).toEqualTypeOf<Observable<boolean | string>>()
    expectTypeOf<Player['kick']>().returns.toEqualTypeOf<Observable<string | undefined>>()
    expectTypeOf(client.connect).returns.toExtend<Observable<RxRconClient>>()
    expectTypeOf(client.close).returns.toEqualTypeOf<Observable<void>>()
  })

  it('are narrowed by operators', () => {
    expectTypeOf(client.messages$).toEqualTypeOf<Observable<ServerMessageEvent<'observable'>>>()
    const kicks$ = client.messages$.pipe(ofEvent('playerKick'))
    expectTypeOf<Item<typeof kicks$>>().toEqualTypeOf<Events['playerKick']>()
    const command$ = client.chat$.pipe(chatCommand('!', 'help', 'rank'))
    expectTypeOf<Item<typeof command$>['name']>().toEqualTypeOf<'help' | 'rank'>()
    const any$ = client.chat$.pipe(chatCommand('!'))
    expectTypeOf<Item<typeof any$>['name']>().toEqualTypeOf<string>()
    expectTypeOf(client.players$.pipe(joinsAndLeaves())).toEqualTypeOf<Observable<JoinOrLeave<Player>>>()
    expectTypeOf(client.messages$.pipe(joinsAndLeaves())).toEqualTypeOf<Observable<JoinOrLeave<Player>>>()
    expectTypeOf(of(client).pipe(pollPlayers(1_000), joinsAndLeaves())).toEqualTypeOf<
      Observable<JoinOrLeave<Player>>
    >()
  })
})
