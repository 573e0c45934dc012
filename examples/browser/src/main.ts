import { EXAMPLE_DATAGRAMS } from './example-datagrams.js'
import { packetTable } from './packet-table.js'
import { type Reading, readFile, readHex } from './reading.js'

// More than anybody reads make a browser slow.
const MOST_ROWS = 2_000

const hex = find('#hex', HTMLTextAreaElement)
const file = find('#file', HTMLInputElement)
const summary = find('#summary', HTMLElement)
const packets = find('#packets', HTMLElement)

function find<T extends HTMLElement>(selector: string, kind: new () => T): T {
  const found = document.querySelector(selector)
  if (found instanceof kind) return found
  throw new Error(`The page has no ${selector}`)
}

/** Shows the result of `read`, or its error. */
function show(read: () => readonly Reading[]): void {
  try {
    const readings = read()
    summary.textContent = summaryOf(readings)
    summary.className = 'read'
    packets.replaceChildren(...(readings.length === 0 ? [] : [packetTable(readings.slice(0, MOST_ROWS))]))
  } catch (error) {
    summary.textContent = error instanceof Error ? error.message : String(error)
    summary.className = 'failed'
    packets.replaceChildren()
  }
}

function summaryOf(readings: readonly Reading[]): string {
  if (readings.length === 0) return 'No datagram in it begins as a packet does'
  const malformed = readings.filter(({ packets: [packet] }) => packet?.type === 'malformed').length
  const cut = readings.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown` : ''
  return `Datagrams: ${readings.length}${cut}. Malformed: ${malformed}.`
}

function setHex(text: string): void {
  hex.value = text
  showHex()
}

function showHex(): void {
  show(() => readHex(hex.value))
  if (hex.value.trim() === '') summary.textContent = ''
}

async function showFile(dropped: File | undefined): Promise<void> {
  if (dropped === undefined) return
  hex.value = ''
  // What is dropped may be a folder, or gone.
  const bytes = await dropped.arrayBuffer().catch(() => undefined)
  show(() => {
    if (bytes === undefined) throw new Error(`${dropped.name} cannot be read`)
    return readFile(new Uint8Array(bytes))
  })
}

hex.addEventListener('input', showHex)
file.addEventListener('change', () => {
  void showFile(file.files?.[0])
  // So that the same file can be opened again.
  file.value = ''
})
find('#example', HTMLButtonElement).addEventListener('click', () => setHex(EXAMPLE_DATAGRAMS))
find('#clear', HTMLButtonElement).addEventListener('click', () => setHex(''))
document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => {
  event.preventDefault()
  void showFile(event.dataTransfer?.files[0])
})
