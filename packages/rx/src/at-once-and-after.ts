import { map, merge, type Observable, of } from 'rxjs'

/** What `read` gives now, and after each change; one that is made by whoever is told is not missed. */
export function atOnceAndAfter<T>(changed$: Observable<void>, read: () => T): Observable<T> {
  return merge(changed$, of(undefined)).pipe(map(read))
}
