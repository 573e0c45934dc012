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
