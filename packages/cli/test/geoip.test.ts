import type { Simulator } from '@bercon/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { admins } from '../src/commands/admins.js'
import { bans } from '../src/commands/bans.js'
import { players } from '../src/commands/players.js'
import type { Format } from '../src/output/listing.js'
import { withClient } from '../src/server/connected.js'
import { bercon, serverEnv } from './bercon-process.js'
import { mmdbFile } from './mmdb-file.js'
import { newFile } from './new-folder.js'
import { outputOf } from './output-of.js'
import { flagsFor, startSmallWorld } from './small-world.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSmallWorld()
})
afterAll(() => simulator.close())

const CITIES = mmdbFile('GeoLite2-City', {
  '192.0.2.1/32': {
    country: { iso_code: 'CY' },
    city: { names: { en: 'Nicosia' } },
    location: { latitude: 35.17, longitude: 33.36 },
  },
  '192.0.2.2/31': { country: { iso_code: 'DE' } },
  '198.51.100.0/24': { country: { iso_code: 'NO' }, city: { names: { en: 'Å' } } },
  '127.0.0.0/8': { country: { iso_code: 'IS' } },
})
// In the form of databases from other vendors than MaxMind.
const COUNTRIES = mmdbFile('country ipv4', { '192.0.2.0/30': { country_code: 'FR' } })

const COMMANDS = { players, bans, admins }

async function placesIn(command: keyof typeof COMMANDS, geoip: string) {
  const flags = { ...flagsFor(simulator), geoip, format: 'json' as const }
  const { stdout } = await outputOf((signal) => withClient(flags, signal, COMMANDS[command]))
  const rows: Record<string, unknown>[] = JSON.parse(stdout)
  return rows.map(({ country, city, latitude, longitude }) => [country, city, latitude, longitude])
}

const shown = async (geoip: string, format: Format) =>
  (await outputOf((signal) => withClient({ ...flagsFor(simulator), geoip, format }, signal, players))).stdout

it('players, admins and banned addresses have a country, and a city if the database has them', async () => {
  const database = newFile('city.mmdb', CITIES)
  const unknown = [null, null, null, null]
  expect(await placesIn('players', database)).toEqual([
    ['CY', 'Nicosia', 35.17, 33.36],
    ['DE', null, null, null],
    ['DE', null, null, null],
    unknown,
  ])
  expect(await placesIn('bans', database)).toEqual([unknown, unknown, ['NO', 'Å', null, null]])
  expect(await placesIn('admins', database)).toContainEqual(['IS', null, null, null])
})

it('a database of countries adds only countries', async () => {
  const database = newFile('country.mmdb', COUNTRIES)
  const args = ['players', '--geoip', database]
  const { code, stdout } = await bercon(args, { env: serverEnv(simulator.port) })
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^ *#.*In +Country\n *0.*game +FR\n/)])
  expect(await shown(database, 'csv')).toMatch(/^id,.*,inLobby,country\n0,.*,FR\n/)
})

it('a table omits the coordinates, which do not fit', async () => {
  const table = await shown(newFile('city.mmdb', CITIES), 'table')
  expect(table).toMatch(/^ *#.*Country +City\n *0.*CY +Nicosia\n/)
})

it.each(['/nowhere', import.meta.filename])('%s is not a database, and refused', async (path) => {
  await expect(shown(path, 'table')).rejects.toThrow(`cannot read ${path}: `)
})
