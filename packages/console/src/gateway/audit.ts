import { request } from './http.js'

/** One line of the audit. */
export interface AuditEntry {
  readonly at: string
  readonly id: string
  readonly event: 'command' | 'outcome' | 'login' | 'reload'
  readonly user: string | null
  readonly server: string | null
  readonly front: string | null
  readonly from: string | null
  readonly command?: string
  readonly outcome?: string
  readonly code?: string
  readonly elapsedMs?: number
}

/** What the page asks for. */
export interface AuditQuery {
  readonly server: string
  readonly user: string
  readonly outcome: string
}

interface AuditPage {
  readonly entries: readonly AuditEntry[]
  readonly next: string | null
}

const PAGE = '100'

/** Fetches a page of the audit, newest first. @throws {@link Problem} */
export function fetchAudit(query: AuditQuery, before?: string): Promise<AuditPage> {
  const search = new URLSearchParams({ limit: PAGE })
  for (const [name, value] of Object.entries({ ...query, before: before ?? '' })) {
    if (value !== '') search.set(name, value)
  }
  return request<AuditPage>(`api/audit?${search}`)
}

/** Joins the two lines of each command: the one before it was sent has its text, the other what became of it. */
export function joinedEntries(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  const joined = new Map<string, AuditEntry>()
  for (const entry of entries) {
    const other = joined.get(entry.id)
    // The newer line comes first; the older one has the time and the text.
    joined.set(entry.id, other === undefined ? entry : { ...entry, ...pickOutcome(other) })
  }
  return [...joined.values()]
}

function pickOutcome({ event, outcome, code, elapsedMs }: AuditEntry): Partial<AuditEntry> {
  return {
    event,
    ...(outcome !== undefined && { outcome }),
    ...(code !== undefined && { code }),
    ...(elapsedMs !== undefined && { elapsedMs }),
  }
}
