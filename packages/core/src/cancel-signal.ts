/** What this package needs of an `AbortSignal`, described structurally: every `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** Calls `onAbort` once the signal is aborted, at once if it is; gives what takes the listener off again. */
export function whenAborted(
  signal: CancelSignal | undefined,
  onAbort: (reason: unknown) => void,
): () => void {
  if (signal === undefined) return () => {}
  if (signal.aborted) {
    onAbort(signal.reason)
    return () => {}
  }
  const listener = () => onAbort(signal.reason)
  signal.addEventListener('abort', listener, { once: true })
  return () => signal.removeEventListener('abort', listener)
}
