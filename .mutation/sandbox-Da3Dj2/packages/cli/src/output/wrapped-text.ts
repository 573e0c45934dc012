// @ts-nocheck
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** A text cut between words where it is wider than a terminal; every line but the first stands as far in as the first. */
export function wrapped(text: string, width: number, beginning = ''): string {
  const margin = stringWidth(beginning)
  const room = width - margin
  const cut = (line: string) => (stringWidth(line) <= room ? line : wrapAnsi(line, room, { hard: true }))
  if (room <= margin) return beginning + text
  return (
    beginning +
    text
      .split('\n')
      .map(cut)
      .join('\n')
      .replaceAll('\n', `\n${' '.repeat(margin)}`)
  )
}
