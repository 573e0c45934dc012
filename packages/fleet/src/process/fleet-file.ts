import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { InvalidArgumentError } from '@bercon/client'
import { suggestion } from '@bercon/core/kit'
import type { NodeConnectionOptions } from '@nats-io/transport-node'
import { parse } from 'smol-toml'
import type { ConnectFleetOptions } from '../nats/connect-fleet.js'
import { PasswordKey } from '../nats/password-key.js'
import { isRecord } from '../wire/record.js'
import type { FleetWorkerSettings } from '../worker/worker-options.js'

/** What a `fleet.toml` says. */
export interface FleetFile {
  readonly connection: ConnectFleetOptions
  readonly worker: Partial<Pick<FleetWorkerSettings, 'id' | 'capacity' | 'handoversPerSecond' | 'maxLogins'>>
}

type Kind = 'string' | 'number' | 'boolean' | 'table'

const KEYS: Readonly<Record<string, Kind>> = {
  nats: 'string',
  user: 'string',
  'password-file': 'string',
  'inbox-prefix': 'string',
  'ca-file': 'string',
  'key-file': 'string',
  prefix: 'string',
  'lease-ms': 'number',
  create: 'boolean',
  replicas: 'number',
  worker: 'table',
}
const WORKER_KEYS: Readonly<Record<string, Kind>> = {
  id: 'string',
  capacity: 'number',
  'handovers-per-second': 'number',
  'max-logins': 'number',
}

/**
 * Reads a file; paths in it are relative to it.
 *
 * @throws {@link InvalidArgumentError} with a sentence that names the key.
 */
export async function readFleetFile(path: string): Promise<FleetFile> {
  const file = checked('', parsed(path), KEYS)
  const worker = checked('worker.', (file['worker'] ?? {}) as Table, WORKER_KEYS)
  const beside = (name: string) => resolve(dirname(path), name)
  const keyFile = textIn(file, 'key-file')
  const key = keyFile === undefined ? undefined : await PasswordKey.read(beside(keyFile))
  return {
    connection: {
      nats: connectionOf(file, beside),
      key,
      prefix: textIn(file, 'prefix'),
      leaseMs: numberIn(file, 'lease-ms'),
      replicas: numberIn(file, 'replicas'),
      create: file['create'] as boolean | undefined,
    },
    worker: given({
      id: textIn(worker, 'id'),
      capacity: numberIn(worker, 'capacity'),
      handoversPerSecond: numberIn(worker, 'handovers-per-second'),
      maxLogins: numberIn(worker, 'max-logins'),
    }),
  }
}

function connectionOf(file: Table, beside: (name: string) => string): NodeConnectionOptions {
  const servers = textIn(file, 'nats')
  if (servers === undefined)
    throw wrong('nats', 'nats is missing; write the address of NATS, such as nats = "nats://127.0.0.1:4222"')
  const passwordFile = textIn(file, 'password-file')
  const caFile = textIn(file, 'ca-file')
  return given({
    servers: servers.split(',').map((server) => server.trim()),
    user: textIn(file, 'user'),
    pass: passwordFile === undefined ? undefined : read(beside(passwordFile)).trim(),
    inboxPrefix: textIn(file, 'inbox-prefix'),
    tls: caFile === undefined ? undefined : { caFile: beside(caFile) },
  })
}

type Table = Readonly<Record<string, unknown>>

function parsed(path: string): Table {
  const text = read(path)
  try {
    return parse(text)
  } catch (error) {
    throw wrong('file', `${path}: ${(error as Error).message.split('\n')[0]}`)
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw wrong('file', `Cannot read ${path}: ${(error as NodeJS.ErrnoException).code}`)
  }
}

function checked(place: string, table: Table, keys: Readonly<Record<string, Kind>>): Table {
  for (const [key, item] of Object.entries(table)) {
    const kind = Object.hasOwn(keys, key) ? keys[key] : undefined
    if (kind === undefined)
      throw wrong(place + key, `There is no key "${place}${key}"${suggestion(key, Object.keys(keys))}`)
    const isRight = kind === 'table' ? isRecord(item) : typeof item === kind
    if (!isRight)
      throw wrong(place + key, `${place}${key} must be a ${kind === 'string' ? 'text in quotes' : kind}`)
  }
  return table
}

// What a table has is of the right kind.
const textIn = (table: Table, key: string) => table[key] as string | undefined
const numberIn = (table: Table, key: string) => table[key] as number | undefined

/** Without what is not given. */
function given<T extends object>(values: T): { readonly [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}

// Without the value: it may be a password in the wrong place.
function wrong(key: string, sentence: string): InvalidArgumentError {
  return new InvalidArgumentError(key, undefined, 'as the documentation says', sentence)
}
