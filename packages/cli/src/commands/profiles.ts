import { EXIT } from '../exit-codes.js'
import { formatListing } from '../output/format-listing.js'
import type { Column, Format } from '../output/listing.js'
import { variable } from '../settings/environment.js'
import { type Profile, readProfilesFile } from '../settings/profiles-file.js'

interface NamedProfile extends Profile {
  readonly name: string
  readonly isDefault: boolean
}

const COLUMNS: readonly Column<NamedProfile>[] = [
  { key: 'name', heading: 'Profile', value: ({ name }) => name },
  { key: 'isDefault', heading: 'Default', value: ({ isDefault }) => isDefault, shown: shownDefault },
  { key: 'host', heading: 'Host', value: ({ host }) => host, minWidth: 8 },
  { key: 'port', heading: 'Port', value: ({ port }) => port, align: 'right' },
  { key: 'game', heading: 'Game', value: ({ game }) => game },
  { key: 'password', heading: 'Password', value: passwordSource, minWidth: 8 },
  { key: 'serverCfg', heading: 'Server cfg', value: ({ serverCfg }) => serverCfg, minWidth: 8 },
]

/** `bercon profiles`: where each password comes from, never the password. */
export async function profiles(flags: {
  readonly config?: string
  readonly format: Format
}): Promise<number> {
  const file = await readProfilesFile(flags.config ?? variable('RCON_CONFIG'))
  const rows = [...file.profiles].map(([name, profile]) => ({
    ...profile,
    name,
    isDefault: name === file.defaultProfile,
  }))
  const whenEmpty = `There are no profiles in ${file.path}.`
  process.stdout.write(
    await formatListing({ columns: COLUMNS, rows, raw: undefined, whenEmpty }, flags.format),
  )
  return EXIT.done
}

function shownDefault({ isDefault }: NamedProfile): string {
  return isDefault ? 'yes' : ''
}

function passwordSource({ password, passwordFile }: NamedProfile): string | undefined {
  return password === undefined ? passwordFile : 'in the file'
}
