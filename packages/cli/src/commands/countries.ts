import type { CityResponse, CountryResponse } from 'maxmind'
import type { Column } from '../output/listing.js'
import { UsageError } from '../usage-error.js'

/**
 * The column for the country of an IP address, by a database of countries or cities in MaxMind's format (`.mmdb`); none
 * where no database was given.
 *
 * @throws {@link UsageError} when it cannot be read.
 */
export async function countryColumns<Row>(
  path: string | undefined,
  ipOf: (row: Row) => string | undefined,
): Promise<readonly Column<Row>[]> {
  if (path === undefined) return []
  const { open } = await import('maxmind')
  const reader = await open<CountryResponse & CityResponse>(path).catch((error: unknown) => {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
  })
  const value = (row: Row) => {
    const ip = ipOf(row)
    return ip === undefined ? undefined : reader.get(ip)?.country?.iso_code
  }
  return [{ key: 'country', heading: 'Country', value }]
}
