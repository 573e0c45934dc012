import { defer, distinctUntilChanged, fromEvent, map, type Observable, startWith } from 'rxjs'

const TABS = ['log', 'players', 'bans', 'plots'] as const
export type Tab = (typeof TABS)[number]

/** What the address shows: after its `#`, since the files are static. */
export type Route =
  | { readonly view: 'servers' }
  | { readonly view: 'server'; readonly name: string; readonly tab: Tab }
  | { readonly view: 'audit' }

/** Emits the current route and each change. */
export const route$: Observable<Route> = defer(() => fromEvent(window, 'hashchange')).pipe(
  startWith(undefined),
  map(() => location.hash),
  distinctUntilChanged(),
  map(routeOf),
)

/** Reads a hash; whatever it does not know is the list of servers. */
export function routeOf(hash: string): Route {
  const [view, name, tab] = hash.replace(/^#\/?/, '').split('/').map(decoded)
  if (view === 'audit') return { view }
  if (view !== 'servers' || name === undefined || name === '') return { view: 'servers' }
  return { view: 'server', name, tab: TABS.find((each) => each === tab) ?? 'log' }
}

/** The hash of a route. */
export function hashOf(route: Route): string {
  if (route.view === 'server') return `#/servers/${encodeURIComponent(route.name)}/${route.tab}`
  return `#/${route.view}`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
