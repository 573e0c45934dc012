import type { Command } from 'commander'
import type { Carrier } from './carrier.js'

/** Gives a command its flags and what it does. */
type Define = (command: Command, carrier: Carrier) => void

/** Where some commands are defined, each under its own name. */
type Definitions = Readonly<Record<string, Define>>

const lists = (): Promise<Definitions> => import('./list-commands.js')
const acting = (): Promise<Definitions> => import('./acting-commands.js')
const banLists = (): Promise<Definitions> => import('./bans-command.js')
const local = (): Promise<Definitions> => import('./local-commands.js')

interface Entry {
  readonly name: string
  readonly about: string
  /** Command lines that show its use; the list of all commands shows the first. */
  readonly examples: readonly [string, ...string[]]
  /** Whether the prompt of `bercon shell` knows it, too. */
  readonly isInShell?: true
  /** Where the rest of it is, which is loaded when it is used. */
  readonly load: () => Promise<Definitions>
}

/** Every command, in the order in which they are listed. */
export const COMMANDS: readonly Entry[] = [
  {
    name: 'players',
    about: 'who is on the server',
    examples: ['bercon players --profile main', 'bercon players --format json | jq .[].name'],
    load: lists,
    isInShell: true,
  },
  {
    name: 'bans',
    about: 'who is banned; and bans from and to files',
    examples: [
      'bercon bans --format csv',
      'bercon bans export bans.txt',
      'bercon bans apply bans.txt --dry-run',
    ],
    load: banLists,
    isInShell: true,
  },
  {
    name: 'admins',
    about: 'which admins are logged in',
    examples: ['bercon admins'],
    load: lists,
    isInShell: true,
  },
  {
    name: 'missions',
    about: 'which mission files the server has (Arma)',
    examples: ['bercon missions --format ndjson'],
    load: lists,
    isInShell: true,
  },
  {
    name: 'say',
    about: 'say something to everybody, or to one player',
    examples: ['bercon say restart in five minutes', 'bercon say --to Rook please move'],
    load: acting,
    isInShell: true,
  },
  { name: 'kick', about: 'kick a player', examples: ['bercon kick 3 afk'], load: acting, isInShell: true },
  {
    name: 'ban',
    about: 'ban a player, or anybody by GUID, IP address or identity id',
    examples: ['bercon ban 3 --for 7d spam', 'bercon ban 192.0.2.7 --for ever cheating'],
    load: acting,
    isInShell: true,
  },
  {
    name: 'unban',
    about: 'lift every ban of a GUID, IP address or identity id',
    examples: ['bercon unban 192.0.2.7'],
    load: acting,
    isInShell: true,
  },
  {
    name: 'exec',
    about: 'send commands as they are, each argument one, or each line of standard input',
    examples: ['bercon exec "say -1 restart in 5" players', 'bercon exec < commands.txt'],
    load: acting,
  },
  {
    name: 'watch',
    about: 'what happens on the server, line by line, until Ctrl-C',
    examples: ['bercon watch', 'bercon watch --format ndjson --only playerMessage,playerConnect'],
    load: lists,
  },
  {
    name: 'shell',
    about: 'a prompt with completion, and what happens on the server above it',
    examples: ['bercon shell --profile main'],
    load: acting,
  },
  {
    name: 'doctor',
    about: 'what is wrong with the connection, and what to change',
    examples: ['bercon doctor --server-cfg ~/server/battleye'],
    load: lists,
  },
  {
    name: 'simulate',
    about: 'a simulated server to try the rest on, until Ctrl-C',
    examples: ['bercon simulate --seed 7 --loss 0.2', 'RCON_PASSWORD=simulator bercon players --port 2306'],
    load: local,
  },
  {
    name: 'decode',
    about: 'make packets readable, from hex or a capture',
    examples: ['bercon decode 42 45 be dc c2 58 ff 01 00', 'bercon decode --file capture.pcapng --port 2306'],
    load: local,
  },
  {
    name: 'profiles',
    about: 'the profiles of the config file',
    examples: ['bercon profiles --format json'],
    load: local,
  },
  {
    name: 'completion',
    about: 'a script by which a shell completes what you type',
    examples: ['source <(bercon completion bash)', 'bercon completion fish | source'],
    load: local,
  },
]
