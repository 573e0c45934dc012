import type { Duplex } from 'node:stream'

const LINGER_MS = 1_000

/** Calls back after a while, and returns what calls it off. */
export type Later = (callback: () => void) => () => void

const later: Later = (callback) => {
  const timer = setTimeout(callback, LINGER_MS).unref()
  return () => clearTimeout(timer)
}

/**
 * Answers on a socket that no request goes on with, and closes it a second later, in which the other side reads the answer:
 * one that does not close its own end would keep it for as long as it likes.
 */
export async function endWith(socket: Duplex, response: Response, wait: Later = later): Promise<void> {
  const callOff = wait(() => socket.destroy())
  socket.once('close', callOff)
  // Unread, the other side's end would not be noticed.
  socket.resume()
  socket.end(await responseText(response))
}

async function responseText(response: Response): Promise<string> {
  const body = await response.text()
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const length = Buffer.byteLength(body)
  return `HTTP/1.1 ${response.status} Refused\r\n${headers}content-length: ${length}\r\nconnection: close\r\n\r\n${body}`
}
