/** Something that a user imports, and what it may cost. */
export interface BundleGoal {
  readonly title: string
  readonly specifier: string
  readonly names: readonly string[] | 'everything'
  /** What it is to come to, minified and gzipped, in bytes. */
  readonly goalBytes?: number
  /** What it may not pass: the goal, or what was reached where that is not there yet. */
  readonly mostBytes?: number
  /** Folders of which nothing may come along. */
  readonly without?: readonly string[]
}

const SESSIONS = ['packages/protocol/dist/client/', 'packages/protocol/dist/server/']
const CONNECTION = 'packages/core/dist/connection/'
const PARSERS = 'packages/core/dist/parsers/'

/** What is measured: the whole of each package, and single names, which must not bring the rest. */
export const BUNDLE_GOALS: readonly BundleGoal[] = [
  {
    title: 'the codec with its checksum',
    specifier: '@bercon/protocol',
    names: ['encodeClientPacket', 'encodeServerPacket', 'decodeClientPacket', 'decodeServerPacket', 'crc32'],
    goalBytes: 2_500,
    mostBytes: 2_650,
    without: SESSIONS,
  },
  {
    title: 'a client session',
    specifier: '@bercon/protocol',
    names: ['ClientSession'],
    without: ['packages/protocol/dist/server/'],
  },
  {
    title: 'all of protocol',
    specifier: '@bercon/protocol',
    names: 'everything',
    goalBytes: 8_000,
    mostBytes: 9_300,
  },
  {
    title: 'one command of core',
    specifier: '@bercon/core',
    names: ['kick'],
    without: [...SESSIONS, CONNECTION, PARSERS],
  },
  {
    title: 'one parser of core',
    specifier: '@bercon/core',
    names: ['parsePlayers'],
    without: [...SESSIONS, CONNECTION],
  },
  { title: 'all of core', specifier: '@bercon/core', names: 'everything' },
  {
    title: 'the client',
    specifier: '@bercon/client',
    names: ['AsyncRconClient'],
    without: ['packages/client/dist/pool/', 'packages/protocol/dist/server/'],
  },
  { title: 'all of client', specifier: '@bercon/client', names: 'everything' },
  {
    title: 'one operator of rx',
    specifier: '@bercon/rx',
    names: ['ofEvent'],
    without: ['packages/client/', 'packages/core/', 'packages/protocol/'],
  },
  { title: 'all of rx, without rxjs', specifier: '@bercon/rx', names: 'everything' },
  { title: 'all of sync', specifier: '@bercon/sync', names: 'everything' },
  {
    title: 'the GUIDs of arma',
    specifier: '@bercon/arma',
    names: ['beGuid'],
    without: ['packages/core/', 'packages/protocol/dist/client/'],
  },
  { title: 'all of arma', specifier: '@bercon/arma', names: 'everything' },
  { title: 'all of reforger', specifier: '@bercon/reforger', names: 'everything' },
  { title: 'all of server', specifier: '@bercon/server', names: 'everything' },
]
