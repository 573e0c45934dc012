import { InvalidArgumentError, type Player, type RconEvents, type Remark } from '@bercon/core'
import { defer, mergeMap, type Observable, type OperatorFunction } from 'rxjs'

type PlayerMessageEvent = RconEvents<'observable'>['playerMessage']

/** A command that a player gave by chat. */
export interface ChatCommand<Name extends string = string> {
  /** Without the prefix: as it was asked for, or in lower case. */
  readonly name: Name
  /** What follows, in words; `"two words"` are one. */
  readonly args: readonly string[]
  /** What follows, as it was written. */
  readonly text: string
  /** Known by name only, which anybody can take: give no rights by it alone. */
  readonly player: Player<'observable'>
  readonly event: PlayerMessageEvent
  /** Says something to the player only; cold, as every operation. */
  readonly reply: (text: string) => Observable<Remark>
}

type NameOf<Names extends readonly string[]> = Names extends readonly [] ? string : Names[number]

/**
 * The commands out of what players say (`chat$`): lines that begin with the prefix, all of them or those with one of
 * the names, in whatever case. Commands come in the order of the lines; nothing is held. A line whose sender is not
 * known to be one certain player, because nobody or more than one has the name, is no command.
 *
 * @param prefix - such as `!`; at least one character.
 * @throws {@link InvalidArgumentError} for an empty prefix.
 * @example
 * ```ts
 * import { chatCommand, RxRconClient } from '@bercon/rx'
 *
 * const client = new RxRconClient()
 * client.chat$.pipe(chatCommand('!', 'rank')).subscribe(({ args, player }) => console.log(player.name, args))
 * client.onMessage('Player #3 Rook (192.0.2.7:2304) connected')
 * client.onMessage('(Side) Rook: !rank "last week" all') // Rook [ 'last week', 'all' ]
 * client.close()
 * ```
 */
export function chatCommand<const Names extends readonly string[]>(
  prefix: string,
  ...names: Names
): OperatorFunction<PlayerMessageEvent, ChatCommand<NameOf<Names>>> {
  if (typeof prefix !== 'string' || prefix === '')
    throw new InvalidArgumentError('prefix', prefix, 'a text that is not empty')
  const named = new Map(names.map((name) => [name.toLowerCase(), name]))
  return mergeMap((event) => {
    const { message, player } = event
    if (!message.startsWith(prefix) || player === undefined) return []
    const [word = ''] = /^\S*/.exec(message.slice(prefix.length)) ?? []
    const name = named.size === 0 ? word.toLowerCase() : named.get(word.toLowerCase())
    if (!name) return []
    const text = message.slice(prefix.length + word.length).trim()
    const reply = (answer: string) => defer(() => player.send(answer))
    return [{ name: name as NameOf<Names>, args: words(text), text, player, event, reply }]
  })
}

function words(text: string): readonly string[] {
  return Array.from(text.matchAll(/"([^"]*)"|\S+/g), ([whole, quoted]) => quoted ?? whole)
}
