// @ts-nocheck
import { EXIT } from '../exit-codes.js'
import { oneLine } from '../output/safe-text.js'
import { print } from '../output/terminal.js'

/** The output of `bercon doctor`: one line for each check, as it is made. */
export interface Checklist {
  readonly good: (text: string) => void
  /** Worth a look, but no failure. */
  readonly remark: (text: string) => void
  /** A failure, what to change, and its exit code. */
  readonly bad: (text: string, exitCode?: number) => void
  /** A check that could not be made. */
  readonly skipped: (text: string) => void
  /** That of the worst failure. */
  readonly exitCode: () => number
}

export function openChecklist(): Checklist {
  let worst: number = EXIT.done
  const write = (mark: string, text: string) => print(`${mark.padEnd(6)}${oneLine(text)}\n`)
  return {
    good: (text) => write('ok', text),
    remark: (text) => write('note', text),
    bad: (text, exitCode = EXIT.usage) => {
      // The codes that can be met here rise from a wrong setting to a server that cannot be used.
      worst = Math.max(worst, exitCode)
      write('wrong', text)
    },
    skipped: (text) => write('-', text),
    exitCode: () => worst,
  }
}
