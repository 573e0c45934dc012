import type { Clock } from '@bercon/protocol/driver'
import type { ConformanceCase } from '../case.js'
import { sleep } from '../inbox.js'
import type { PacketLog } from '../packet-log.js'
import type { OpenProbeSocket, PeerAddress } from '../probe-socket.js'
import { ServerProbe } from './server-probe.js'

/** The server under test, and how to reach it. */
export interface ServerUnderTest {
  readonly endpoint: PeerAddress
  readonly password: string
}

/** Whether a server has let the kit in so far, or has stopped doing so; one for all cases of a run. */
export interface Admission {
  state: 'never-in' | 'let-in' | 'over'
}

// A server that lets in a certain number of clients has forgotten those of earlier cases by then (P7).
const FORGOTTEN_MS = 46_000

/** A case that tries a server. */
export type ServerCase = ConformanceCase<ServerWorld>

/** What a case about a server works with: clients of its own, and time. */
export class ServerWorld {
  readonly server: ServerUnderTest
  readonly clock: Clock
  readonly #openSocket: OpenProbeSocket
  readonly #log: PacketLog
  readonly #admission: Admission
  readonly #probes: ServerProbe[] = []

  constructor(
    server: ServerUnderTest,
    admission: Admission,
    { clock, openSocket }: { readonly clock: Clock; readonly openSocket: OpenProbeSocket },
    log: PacketLog,
  ) {
    this.server = server
    this.#admission = admission
    this.clock = clock
    this.#openSocket = openSocket
    this.#log = log
  }

  /** A new client, not logged in. */
  async open(): Promise<ServerProbe> {
    const { endpoint } = this.server
    const probe = new ServerProbe(this.clock, endpoint, this.#log)
    probe.attach(await this.#openSocket(endpoint.address.includes(':') ? '::' : '0.0.0.0', probe.receive))
    this.#probes.push(probe)
    return probe
  }

  /**
   * A new client that is logged in. One that is not let in by a server that has let in others tries again after these
   * are forgotten: Reforger takes 16, for one.
   *
   * @throws `NoLogin` when the server does not let it in.
   */
  async loggedIn(setUp: (probe: ServerProbe) => void = () => {}): Promise<ServerProbe> {
    const first = await this.#tried(setUp)
    if (first.answer === 'accepted') return first.probe
    const second = this.#admission.state === 'let-in' ? await this.#triedLater(setUp) : first
    if (second.answer === 'accepted') return second.probe
    this.#admission.state = 'over'
    throw new NoLogin(second.answer)
  }

  async #triedLater(setUp: (probe: ServerProbe) => void) {
    await this.sleep(FORGOTTEN_MS)
    return this.#tried(setUp)
  }

  async #tried(setUp: (probe: ServerProbe) => void) {
    const probe = await this.open()
    setUp(probe)
    const answer = await probe.login(this.server.password)
    if (answer === 'accepted') this.#admission.state = 'let-in'
    return { probe, answer }
  }

  sleep(ms: number): Promise<void> {
    return sleep(this.clock, ms)
  }

  /** Closes every client. The server forgets each after 45 s, because there is no logout packet. */
  close(): void {
    for (const probe of this.#probes) probe.close()
  }
}

/** The server did not let the kit in, so the case could not begin. */
export class NoLogin extends Error {
  constructor(answer: 'refused' | 'silent') {
    super(answer === 'refused' ? 'refused the right password' : 'did not answer the login')
  }
}
