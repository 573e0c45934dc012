import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { AsyncRconClient, UdpTransport } from '@bercon/client'
import { battleye, type Transport } from '@bercon/core/kit'
import { EXIT, exitCodeOf } from '../exit-codes.js'
import { messageOf } from '../usage-error.js'
import type { CheckedTarget } from './check-target.js'
import type { Checklist } from './checklist.js'

const LOGIN_TIMEOUT_MS = 20_000

/** Looks up the host and logs in at its addresses, one after the other; the caller closes the client. */
export async function checkLogin(
  target: CheckedTarget,
  list: Checklist,
  signal: AbortSignal,
): Promise<AsyncRconClient | undefined> {
  const { host, loginTimeoutMs = LOGIN_TIMEOUT_MS } = target
  const addresses = await addressesOf(host, loginTimeoutMs, list, signal)
  const failures: Failure[] = []
  for (const address of addresses) {
    const share = loginTimeoutMs / addresses.length
    const result = await logIn({ ...target, host: address, loginTimeoutMs: share }, signal)
    if (!('exitCode' in result)) {
      // Another address of the same name serves, so that these are only worth a look.
      for (const { text } of failures) list.remark(text)
      list.good(`${shown(address, target.port)} answers, and accepts the password`)
      return result
    }
    failures.push(result)
  }
  for (const { text, exitCode } of failures) list.bad(text, exitCode)
  return undefined
}

interface Failure {
  readonly text: string
  readonly exitCode: number
}

async function addressesOf(
  host: string,
  lookUpTimeoutMs: number,
  list: Checklist,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  const stopped = AbortSignal.any([signal, AbortSignal.timeout(lookUpTimeoutMs)])
  const givenUp = new Promise<never>((_resolve, reject) => {
    stopped.addEventListener('abort', () => reject(new Error('the name server does not answer')))
  })
  try {
    const found = await Promise.race([lookup(host, { all: true }), givenUp])
    const addresses = found.map(({ address }) => address)
    list.good(`${host} is ${addresses.join(' and ')}`)
    return addresses
  } catch (error) {
    signal.throwIfAborted()
    list.bad(
      `${host} has no address (${messageOf(error)}): check the spelling of the host, or give its address`,
      EXIT.unreachable,
    )
    return []
  }
}

/** Logs in at one address; fails at once if the system reports the port as closed. */
async function logIn(
  { host, port, password, loginTimeoutMs = LOGIN_TIMEOUT_MS }: CheckedTarget,
  signal: AbortSignal,
): Promise<AsyncRconClient | Failure> {
  const closed = new AbortController()
  const client = new AsyncRconClient({
    // BattlEye's way of answering is the wire's own, whichever game it is.
    dialect: battleye,
    transport: watchedUdp((error) => closed.abort(error)),
    loginTimeoutMs,
    playersIntervalMs: 0,
  })
  try {
    await client.connect(host, port, password, { signal: AbortSignal.any([signal, closed.signal]) })
    return client
  } catch (error) {
    await client.close()
    signal.throwIfAborted()
    return failureOf(error, shown(host, port), { port, loginTimeoutMs, isClosed: closed.signal.aborted })
  }
}

/** UDP that also says when the system reports a port as closed: elsewhere that means only "not yet" (W1). */
function watchedUdp(onClosed: (error: Error) => void): Transport {
  const udp = new UdpTransport()
  return {
    resolve: (host) => udp.resolve(host),
    open: (address, port, receiver) =>
      udp.open(address, port, {
        ...receiver,
        onError: (error) => {
          receiver.onError(error)
          if ('code' in error && error.code === 'ECONNREFUSED') onClosed(error)
        },
      }),
  }
}

function failureOf(
  error: unknown,
  server: string,
  facts: { readonly port: number; readonly loginTimeoutMs: number; readonly isClosed: boolean },
): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (facts.isClosed)
    return {
      text: `${server}: nobody listens there (the port is reported closed): start the server, or give its RConPort, which is not the game port`,
      exitCode: EXIT.unreachable,
    }
  if (code === 'login-refused')
    return {
      text: `${server} answers, but refused the password: give the one that its own file has now, as RConPassword or rcon.password`,
      exitCode: EXIT.refused,
    }
  if (code === 'login-timeout')
    return {
      text: `${server} did not answer in ${facts.loginTimeoutMs / 1_000} s: check that the server runs, that its RConPort is ${facts.port}, and that firewalls let UDP to that port through`,
      exitCode: EXIT.unreachable,
    }
  return { text: `${server}: ${messageOf(error)}`, exitCode: exitCodeOf(error) }
}

function shown(address: string, port: number): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`
}
