import type { TextOptions } from '@bercon/protocol'
import { type TextInput, textOf } from './line.js'
import { rowLinesOf } from './table-rows.js'

/** One mission file. */
export interface MissionRow {
  readonly file: string
  /** The file without its world and `.pbo`. */
  readonly name: string
  /** What stands behind the last dot, once `.pbo` is gone; `undefined` without a dot. */
  readonly world: string | undefined
}

/** What `missions` answers. */
export interface MissionsReply {
  readonly type: 'missions'
  readonly missions: readonly MissionRow[]
}

const EXTENSION = '.pbo'

/**
 * Reads the reply to `missions`; `undefined` when it is something else.
 *
 * @param options - of a reply that is given as bytes.
 * @throws {@link InvalidArgumentError} for an encoding that there is not.
 * @example
 * ```ts
 * import { parseMissions } from '@bercon/core'
 *
 * console.log(parseMissions('Missions on server:\ncoop_1.2.Altis.pbo')?.missions[0]?.world) // Altis
 * ```
 */
export function parseMissions(reply: TextInput, options: TextOptions = {}): MissionsReply | undefined {
  const lines = rowLinesOf(textOf(reply, options), 'Missions on server:')
  if (lines === undefined) return undefined
  return { type: 'missions', missions: lines.map(parseFile) }
}

function parseFile(file: string): MissionRow {
  const named = file.toLowerCase().endsWith(EXTENSION) ? file.slice(0, -EXTENSION.length) : file
  const dot = named.lastIndexOf('.')
  if (dot === -1) return { file, name: named, world: undefined }
  return { file, name: named.slice(0, dot), world: named.slice(dot + 1) }
}

/** The files of a reply. */
export function missionFiles({ missions }: MissionsReply): readonly string[] {
  return missions.map(({ file }) => file)
}
