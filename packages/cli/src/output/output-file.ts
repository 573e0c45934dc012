import { accessSync, constants, openSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { messageOf, UsageError } from '../usage-error.js'

/**
 * Checks that a file can be written, and changes nothing: for a command that writes it at its end, so that a wrong path
 * costs neither a login nor the work before.
 *
 * @throws {@link UsageError}
 */
export function checkWritable(path: string): void {
  writing(path, () => {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory()) throw new Error('it is a folder')
    accessSync(found === undefined ? dirname(path) : path, constants.W_OK)
  })
}

/** Writes a whole file. @throws {@link UsageError} */
export function writeOutput(path: string, content: string | Uint8Array): void {
  writing(path, () => writeFileSync(path, content))
}

/** Opens a file to write it piece by piece. @throws {@link UsageError} */
export function openOutput(path: string): number {
  return writing(path, () => openSync(path, 'w'))
}

/** Writes a piece of an opened file, which `path` names. @throws {@link UsageError} if the disk is full, for one. */
export function writePiece(file: number, path: string, piece: Uint8Array): void {
  writing(path, () => writeSync(file, piece))
}

function writing<T>(path: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${messageOf(error)}`)
  }
}
