import { once } from 'node:events'
import { mkdirSync, unlinkSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { InvalidArgumentError } from '@bercon/client'

// Hidden, so that a pattern such as audit/* has the audit alone.
const SOCKET = '.gateway.sock'
// Of the shortest system; Node cuts a longer one off.
const MAX_PATH_BYTES = 103
const FOLDER_MODE = 0o700

/** Lets the folder go. */
export type Release = () => void

/**
 * Makes the folder of the audit if there is none, and keeps it for this process: two would append to one file, and delete
 * each other's. The process listens on a socket in it, which ends with the process, however that ends.
 *
 * @throws {@link InvalidArgumentError} if another gateway has it, or it cannot be a folder.
 */
export async function holdFolder(directory: string): Promise<Release> {
  try {
    mkdirSync(directory, { recursive: true, mode: FOLDER_MODE })
  } catch (error) {
    throw unusable(directory, `cannot be a folder: ${(error as Error).message}`)
  }
  const path = join(directory, SOCKET)
  // On Windows a socket is no file.
  if (process.platform === 'win32' || Buffer.byteLength(path) > MAX_PATH_BYTES) return () => {}
  const server = (await listening(path)) ?? (await listeningInPlaceOf(path, directory))
  return () => void server?.close()
}

/** Nothing where somebody listens already, or did and was killed. */
async function listening(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy()).unref()
  try {
    server.listen(path)
    await once(server, 'listening')
    return server
  } catch {
    return undefined
  }
}

/** The same where nobody listens any more; without it where the disk has no sockets. */
async function listeningInPlaceOf(path: string, directory: string): Promise<Server | undefined> {
  const failure = await failureToConnect(path)
  if (failure === undefined)
    throw unusable(directory, 'is that of another gateway, which runs; each needs one of its own')
  if (failure !== 'ECONNREFUSED') return undefined
  try {
    unlinkSync(path)
  } catch {
    return undefined
  }
  return listening(path)
}

async function failureToConnect(path: string): Promise<string | undefined> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? ''
  } finally {
    socket.destroy()
  }
}

function unusable(directory: string, reason: string): InvalidArgumentError {
  const sentence = `audit.directory: ${directory} ${reason}`
  return new InvalidArgumentError('audit.directory', directory, 'a folder of its own', sentence)
}
