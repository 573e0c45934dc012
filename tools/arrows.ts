/** What the sources of each package may import: the arrows of ARCHITECTURE.md, each pointing down, and libraries. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '@bercon/protocol': ['crc-32'],
  '@bercon/core': ['@bercon/protocol'],
  '@bercon/client': ['@bercon/core', 'node:'],
  '@bercon/rx': ['@bercon/core', '@bercon/client', 'rxjs'],
  '@bercon/sync': ['@bercon/core', '@bercon/client', 'node:'],
  '@bercon/arma': ['@bercon/core', '@noble/hashes'],
  '@bercon/reforger': ['@bercon/core'],
  '@bercon/server': ['@bercon/protocol', 'node:'],
  '@bercon/cli': [
    '@bercon/protocol',
    '@bercon/core',
    '@bercon/client',
    '@bercon/arma',
    '@bercon/reforger',
    '@bercon/server',
    '@inquirer/password',
    'cli-truncate',
    'commander',
    'csv-parse',
    'csv-stringify',
    'leven',
    'maxmind',
    'picocolors',
    'smol-toml',
    'string-width',
    'wrap-ansi',
    'node:',
  ],
}

/** The first cycle that the dependencies have, as a path, or nothing. */
export function findCycle(
  dependencies: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const done = new Set<string>()
  const visit = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path, name]
    if (done.has(name)) return undefined
    for (const dependency of dependencies.get(name) ?? []) {
      const cycle = visit(dependency, [...path, name])
      if (cycle !== undefined) return cycle
    }
    done.add(name)
    return undefined
  }
  for (const name of dependencies.keys()) {
    const cycle = visit(name, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
