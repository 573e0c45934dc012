import { readFileSync, statSync } from 'node:fs'
import type { InvalidArgumentError } from '@bercon/core'
import { unshownArgument } from '@bercon/core/kit'

const READ_BY_OTHERS = 0o004

/**
 * Reads a file with a secret in it, without the line end after it.
 *
 * @param key - the path of the key that names the file, for errors.
 * @throws {@link InvalidArgumentError} if it cannot be read, is empty, or can be read by every user of the machine.
 */
export function readSecret(key: string, path: string): string {
  const { mode, text } = read(key, path)
  // On Windows the mode says nothing.
  if (process.platform !== 'win32' && (mode & READ_BY_OTHERS) !== 0)
    throw unshownArgument(
      key,
      path,
      'a file that not everybody can read',
      `${key}: every user of this machine can read ${path}; run chmod 600 ${path}`,
    )
  const secret = text.replace(/\r?\n$/, '')
  if (secret === '')
    throw unshownArgument(
      key,
      path,
      'a file with something in it',
      `${key}: ${path} is empty; write the secret into it`,
    )
  return secret
}

/** Reads a file that may be read by everybody. @throws {@link InvalidArgumentError} if it cannot be read. */
export function readPublic(key: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw unreadable(key, path, error)
  }
}

function read(key: string, path: string): { readonly mode: number; readonly text: string } {
  try {
    return { mode: statSync(path).mode, text: readFileSync(path, 'utf8') }
  } catch (error) {
    throw unreadable(key, path, error)
  }
}

function unreadable(key: string, path: string, error: unknown): InvalidArgumentError {
  const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no' : 'cannot read'
  return unshownArgument(key, path, 'a file that can be read', `${key}: ${reason} ${path}`)
}
