/** The values in a database: texts, numbers (as doubles, except in the metadata), and maps of them. */
// @ts-nocheck

type Value = string | number | { readonly [key: string]: Value }

const NO_DATA = -1
const SEPARATOR = Buffer.alloc(16)
const MARKER = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')])
const METADATA_NUMBERS: ReadonlySet<string> = new Set([
  'binary_format_major_version',
  'binary_format_minor_version',
  'ip_version',
  'node_count',
  'record_size',
])

/**
 * A database in MaxMind's format, version 2.0, by its public specification: a binary tree over the bits of IPv4
 * addresses with records of 24 bits, the data, the metadata. No package on npm writes one, and available ones take some
 * megabytes.
 */
export function mmdbFile(databaseType: string, networks: Readonly<Record<string, Value>>): Buffer {
  const nodes: [number, number][] = [[NO_DATA, NO_DATA]]
  const data: Buffer[] = []
  const leaves: { readonly node: number; readonly bit: 0 | 1; readonly offset: number }[] = []
  for (const [network, value] of Object.entries(networks)) {
    const offset = Buffer.concat(data).length
    data.push(encode(value))
    leaves.push({ ...leafOf(network, nodes), offset })
  }
  for (const { node, bit, offset } of leaves)
    (nodes[node] as [number, number])[bit] = nodes.length + SEPARATOR.length + offset
  const tree = Buffer.alloc(nodes.length * 6)
  for (const [index, pair] of nodes.entries())
    for (const bit of [0, 1] as const)
      tree.writeUIntBE(pair[bit] === NO_DATA ? nodes.length : pair[bit], index * 6 + bit * 3, 3)
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    database_type: databaseType,
    ip_version: 4,
    node_count: nodes.length,
    record_size: 24,
  }
  return Buffer.concat([tree, SEPARATOR, ...data, MARKER, encode(metadata)])
}

/** The position of a network such as `192.0.2.0/24` in the tree, which grows to contain it. */
function leafOf(network: string, nodes: [number, number][]): { readonly node: number; readonly bit: 0 | 1 } {
  const [address = '', length = '32'] = network.split('/')
  const bits = address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
    .slice(0, Number(length))
  let node = 0
  for (const digit of bits.slice(0, -1)) {
    const pair = nodes[node] as [number, number]
    const bit = digit === '1' ? 1 : 0
    if (pair[bit] === NO_DATA) pair[bit] = nodes.push([NO_DATA, NO_DATA]) - 1
    node = pair[bit]
  }
  return { node, bit: bits.endsWith('1') ? 1 : 0 }
}

function encode(value: Value, key = ''): Buffer {
  if (typeof value === 'string')
    return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(METADATA_NUMBERS.has(key) ? 4 : 8)
    if (bytes.length === 4) bytes.writeUInt32BE(value)
    else bytes.writeDoubleBE(value)
    return Buffer.concat([control(bytes.length === 4 ? 6 : 3, bytes.length), bytes])
  }
  const entries = Object.entries(value)
  const encoded = entries.flatMap(([name, each]) => [encode(name), encode(each, name)])
  return Buffer.concat([control(7, entries.length), ...encoded])
}

/** The byte with type and size of the next value: sizes below 29 suffice here. */
function control(type: number, size: number): Buffer {
  if (size >= 29) throw new Error(`too much for one value: ${size}`)
  return Buffer.from([(type << 5) | size])
}
