import { parseArgs } from 'node:util'
import { InvalidArgumentError } from '@bercon/client'
import { type FleetGame, GAMES } from '../server-list.js'

/** What is asked for on the command line. */
export type Asked =
  | { readonly type: 'help' }
  | { readonly type: 'key'; readonly path: string }
  | {
      readonly type: 'worker'
      readonly path: string
      readonly id: string | undefined
      readonly isVerbose: boolean
    }
  | { readonly type: 'list'; readonly path: string }
  | { readonly type: 'remove'; readonly path: string; readonly name: string }
  | {
      readonly type: 'add'
      readonly path: string
      readonly name: string
      readonly host: string
      readonly port: number
      readonly game: FleetGame
      readonly passwordFile: string
    }

/** What `bercon-fleet` prints for help. */
export const USAGE = `bercon-fleet key FILE                       makes a key that encrypts the passwords in the list
bercon-fleet worker fleet.toml [--id ID]    runs a worker; --commands prints each command and its user
bercon-fleet add fleet.toml NAME HOST PORT [--game arma3|dayz|reforger] [--password-file FILE]
                                            adds a server, or changes it; without a file the password is read from stdin
bercon-fleet remove fleet.toml NAME         removes a server
bercon-fleet list fleet.toml                lists the servers, with owner and state`

// The arguments that each command takes.
const ARGUMENTS: Readonly<Record<Exclude<Asked['type'], 'help'>, number>> = {
  key: 1,
  worker: 1,
  list: 1,
  remove: 2,
  add: 4,
}

/** Reads the command line. @throws {@link InvalidArgumentError} with a sentence for the user. */
export function readCommandLine(args: readonly string[]): Asked {
  const { values, positionals } = parsed(args)
  const [command = '', path = '', name = '', host = '', port = ''] = positionals
  if (values.help || command === '') return { type: 'help' }
  if (!Object.hasOwn(ARGUMENTS, command)) throw usageError(`There is no command "${command}"`)
  const wanted = ARGUMENTS[command as keyof typeof ARGUMENTS]
  if (positionals.length - 1 !== wanted)
    throw usageError(`"${command}" takes ${wanted} arguments, and ${positionals.length - 1} are given`)
  switch (command) {
    case 'worker':
      return { type: 'worker', path, id: values.id, isVerbose: values.commands }
    case 'remove':
      return { type: 'remove', path, name }
    case 'add': {
      const game = GAMES.find((each) => each === values.game)
      if (game === undefined) throw usageError(`The game is one of ${GAMES.join(', ')}`)
      const passwordFile = values['password-file']
      return { type: 'add', path, name, host, port: Number(port), game, passwordFile }
    }
    default:
      return { type: command === 'key' ? 'key' : 'list', path }
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        id: { type: 'string' },
        commands: { type: 'boolean', default: false },
        game: { type: 'string', default: 'arma3' },
        // Standard input.
        'password-file': { type: 'string', default: '-' },
      },
    })
  } catch (error) {
    // Node's next sentence is about something else.
    throw usageError((error as Error).message.split('. ')[0] ?? '')
  }
}

function usageError(sentence: string): InvalidArgumentError {
  return new InvalidArgumentError('arguments', undefined, 'as the usage says', `${sentence}\n${USAGE}`)
}
