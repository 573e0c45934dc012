import type { Simulator } from '@bercon/server/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bercon, type Outcome, serverEnv } from './bercon-process.js'
import { mmdbFile } from './mmdb-file.js'
import { newFile } from './new-folder.js'
import { startSmallWorld } from './small-world.js'

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
// As the databases of others than MaxMind have it.
const COUNTRIES = mmdbFile('country ipv4', { '192.0.2.0/30': { country_code: 'FR' } })

const run = (command: string, database: string, format: string): Promise<Outcome> =>
  bercon([command, '--geoip', database, '--format', format], { env: serverEnv(simulator.port) })

async function placesIn(command: string, database: string) {
  const rows: Record<string, unknown>[] = JSON.parse((await run(command, database, 'json')).stdout)
  return rows.map(({ country, city, latitude, longitude }) => [country, city, latitude, longitude])
}

it('players, admins and banned addresses have a country, and a city where the database has them', async () => {
  const database = newFile('city.mmdb', CITIES)
  const [players, bans, admins] = await Promise.all(
    ['players', 'bans', 'admins'].map((command) => placesIn(command, database)),
  )
  const unknown = [null, null, null, null]
  expect(players).toEqual([
    ['CY', 'Nicosia', 35.17, 33.36],
    ['DE', null, null, null],
    ['DE', null, null, null],
    unknown,
  ])
  expect(bans).toEqual([unknown, unknown, ['NO', 'Å', null, null]])
  expect(admins).toContainEqual(['IS', null, null, null])
})

it('a database of countries adds them alone, in tables, too', async () => {
  const database = newFile('country.mmdb', COUNTRIES)
  const [table, csv] = await Promise.all(['table', 'csv'].map((format) => run('players', database, format)))
  expect(table?.stdout).toMatch(/^ *#.*In +Country\n *0.*game +FR\n/)
  expect(csv?.stdout).toMatch(/^id,.*,inLobby,country\n0,.*,FR\n/)
})

it('a table leaves out the coordinates, which have no room in it', async () => {
  const { stdout } = await run('players', newFile('city.mmdb', CITIES), 'table')
  expect(stdout).toMatch(/^ *#.*Country +City\n *0.*CY +Nicosia\n/)
})

it.each(['/nowhere', import.meta.filename])('%s is no database, and refused', async (path) => {
  const { code, stdout, stderr } = await run('players', path, 'table')
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^bercon: cannot read [^\n]+\n$/)
})
