import { InvalidArgumentError } from '@bercon/client'
import { checkNames, checkNumber } from '@bercon/core/kit'
import { checkObject } from '../../roles/role-options.js'

/** How the HTTP and WebSocket fronts listen. */
export interface HttpSettings {
  /**
   * An address. Any but loopback needs `tls` or `behindProxy`.
   * @default '127.0.0.1'
   */
  readonly host: string
  /**
   * 0 for any port that is free.
   * @default 8306
   */
  readonly port: number
  /**
   * Certificate and key in PEM.
   * @default without TLS
   */
  readonly tls: { readonly cert: string | Uint8Array; readonly key: string | Uint8Array } | undefined
  /**
   * Whether a proxy in front speaks TLS with users. Then the last address of `X-Forwarded-For` is the user's, and
   * cookies are for HTTPS only. Without a proxy anybody could claim any address.
   * @default false
   */
  readonly behindProxy: boolean
  /**
   * Origins of pages, other than the gateway's own, that may use the API with a token of the user's.
   * @default []
   */
  readonly allowedOrigins: readonly string[]
  /**
   * Whether `/metrics` needs no token.
   * @default false
   */
  readonly openMetrics: boolean
  /**
   * The folder of a page to serve at `/`, with its `index.html`.
   * @default that of `@bercon/console`, if it is installed beside this package or in the working directory
   */
  readonly page: string | undefined
}

/** Where a front listens. */
export interface HttpAddress {
  readonly address: string
  readonly port: number
  /** What to write before a path. */
  readonly url: string
}

/** What is to be other than usual. */
export type HttpOptions = Partial<HttpSettings>

const DEFAULTS: HttpSettings = {
  host: '127.0.0.1',
  port: 8306,
  tls: undefined,
  behindProxy: false,
  allowedOrigins: [],
  openMetrics: false,
  page: undefined,
}

/** @throws {@link InvalidArgumentError} that names what is wrong. */
export function httpSettings(options: HttpOptions): HttpSettings {
  checkObject('http', options)
  checkNames(options, Object.keys(DEFAULTS))
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const settings: HttpSettings = { ...DEFAULTS, ...Object.fromEntries(given) }
  const { host, port, tls, behindProxy, allowedOrigins, openMetrics, page } = settings
  if (typeof host !== 'string' || host === '') throw new InvalidArgumentError('http.host', host, 'an address')
  checkNumber('http.port', port, { min: 0, max: 65_535, integer: true })
  for (const [name, value] of Object.entries({ behindProxy, openMetrics }))
    if (typeof value !== 'boolean') throw new InvalidArgumentError(`http.${name}`, value, 'true or false')
  if (!Array.isArray(allowedOrigins) || !allowedOrigins.every(isOrigin))
    throw new InvalidArgumentError(
      'http.allowedOrigins',
      allowedOrigins,
      'a list of origins, such as https://panel.example',
    )
  if (page !== undefined && (typeof page !== 'string' || page === ''))
    throw new InvalidArgumentError('http.page', page, 'the path of a folder')
  if (!isLoopback(host) && tls === undefined && !behindProxy)
    throw new InvalidArgumentError(
      'http.host',
      host,
      'a loopback address, because tokens would travel unencrypted',
      `http.host is ${host}, which others can reach, and tokens would travel unencrypted; set tls, or behindProxy if a proxy speaks TLS in front`,
    )
  return settings
}

/** Whether only this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.[0-9]{1,3}){3}$/.test(host)
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
