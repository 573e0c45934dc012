// @ts-nocheck
import { InvalidArgumentError, type Player, type RconEvents, type Remark } from '@bercon/core'
import { defer, mergeMap, type Observable, type OperatorFunction } from 'rxjs'

type PlayerMessageEvent = RconEvents<'observable'>['playerMessage']

/** A command that a player typed in chat. */
export interface ChatCommand<Name extends string = string> {
  /** Without the prefix: spelled as in `names`, or else in lower case. */
  readonly name: Name
  /** The rest of the line, split into words; `"two words"` are one. */
  readonly args: readonly string[]
  /** The rest of the line, as typed. */
  readonly text: string
  /** Identified by name only, which anyone can take: grant no rights based on it alone. */
  readonly player: Player<'observable'>
  readonly event: PlayerMessageEvent
  /** Sends a message to that player only; cold, like every operation. */
  readonly reply: (text: string) => Observable<Remark>
}

type NameOf<Names extends readonly string[]> = Names extends readonly [] ? string : Names[number]

/**
 * Turns what players say (`chat$`) into commands: lines that begin with the prefix, all of them or those with one of
 * the names, in any letter case. Commands keep the order of the lines and are emitted at once. A line is ignored if no
 * player, or more than one, has the name of its sender.
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
    throw new InvalidArgumentError('prefix', prefix, 'a string that is not empty')
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
