// @ts-nocheck
import { firstValueFrom, map } from 'rxjs'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeConnection } from '../../test/fake-connection.js'
import { marbles } from '../../test/marbles.js'
import { RxRconClient } from '../rx-rcon-client.js'
import { type ChatCommand, chatCommand } from './chat-command.js'

let connection: FakeConnection
let client: RxRconClient

beforeEach(() => {
  connection = new FakeConnection()
  client = new RxRconClient({ connection })
  client.onMessage('Player #3 Rook (192.0.2.7:2304) connected')
})

function commandsIn(...lines: string[]): ChatCommand[] {
  const commands: ChatCommand[] = []
  client.chat$.pipe(chatCommand('!')).subscribe((command) => commands.push(command))
  for (const line of lines) client.onMessage(line)
  return commands
}

describe('chatCommand', () => {
  it('emits the commands with one of the names, in the order of the lines', () => {
    marbles(({ cold, expectObservable }) => {
      const lines = {
        a: '(Side) Rook: !help',
        b: '(Side) Rook: !HELP',
        c: '(Side) Rook: help!',
        d: '(Side) Rook: !helpless',
        e: '(Global) Rook: !rank',
      }
      cold('-abcde', lines).subscribe((line) => client.onMessage(line))
      const names$ = client.chat$.pipe(
        chatCommand('!', 'help', 'rank'),
        map(({ name }) => name),
      )
      expectObservable(names$).toBe('-aa--e', { a: 'help', e: 'rank' })
    })
  })

  it('splits what follows into words, quoted ones too', () => {
    const [command] = commandsIn('(Side) Rook: !Ban  "Two Words" 60 "" un"even "')
    expect(command).toMatchObject({
      name: 'ban',
      args: ['Two Words', '60', '', 'un"even', '"'],
      text: '"Two Words" 60 "" un"even "',
      player: { id: 3, name: 'Rook' },
      event: { channel: 'Side' },
    })
  })

  it('emits no command for the prefix alone', () => {
    expect(commandsIn('(Side) Rook: !', '(Side) Rook: ! help')).toEqual([])
  })

  it('ignores lines whose sender is not one certain player', () => {
    client.onMessage('Player #4 Twin (192.0.2.8:2304) connected')
    client.onMessage('Player #5 Twin (192.0.2.9:2304) connected')
    expect(commandsIn('(Side) Twin: !help', '(Side) Nobody: !help')).toEqual([])
  })

  it('answers the player only, when the reply is subscribed to', async () => {
    const [command] = commandsIn('(Side) Rook: !help')
    const answer$ = command?.reply('ask me')
    expect(connection.asked).toEqual([])
    answer$?.subscribe()
    expect(connection.asked).toMatchObject([{ text: 'say 3 ask me', resend: false }])
  })

  it('reports a bad answer as the error of the reply', async () => {
    const [command] = commandsIn('(Side) Rook: !help')
    if (command === undefined) throw new Error('no command')
    await expect(firstValueFrom(command.reply('two\nlines'))).rejects.toMatchObject({
      code: 'invalid-argument',
    })
  })

  it('refuses an empty prefix by name', () => {
    expect(() => chatCommand('')).toThrow('prefix must be')
  })
})
