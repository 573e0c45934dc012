import type { Clock } from '@bercon/protocol/driver'
import type { ConformanceCase } from '../case.js'
import { Inbox, sleep } from '../inbox.js'
import type { PacketLog } from '../packet-log.js'
import type { OpenProbeSocket } from '../probe-socket.js'
import type { ClientReport, ClientUnderTest, StartClient } from './adapter.js'
import { FakeServer } from './fake-server.js'

/** A case that tries a client. */
export type ClientCase = ConformanceCase<ClientWorld>

/** The password of the fake server. */
export const PASSWORD = 'conformance'

const START_MS = 20_000
const LOGIN_MS = 10_000
const REPLY_MS = 8_000

/** What a case about a client works with: a server of its own, the client, and time. */
export class ClientWorld {
  readonly clock: Clock
  readonly server: FakeServer
  /** Everything that the client reported. */
  readonly reports: ClientReport[] = []
  readonly #inbox: Inbox<ClientReport>
  readonly #openSocket: OpenProbeSocket
  readonly #start: StartClient
  #client: ClientUnderTest | undefined
  #lastId = 0

  constructor(start: StartClient, clock: Clock, openSocket: OpenProbeSocket, log: PacketLog) {
    this.clock = clock
    this.server = new FakeServer(clock, PASSWORD, log)
    this.#inbox = new Inbox(clock)
    this.#openSocket = openSocket
    this.#start = start
  }

  /** Binds the server and starts the client. Called once, before the case. */
  async begin(): Promise<void> {
    this.server.attach(await this.#openSocket('127.0.0.1', this.server.receive))
    this.#client = this.#start((report) => {
      this.reports.push(report)
      this.#inbox.push(report)
    })
  }

  /** The texts of the messages that the client reported. */
  get messages(): readonly string[] {
    return this.reports.flatMap((each) => (each.report === 'message' ? [each.text] : []))
  }

  /** Orders a login and does not wait. */
  orderLogin({
    password = PASSWORD,
    host = '127.0.0.1',
  }: {
    readonly password?: string
    readonly host?: string
  } = {}): void {
    this.#client?.send({ do: 'login', host, port: this.server.port, password })
  }

  /** Waits for the first datagram of the client, whose program may take long to start; the time of a case begins then. */
  async started(): Promise<boolean> {
    const hasBegun = () => this.server.received.length > 0 || this.reports.length > 0
    for (let waited = 0; !hasBegun() && waited < START_MS; waited += 100) await this.sleep(100)
    return this.server.received.length > 0
  }

  /** Waits for the outcome of a login. */
  async loginOutcome(ms: number = LOGIN_MS): Promise<ClientReport | undefined> {
    await this.started()
    return this.#report(({ report }) => report === 'logged-in' || report === 'login-failed', ms)
  }

  /** Logs in. @throws `NoLogin` when the client does not. */
  async loggedIn(): Promise<void> {
    this.orderLogin()
    const outcome = await this.loginOutcome()
    if (outcome?.report !== 'logged-in') throw new NoLogin(outcome)
  }

  /** Orders a command and gives its id. */
  order(text: string, { resend = false }: { readonly resend?: boolean } = {}): number {
    const id = ++this.#lastId
    this.#client?.send({ do: 'command', id, text, resend })
    return id
  }

  /** Waits for the reply or the failure of a command. */
  outcome(id: number, ms: number = REPLY_MS): Promise<ClientReport | undefined> {
    return this.#report(
      (each) => (each.report === 'reply' || each.report === 'failure') && each.id === id,
      ms,
    )
  }

  /** Orders a command and waits for its outcome. */
  ask(
    text: string,
    options: { readonly resend?: boolean; readonly ms?: number } = {},
  ): Promise<ClientReport | undefined> {
    return this.outcome(this.order(text, options), options.ms)
  }

  /** Orders the end of the connection and waits for it. */
  async closed(ms: number): Promise<boolean> {
    this.#client?.send({ do: 'close' })
    return (await this.#report(({ report }) => report === 'closed', ms)) !== undefined
  }

  sleep(ms: number): Promise<void> {
    return sleep(this.clock, ms)
  }

  /** Ends the client and the server. */
  end(): void {
    this.#client?.end()
    this.server.close()
  }

  async #report(accepts: (report: ClientReport) => boolean, ms: number): Promise<ClientReport | undefined> {
    const report = await this.#inbox.take((each) => each.report === 'broken' || accepts(each), ms)
    if (report?.report === 'broken') throw new BrokenClient(report.reason)
    return report
  }
}

/** What a command came to, in words. */
export function inWords(outcome: ClientReport | undefined): string {
  if (outcome === undefined) return 'reported nothing'
  if (outcome.report === 'reply') return `reported the reply ${JSON.stringify(outcome.text.slice(0, 60))}`
  if (outcome.report === 'failure') return `reported a failure${outcome.reason ? `: ${outcome.reason}` : ''}`
  return `reported "${outcome.report}"`
}

/** The client did not log in, so the case could not begin. */
export class NoLogin extends Error {
  constructor(outcome: ClientReport | undefined) {
    super(outcome === undefined ? 'reported no login' : 'failed to log in')
  }
}

/** The client's process ended, or spoke something else. */
export class BrokenClient extends Error {}
