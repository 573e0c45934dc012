/** A text behind the epoch of the owner that it is for, or from. */
export function epochText(epoch: number, rest: string): string {
  return `${epoch} ${rest}`
}

/** Reads the epoch and what follows; nothing for a text that begins otherwise. */
export function readEpoch(text: string): { readonly epoch: number; readonly rest: string } | undefined {
  const at = text.indexOf(' ')
  const digits = text.slice(0, Math.max(0, at))
  if (!/^[0-9]{1,16}$/.test(digits)) return undefined
  const epoch = Number(digits)
  return Number.isSafeInteger(epoch) ? { epoch, rest: text.slice(at + 1) } : undefined
}
