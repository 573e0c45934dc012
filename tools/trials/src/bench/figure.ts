/** One thing that was measured; ratios are between things of the same rounds. */
export interface Figure {
  readonly what: string
  readonly figure: number
  readonly unit: string
  /** What it was to come to. */
  readonly goal?: string
}
