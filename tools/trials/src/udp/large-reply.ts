/** A reply of 500 kB in which no part looks like another. */
export const LARGE_REPLY: string = Array.from({ length: 25_000 }, (_, row) =>
  `${row}`.padStart(19, '.'),
).join('\n')
