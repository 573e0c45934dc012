// @ts-nocheck
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

// BattlEye renames the file that it uses: `beserver_x64_active_1a2b.cfg`, in any case.
const BATTLEYE = /^beserver(_x64)?(_active_[0-9a-z]+)?\.cfg$/i
const REFORGER = /^config\.json$/i
const FOLDER = /^battleye$/i
// With `-profiles` the server keeps its BattlEye there.
const PROFILES = /profile/i
const MOST_BYTES = 1_000_000

interface Found {
  readonly path: string
  readonly isInProfiles: boolean
}

/** Whether BattlEye gave the file this name because it uses it. */
export function isActive(path: string): boolean {
  return BATTLEYE.exec(basename(path))?.[2] !== undefined
}

export function is64Bit(path: string): boolean {
  return /_x64/i.test(basename(path))
}

/**
 * The server's files in a folder and in the `BattlEye` of it and of its profiles, in the order of how likely they are in use: x64
 * before 32-bit, active before seed, profiles before the game's folder, then the newest.
 */
export function cfgsIn(path: string): readonly string[] {
  const profiles = foldersIn(path, PROFILES).map((folder) => ({ path: folder, isInProfiles: true }))
  const homes = [{ path, isInProfiles: false }, ...profiles].flatMap((home) => [
    home,
    ...foldersIn(home.path, FOLDER).map((folder) => ({ ...home, path: folder })),
  ])
  const battleye = homes.flatMap((home) => filesIn(home, BATTLEYE))
  const reforger = filesIn({ path, isInProfiles: false }, REFORGER).filter(hasRcon)
  return [...inOrder(battleye), ...inOrder(reforger)]
}

/** As `cfgsIn`, for the whole server where the folder is its `BattlEye`, or that of its profiles. */
export function cfgsAround(folder: string): readonly string[] {
  if (!FOLDER.test(nameOf(folder))) return cfgsIn(folder)
  const above = join(folder, '..')
  return cfgsIn(PROFILES.test(nameOf(above)) ? join(above, '..') : above)
}

const nameOf = (folder: string) => basename(resolve(folder))

// Many programs have a `config.json`.
function hasRcon({ path }: Found): boolean {
  try {
    return statSync(path).size <= MOST_BYTES && readFileSync(path, 'utf8').includes('"rcon"')
  } catch {
    return false
  }
}

function inOrder(found: readonly Found[]): readonly string[] {
  const rank = ({ path, isInProfiles }: Found) => [
    is64Bit(path) ? 0 : 1,
    isActive(path) ? 0 : 1,
    isInProfiles ? 0 : 1,
    -statSync(path).mtimeMs,
  ]
  const ranked = found.map((each) => ({ path: each.path, rank: rank(each) }))
  return ranked.toSorted((a, b) => compare(a.rank, b.rank)).map(({ path }) => path)
}

function compare(a: readonly number[], b: readonly number[]): number {
  const difference = a.map((value, index) => value - (b[index] ?? 0)).find((each) => each !== 0)
  return difference ?? 0
}

function filesIn(folder: Found, pattern: RegExp): readonly Found[] {
  return namesIn(folder.path, pattern)
    .map((path) => ({ ...folder, path }))
    .filter(({ path }) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
}

function foldersIn(folder: string, pattern: RegExp): readonly string[] {
  return namesIn(folder, pattern).filter(
    (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
  )
}

/** An unreadable folder counts as empty. */
function namesIn(folder: string, pattern: RegExp): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}
