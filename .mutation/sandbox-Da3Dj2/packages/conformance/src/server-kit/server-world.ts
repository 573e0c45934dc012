// @ts-nocheck
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

/** A case that tries a server. */
export type ServerCase = ConformanceCase<ServerWorld>

/** What a case about a server works with: clients of its own, and time. */
export class ServerWorld {
  readonly server: ServerUnderTest
  readonly clock: Clock
  readonly #openSocket: OpenProbeSocket
  readonly #log: PacketLog
  readonly #probes: ServerProbe[] = []

  constructor(server: ServerUnderTest, clock: Clock, openSocket: OpenProbeSocket, log: PacketLog) {
    this.server = server
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

  /** A new client that is logged in. @throws `NoLogin` when the server does not let it in. */
  async loggedIn(setUp: (probe: ServerProbe) => void = () => {}): Promise<ServerProbe> {
    const probe = await this.open()
    setUp(probe)
    const answer = await probe.login(this.server.password)
    if (answer !== 'accepted') throw new NoLogin(answer)
    return probe
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
