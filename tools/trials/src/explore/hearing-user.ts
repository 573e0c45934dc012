import type { ConnectionEvent } from '@bercon/core'
import { gapReported, heard, type Ledger } from './ledger.js'

/** A user who notes what their connection reports, and whether it contradicts itself. */
export class HearingUser {
  /** Whether there is a login now, as far as was reported. */
  isUp = false
  /** Whether there was one since the user opened the connection. */
  wasUp = false
  readonly #ledger: Ledger
  readonly #note: (text: string) => void

  constructor(ledger: Ledger, note: (text: string) => void) {
    this.#ledger = ledger
    this.#note = note
  }

  readonly hear = (event: ConnectionEvent): void => {
    const ledger = this.#ledger
    switch (event.type) {
      case 'message':
        this.#note(`the user receives ${event.text}`)
        if (!this.isUp) ledger.outOfTurn.push(`${event.text} comes without a login`)
        heard(ledger, event.text)
        break
      case 'connect':
        this.#note('the user is logged in')
        if (this.isUp) ledger.outOfTurn.push('a login is reported twice')
        this.isUp = true
        this.wasUp = true
        ledger.client.logins++
        break
      case 'disconnect':
        this.#note(`the login is lost: ${event.reason}`)
        // It is emitted again if a connection that waits for its next login is closed or refused.
        if (!this.isUp && (event.reason === 'forgotten' || event.reason === 'channel-lost'))
          ledger.outOfTurn.push('a lost login is reported twice')
        this.isUp = false
        gapReported(ledger)
        break
      case 'eventsDropped':
        this.#note('the user hears of a gap')
        gapReported(ledger)
        break
      default:
    }
  }
}
