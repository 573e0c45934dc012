// @ts-nocheck
import type { TextOptions } from '@bercon/protocol'
import { type TextInput, textOf } from './line.js'
import { rowLinesOf } from './table-rows.js'

/** One mission file. */
export interface MissionRow {
  readonly file: string
  /** The file name without world and `.pbo`. */
  readonly name: string
  /** The part after the last dot, without `.pbo`; `undefined` without a dot. */
  readonly world: string | undefined
}

/** The reply to `missions`. */
export interface MissionsReply {
  readonly type: 'missions'
  readonly missions: readonly MissionRow[]
}

const EXTENSION = '.pbo'

/**
 * Parses the reply to `missions`; `undefined` if it is something else.
 *
 * @param options - for a reply that is passed as bytes.
 * @throws {@link InvalidArgumentError} for an encoding that does not exist.
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
