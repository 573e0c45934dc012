// @ts-nocheck
import { EXIT } from '../exit-codes.js'
import { printListing } from '../output/format-listing.js'
import type { Column, Format } from '../output/listing.js'
import { print } from '../output/terminal.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addListOptions } from '../program/options.js'
import { note } from '../report.js'
import { run } from '../run.js'
import { formatOf, type Game, variable } from '../settings/checks.js'
import { HOW_TO_BEGIN, type Profile, readProfilesFile } from '../settings/profiles-file.js'
import type { ServerCfg } from '../settings/server-cfg.js'
import { messageOf } from '../usage-error.js'

export const command: BerconCommand = {
  name: 'profiles',
  about: 'list the profiles of the config file',
  examples: ['bercon profiles --format json'],
  define: (command) => {
    addListOptions(command)
      .option('--config <file>', 'config file (RCON_CONFIG)')
      .option('--example', 'print an example of a config file')
      .option('--verbose', 'show full error details')
      .action((flags: ProfilesFlags) => run(() => profiles(flags), flags))
  },
}

interface ListedProfile {
  readonly name: string
  readonly isDefault: boolean
  readonly host: string | undefined
  readonly port: number | undefined
  readonly game: Game | undefined
  readonly passwordPlace: string | undefined
  readonly serverCfg: string | undefined
}

const COLUMNS: readonly Column<ListedProfile>[] = [
  { key: 'name', heading: 'Profile', value: ({ name }) => name },
  { key: 'isDefault', heading: 'Default', value: ({ isDefault }) => isDefault, shown: shownDefault },
  { key: 'host', heading: 'Host', value: ({ host }) => host, minWidth: 8 },
  { key: 'port', heading: 'Port', value: ({ port }) => port, align: 'right' },
  { key: 'game', heading: 'Game', value: ({ game }) => game },
  { key: 'password', heading: 'Password', value: ({ passwordPlace }) => passwordPlace, minWidth: 8 },
  { key: 'serverCfg', heading: 'Server cfg', value: ({ serverCfg }) => serverCfg, minWidth: 8 },
]

const EXAMPLE = `# Where nothing else names a profile, this one.
default = "main"

[profiles.main]
host = "192.0.2.1"
port = 2306
password_file = "main.password" # or password = "…"; paths are relative to this file

[profiles.second]
server_cfg = "/srv/dayz/battleye" # BEServer_x64.cfg or its folder: address, port and password
game = "battleye" # or "reforger"; "auto" asks the server
timeout = 5 # seconds for each reply; login_timeout for the login
encoding = "windows-1251" # of names and chat that are not UTF-8
format = "json"
geoip = "/srv/geoip/GeoLite2-City.mmdb"
`

/** The flags of `bercon profiles`. */
interface ProfilesFlags {
  readonly config?: string
  readonly format?: Format
  readonly wide?: boolean
  readonly example?: boolean
  readonly verbose?: boolean
}

/** `bercon profiles`: where each password comes from, never the password. */
export async function profiles(flags: ProfilesFlags): Promise<number> {
  if (flags.example === true) {
    print(EXAMPLE)
    return EXIT.done
  }
  const file = await readProfilesFile(flags.config ?? variable('RCON_CONFIG'))
  const rows: ListedProfile[] = []
  for (const [name, entry] of file.profiles) {
    if ('problem' in entry) note(`profile "${name}" cannot be used: ${entry.problem}`)
    rows.push(await listed(name, 'profile' in entry ? entry.profile : {}, name === file.defaultProfile))
  }
  const whenEmpty = `${file.exists ? 'There are no profiles in' : 'There is no config file'} ${file.path}; ${HOW_TO_BEGIN}.`
  const listing = { columns: COLUMNS, rows, raw: undefined, whenEmpty }
  await printListing(listing, { format: formatOf(flags, {}), isWide: flags.wide === true })
  return EXIT.done
}

/** The profile with what its server cfg adds to it, and where its password is. */
async function listed(name: string, profile: Profile, isDefault: boolean): Promise<ListedProfile> {
  const cfg = await serverCfgOf(name, profile)
  const { host = cfg?.ip, port = cfg?.port, game = cfg?.game, serverCfg, password, passwordFile } = profile
  const inCfg = cfg?.password === undefined ? undefined : 'in the server cfg'
  const passwordPlace = password === undefined ? (passwordFile ?? inCfg) : 'in the file'
  return { name, isDefault, host, port, game, passwordPlace, serverCfg }
}

async function serverCfgOf(name: string, { serverCfg }: Profile): Promise<ServerCfg | undefined> {
  if (serverCfg === undefined) return undefined
  const { readServerCfg } = await import('../settings/server-cfg.js')
  try {
    const cfg = readServerCfg(serverCfg)
    for (const { kind, text } of cfg.problems)
      if (kind === 'bad') note(`profile "${name}": ${cfg.path}: ${text}`)
    return cfg
  } catch (error) {
    note(`profile "${name}": ${messageOf(error)}`)
    return undefined
  }
}

function shownDefault({ isDefault }: ListedProfile): string {
  return isDefault ? 'yes' : ''
}
