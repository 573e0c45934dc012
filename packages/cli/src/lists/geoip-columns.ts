import type { Reader, Response } from 'maxmind'
import type { Column } from '../output/listing.js'
import type { Settings } from '../settings/settings.js'
import { messageOf, UsageError } from '../usage-error.js'

/** The location of an address, as far as a database has it. */
interface Place {
  /** Two letters, as in ISO 3166. */
  readonly country: string | undefined
  readonly city: string | undefined
  readonly latitude: number | undefined
  readonly longitude: number | undefined
}

const HAS_CITIES = /city|enterprise/i
// They have some 60 MB, and are read before the login and after it.
const databases = new Map<string, Reader<Response>>()

/** Reads the database of the settings, if they name one. @throws {@link UsageError} when it cannot be read. */
export async function checkGeoip({ geoip }: Settings): Promise<void> {
  if (geoip !== undefined) await databaseAt(geoip)
}

/**
 * The columns for the location of an IP address, from a database in MaxMind's format (`.mmdb`): the country, and with a
 * database of cities the city and its coordinates; none without a database.
 *
 * @throws {@link UsageError} when it cannot be read.
 */
export async function geoipColumns<Row>(
  path: string | undefined,
  ipOf: (row: Row) => string | undefined,
): Promise<readonly Column<Row>[]> {
  if (path === undefined) return []
  const reader = await databaseAt(path)
  const place = (row: Row) => {
    const ip = ipOf(row)
    return ip === undefined ? undefined : placeIn(reader.get(ip))
  }
  const country: Column<Row> = { key: 'country', heading: 'Country', value: (row) => place(row)?.country }
  if (!HAS_CITIES.test(reader.metadata.databaseType)) return [country]
  return [
    country,
    { key: 'city', heading: 'City', value: (row) => place(row)?.city, minWidth: 8 },
    { key: 'latitude', heading: 'Latitude', value: (row) => place(row)?.latitude, isDetail: true },
    { key: 'longitude', heading: 'Longitude', value: (row) => place(row)?.longitude, isDetail: true },
  ]
}

async function databaseAt(path: string): Promise<Reader<Response>> {
  const known = databases.get(path)
  if (known !== undefined) return known
  const { open } = await import('maxmind')
  const reader = await open<Response>(path).catch((error: unknown) => {
    throw new UsageError(`cannot read ${path}: ${messageOf(error)}`)
  })
  databases.set(path, reader)
  return reader
}

/** MaxMind's databases nest records; those of others have the same fields in one record. */
function placeIn(found: unknown): Place {
  const { country, city, location, country_code, latitude, longitude } = Object(found)
  return {
    country: textIn(country?.iso_code ?? country_code),
    city: textIn(city?.names?.en ?? city),
    latitude: numberIn(location?.latitude ?? latitude),
    longitude: numberIn(location?.longitude ?? longitude),
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
