import { readFileSync, writeFileSync } from 'node:fs'
import { checkTarget } from '@bercon/core/kit'
import { FleetDirectory } from '../directory/fleet-directory.js'
import { type ConnectFleetOptions, connectFleet, type NatsFleet } from '../nats/connect-fleet.js'
import { PasswordKey } from '../nats/password-key.js'
import { checkToken } from '../server-list.js'
import type { Asked } from './command-line.js'
import { readFleetFile } from './fleet-file.js'

type AskedFor<Type extends Asked['type']> = Extract<Asked, { type: Type }>

// Workers report every 2 s, and are asked to at once.
const REPORTS_MS = 1_500
const KEY_MODE = 0o600

/** Makes a key file, and never over another one: what that has encrypted could not be read any more. */
export function makeKey({ path }: AskedFor<'key'>): string {
  writeFileSync(path, PasswordKey.newText(), { flag: 'wx', mode: KEY_MODE })
  return `Wrote ${path}. Copy it to every worker, and nowhere else.`
}

export async function addServer({ path, passwordFile, ...asked }: AskedFor<'add'>): Promise<string> {
  const { name, host, port, game } = asked
  checkToken('name', name)
  const password = readFileSync(passwordFile === '-' ? 0 : passwordFile, 'utf8').replace(/\r?\n$/, '')
  checkTarget({ host, port, password })
  await withFleet(path, ({ servers }) => servers.put({ name, host, port, game, password }))
  return `${name} is in the list.`
}

/** Returns `undefined` if the server was not listed. */
export async function removeServer({ path, name }: AskedFor<'remove'>): Promise<string | undefined> {
  const isRemoved = await withFleet(path, ({ servers }) => servers.remove(name))
  return isRemoved ? `${name} is removed.` : undefined
}

/** The servers with owner and state, one a line. */
export function listServers({ path }: AskedFor<'list'>): Promise<string> {
  return withFleet(path, async ({ bus, servers }, { prefix }) => {
    const directory = new FleetDirectory({ bus, servers, ...(prefix === undefined ? {} : { prefix }) })
    await directory.ready
    await new Promise((resolve) => setTimeout(resolve, REPORTS_MS))
    const rows = [...directory.names].sort().map((name) => {
      const { host = '', port = 0, game = '' } = directory.serverOf(name) ?? {}
      const owner = directory.ownerOf(name)?.worker ?? '-'
      return [name, game, `${host}:${port}`, owner, directory.get(name)?.state ?? '']
    })
    await directory.close()
    return table([['name', 'game', 'address', 'owner', 'state'], ...rows])
  })
}

async function withFleet<T>(
  path: string,
  use: (fleet: NatsFleet, options: ConnectFleetOptions) => Promise<T>,
): Promise<T> {
  const { connection } = await readFleetFile(path)
  const fleet = await connectFleet(connection)
  try {
    return await use(fleet, connection)
  } finally {
    await fleet.close()
  }
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
