/**
 * The workers in the order in which they should own a server: the one with the highest weight first. Rendezvous hashing:
 * a worker that comes or goes moves only the servers that are its own.
 */
export function ranked(server: string, workers: readonly string[]): readonly string[] {
  return workers
    .map((worker) => ({ worker, weight: weightOf(worker, server) }))
    .sort((a, b) => b.weight - a.weight || (a.worker < b.worker ? -1 : 1))
    .map(({ worker }) => worker)
}

/** FNV-1a over both names, then the finalizer of MurmurHash3, which spreads names that differ in one letter. */
function weightOf(worker: string, server: string): number {
  let hash = 0x811c9dc5
  for (const name of [worker, '\n', server])
    for (let index = 0; index < name.length; index++)
      hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
