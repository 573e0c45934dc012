// @ts-nocheck
import { InvalidArgumentError } from '@bercon/core'
import { unshownArgument } from '@bercon/core/kit'
import { type WebSocketLike, webSocketChannel } from './channels/web-socket-channel.js'
import { RemoteConnection } from './remote/remote-connection.js'
import type { RemoteOptions } from './remote/remote-options.js'

/** A class of WebSockets: the platform's own, or that of `ws`. */
export type WebSocketClass = new (
  url: string,
  protocols: string[],
  // What `ws` calls its options; the platform's own class takes none.
  options?: never,
) => WebSocketLike

/** How to reach a server through a gateway. */
export interface GatewayOptions extends RemoteOptions {
  /** The server's name at the gateway. */
  readonly server: string
  /** The user's token; in a browser leave it out, where the gateway's cookie signs in. */
  readonly token?: string | undefined
  /**
   * The class to connect with; before Node 22, which has none of its own, pass that of the package `ws`.
   * @default globalThis.WebSocket
   */
  readonly WebSocket?: WebSocketClass | undefined
}

/** The subprotocol of the messages; a gateway selects it. */
export const SUBPROTOCOL = 'bercon.v1'
/** A subprotocol that begins with it carries a token, where headers cannot be set; a gateway must not select it. */
export const TOKEN_SUBPROTOCOL = 'bercon.token.'

interface Platform {
  readonly WebSocket?: WebSocketClass
  readonly location?: { readonly href: string }
  readonly URL: new (url: string, base?: string) => ParsedUrl
}

interface ParsedUrl {
  protocol: string
  pathname: string
  search: string
  hash: string
  readonly username: string
  readonly password: string
  readonly host: string
  readonly href: string
}

const SCHEMES: Readonly<Record<string, string>> = {
  'http:': 'ws:',
  'https:': 'wss:',
  'ws:': 'ws:',
  'wss:': 'wss:',
}

/**
 * Connects to a server that a gateway is logged in to, for a client that needs no `connect`. The token travels as a header
 * with `ws`, as a subprotocol otherwise, never in the address. A wrong token ends the connection with `login-refused`.
 *
 * @param url the gateway's address, such as `https://rcon.example`; in a browser it may be relative.
 * @throws {@link InvalidArgumentError} naming an argument or option that is wrong; the token is not shown.
 *
 * @example
 * ```ts
 * import { connectGateway, type WebSocketClass } from '@bercon/remote'
 *
 * function altisThroughTheGateway(token: string, WebSocket: WebSocketClass) {
 *   return connectGateway('https://rcon.example', { server: 'altis', token, WebSocket })
 * }
 * ```
 */
export function connectGateway(url: string, options: GatewayOptions): RemoteConnection {
  const { server, token, WebSocket: given, ...settings } = options
  if (typeof server !== 'string' || server === '')
    throw new InvalidArgumentError('server', server, "the server's name at the gateway")
  if (token !== undefined) checkToken(token)
  const address = connectionUrl(url, server)
  const Socket = given ?? platform().WebSocket
  if (typeof Socket !== 'function')
    throw unshownArgument(
      'WebSocket',
      Socket,
      'a class',
      'WebSocket is missing here; pass the class of the package ws, as { WebSocket }',
    )
  return new RemoteConnection(() => webSocketChannel(newSocket(Socket, address.href, token)), {
    name: `${address.host}/${server}`,
    ...settings,
  })
}

function newSocket(Socket: WebSocketClass, url: string, token: string | undefined): WebSocketLike {
  if (token === undefined) return new Socket(url, [SUBPROTOCOL])
  if (!takesHeaders(Socket)) return new Socket(url, [SUBPROTOCOL, TOKEN_SUBPROTOCOL + token])
  return new Socket(url, [SUBPROTOCOL], { headers: { authorization: `Bearer ${token}` } } as never)
}

/** Whether it is the class of `ws`, which has servers too; a browser refuses a third argument. */
function takesHeaders(Socket: WebSocketClass): boolean {
  return 'WebSocketServer' in Socket
}

function connectionUrl(url: string, server: string): ParsedUrl {
  const { URL, location } = platform()
  let parsed: ParsedUrl
  try {
    parsed = new URL(url, location?.href)
  } catch {
    throw unshownArgument('url', url, 'the address of a gateway, such as https://rcon.example')
  }
  const scheme = SCHEMES[parsed.protocol]
  if (scheme === undefined)
    throw unshownArgument('url', url, 'an address that begins with https:, http:, wss: or ws:')
  if (parsed.username !== '' || parsed.password !== '' || parsed.search !== '' || parsed.hash !== '')
    throw unshownArgument(
      'url',
      url,
      'an address alone',
      'url must be an address without user, password and what follows a "?" or "#"; pass the token as { token }',
    )
  parsed.protocol = scheme
  parsed.pathname = `${parsed.pathname.replace(/\/+$/, '')}/api/servers/${encodeURIComponent(server)}/connection`
  return parsed
}

// As RFC 9110 §5.6.2 has it; a subprotocol holds nothing else, nor does a token need more.
function checkToken(token: unknown): void {
  if (typeof token !== 'string' || !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(token))
    throw unshownArgument('token', token, 'the token as the gateway printed it, without spaces and quotes')
}

function platform(): Platform {
  return globalThis as unknown as Platform
}
