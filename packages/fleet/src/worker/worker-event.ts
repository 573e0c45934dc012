/** What a worker does, for logs and audits. */
export type WorkerEvent =
  /** It owns a server now. */
  | { readonly type: 'taken'; readonly server: string; readonly epoch: number }
  /**
   * It owns a server no more: it could not renew the lease, has freed it, or has given the server up without being able to
   * free the lease, which expires.
   */
  | {
      readonly type: 'ended'
      readonly server: string
      readonly epoch: number
      readonly reason: 'expired' | 'lost' | 'released' | 'abandoned'
    }
  /** It executes a command of a user; `text` holds no password. */
  | {
      readonly type: 'command'
      readonly server: string
      readonly epoch: number
      readonly user: string
      readonly text: string
    }
  /** An event of a server was not published, because too much waits to be sent; so many of this server so far. */
  | { readonly type: 'dropped'; readonly server: string; readonly count: number }
  /** A login, or a store of the fleet, failed; it is tried again. */
  | {
      readonly type: 'error'
      readonly server: string
      readonly during: 'login' | 'take' | 'renew' | 'release'
      readonly error: unknown
    }
