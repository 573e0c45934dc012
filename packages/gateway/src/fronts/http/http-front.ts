import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { RconError } from '@bercon/client'
import { getRequestListener } from '@hono/node-server'
import type { FrontParts } from '../front-parts.js'
import { Gatekeeper } from './gatekeeper.js'
import { createApp } from './http-app.js'
import { type HttpAddress, type HttpOptions, type HttpSettings, httpSettings } from './http-options.js'
import type { HttpParts } from './http-parts.js'
import { endWith } from './last-response.js'
import { problemResponse } from './problem.js'

/** What the HTTP front needs beside what every front does. */
export interface HttpFrontParts extends FrontParts, Pick<HttpParts, 'auditDirectory' | 'metrics' | 'files'> {}

/** Takes over a connection that asks to become a WebSocket. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer, gatekeeper: Gatekeeper) => void

const NO_REQUEST = 'This is not a request of HTTP/1.1 that can be read, or it did not come in time'
// A browser asks for many things at once, but nobody sends a header as long as a page.
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
// How often these are looked at; those who say nothing hold a file each until then.
const CHECK_INTERVAL_MS = 5_000

/** The HTTP front on its socket; WebSockets begin here, too. */
export class HttpFront {
  readonly #settings: HttpSettings
  readonly #server: Server
  readonly #report: (error: Error) => void

  /** @throws {@link InvalidArgumentError} that names what is wrong. */
  constructor(options: HttpOptions, parts: HttpFrontParts, upgrade: Upgrade) {
    this.#settings = httpSettings(options)
    const { tls } = this.#settings
    const gatekeeper = new Gatekeeper(parts, this.#settings)
    const app = createApp({ ...parts, settings: this.#settings, gatekeeper })
    const listener = getRequestListener(app.fetch, {
      overrideGlobalObjects: false,
      // What is no request, such as one without a host that can be.
      errorHandler: () => problemResponse('invalid-argument', NO_REQUEST),
    })
    const limits = {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
    }
    this.#server =
      tls === undefined
        ? createHttpServer(limits, listener)
        : createHttpsServer({ ...limits, cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) }, listener)
    this.#server.on('upgrade', (request, socket, head) => upgrade(request, socket, head, gatekeeper))
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseBytes(error, socket))
    this.#report = (error) => parts.report({ type: 'error', error, during: 'http' })
  }

  /** @throws `RconError` `server-failure` when the address is not there or the port taken. */
  listen(): Promise<HttpAddress> {
    const { host, port, tls } = this.#settings
    return new Promise((resolve, reject) => {
      const fail = (cause: Error) =>
        reject(
          new RconError('server-failure', `Cannot listen at ${host}:${port}: ${cause.message}`, { cause }),
        )
      this.#server.once('error', fail)
      this.#server.listen(port, host, () => {
        this.#server.off('error', fail)
        this.#server.on('error', this.#report)
        const { address, port: bound } = this.#server.address() as AddressInfo
        const shown = address.includes(':') ? `[${address}]` : address
        resolve({ address, port: bound, url: `${tls ? 'https' : 'http'}://${shown}:${bound}` })
      })
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      // Streams of events would never end by themselves.
      this.#server.closeAllConnections()
    })
  }
}

/** Answers what Node cannot read as a request, or not in time. */
function refuseBytes({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const isLong = code === 'HPE_HEADER_OVERFLOW'
  void endWith(
    socket,
    isLong
      ? problemResponse('too-large', 'The headers of the request are too long')
      : problemResponse('invalid-argument', NO_REQUEST),
  )
}
