/** The subjects of a fleet. */
export interface Subjects {
  /** Commands for a server from a user: that is who the permissions of a bus and an audit agree on. */
  command(server: string, user: string): string
  /** What happens on a server's connection: the type of a connection's event, and of a line the event that it is. */
  event(server: string, type: string): string
  /** What a worker owns. */
  worker(id: string): string
  /** Asks every worker to report what it owns. */
  readonly who: string
}

/** The first tokens of every subject, unless a fleet is given others. */
export const DEFAULT_PREFIX = 'bercon'

export function subjectsOf(prefix: string): Subjects {
  return {
    command: (server, user) => `${prefix}.exec.${server}.${user}`,
    event: (server, type) => `${prefix}.events.${server}.${type}`,
    worker: (id) => `${prefix}.workers.${id}`,
    who: `${prefix}.who`,
  }
}
