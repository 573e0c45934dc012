// The players of a server, live, over a gateway. The rest of the program is as for a direct connection.
import { connectGateway } from '@bercon/remote'
import { type Player, pollPlayers, RxRconClient, visibleText } from '@bercon/rx'
import {
  catchError,
  combineLatest,
  finalize,
  fromEvent,
  ignoreElements,
  map,
  merge,
  type Observable,
  of,
  switchMap,
} from 'rxjs'

interface View {
  readonly state: string
  readonly players: readonly Player[]
}

const PING_EVERY_MS = 15_000
const form = find('form', HTMLFormElement)
const status = find('[role=status]', HTMLElement)
const rows = find('tbody', HTMLTableSectionElement)

/** Follows a server until nobody is subscribed. */
function follow(field: (name: string) => string): Observable<View> {
  const connection = connectGateway(field('gateway'), { server: field('server'), token: field('token') })
  const client = new RxRconClient({ connection })
  // Lines say who joins and leaves; the list has those who were there before, and pings.
  const lists$ = of(client).pipe(pollPlayers(PING_EVERY_MS), ignoreElements())
  const state = client.connection$.pipe(map((status) => status.state))
  return combineLatest({ state, players: merge(client.players$, lists$) }).pipe(
    // A wrong token, for instance: the error says so.
    catchError((error: Error) => of({ state: error.message, players: [] })),
    finalize(() => client.close().subscribe()),
  )
}

function show({ state, players }: View): void {
  status.textContent = `${state}, players: ${players.length}`
  rows.replaceChildren(
    ...players.map(({ id, name, ping }) => row([String(id), visibleText(name), String(ping)])),
  )
}

/** Names are text, and never markup. */
function row(cells: readonly string[]): HTMLTableRowElement {
  const element = document.createElement('tr')
  for (const text of cells) element.insertCell().textContent = text
  return element
}

function find<T extends Element>(selector: string, type: new () => T): T {
  const element = document.querySelector(selector)
  if (element instanceof type) return element
  throw new Error(`The page has no ${selector}`)
}

fromEvent<SubmitEvent>(form, 'submit')
  .pipe(
    switchMap((event) => {
      event.preventDefault()
      const fields = new FormData(form)
      return follow((name) => String(fields.get(name)))
    }),
  )
  .subscribe(show)
